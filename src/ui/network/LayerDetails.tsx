import { useRef } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import { percent } from '../../core/words';
import type { ChannelGroup } from '../../core/network/channels';
import { say, sayMarked } from '../../core/language/say';
import type { LayerSummary } from '../../protocol/protocol';
import { candidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useMemo } from '../language/memo';
import { useChannelGroups } from '../useChannelGroups';
import { useStrategy } from '../useStrategy';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import type { Box } from './boxes';
import { blocksText, describe, layersText } from './describe';
import { useExpectedCosts } from './ExpectedCosts';
import { History, type HistoryLine } from './History';
import { KeptChannels } from './KeptChannels';
import { nameOf } from './NetworkBox';
import { costOf, shareOf } from './shares';
import { useIsSearched } from './useIsSearched';
import { useLatestWeights } from './useLatestWeights';
import { useDecisions } from '../why/useDecisions';
import { WhyView } from '../why/WhyView';
import './LayerDetails.css';

interface LayerDetailsProps {
  readonly box: Box;
  /** The stage that the box is part of or stands for; null where there is none. */
  readonly stage: Box | null;
  readonly onFold: (fold: boolean) => void;
  readonly onClose: () => void;
}

/** The numbers of a layer, of a place that is searched, or of folded blocks, and how they came to be. */
export default function LayerDetails({ box, stage, onFold, onClose }: LayerDetailsProps) {
  const groups = useChannelGroups();
  const output = useOutput(box);
  const mixed = box.blocks ? null : box.members.find(({ op }) => op === null);
  const own = groups.filter(({ layers }) =>
    layers.some((layer) => box.members.some(({ id }) => layer === id || layer.startsWith(`${id}/`))),
  );
  return (
    <>
      <div className="details-head">
        <h3>{nameOf(box)}</h3>
        {stage && (
          <button className="link" onClick={() => onFold(box.blocks === null)}>
            {box.blocks ? say('Unfold') : say('Fold into {stage}', { stage: nameOf(stage) })}
          </button>
        )}
        <button className="link" onClick={onClose}>
          {say('Close')}
        </button>
      </div>
      <p className="hint">{inWords(box, output)}</p>
      <div className="details-parts">
        <CostsOf box={box} />
        {mixed && <Candidates layer={mixed} />}
        {!box.blocks && own.map((group) => <Channels key={group.id} group={group} />)}
      </div>
      {!box.blocks && <Why places={[...(mixed ? [mixed.id] : []), ...own.map(({ id }) => id)]} />}
    </>
  );
}

/** Why these were decided as they were, once a network is found. */
function Why({ places }: { places: readonly string[] }) {
  const decisions = useDecisions().filter(({ place }) => places.includes(place));
  return decisions.map((decision) => (
    <WhyView key={decision.place} decision={decision} heading={say('Why, at {place}', { place: decision.place })} />
  ));
}

function inWords({ members, blocks }: Box, output: string): string {
  const last = members.at(-1);
  if (blocks)
    return say('{blocks} with {layers}, drawn as one box. {output}', {
      blocks: blocksText(blocks.length),
      layers: layersText(members.length),
      output,
    });
  if (last?.op === null)
    return say('One of {count} candidates is chosen for this place. {output}', { count: last.candidates.length, output });
  // An abbreviation brings its own full stop.
  const operations = members.map(describe).join(say(', ')).replace(/\.$/, '');
  return say('{operations}. {output}', { operations, output });
}

/** The shape of what a box puts out, with the channels that are left. */
function useOutput({ members }: Box): string {
  const { parts } = useExpectedCosts();
  const last = members.at(-1);
  const shape = last?.outputShape ?? [];
  const all = shape.at(-1) ?? 0;
  const left = Math.round(all * (parts.get(last?.id ?? '') ?? 1));
  const text = [...shape.slice(0, -1), left].join('×');
  return left === all
    ? say('Output {shape}.', { shape: text })
    : say('Output {shape}: {left} of {all} channels are left.', { shape: text, left, all });
}

function CostsOf({ box: { members } }: { box: Box }) {
  const costs = useExpectedCosts();
  const isFound = useWorkbenchState(({ run }) => run.choice !== null);
  const isSearched = useIsSearched();
  return (
    <table>
      <caption>{isFound ? say('Costs in the found network') : isSearched ? say('Costs expected now') : say('Costs')}</caption>
      <tbody>
        {costs.metrics.map((metric) => (
          <tr key={metric}>
            <th scope="row">{metric === 'ramBytes' ? say('RAM while it runs') : say(metricTexts[metric].name)}</th>
            <td>{metricText(metric, costOf(costs, members, metric))}</td>
            <td>
              {metric === 'ramBytes'
                ? say('{share} of the peak', { share: percent(shareOf(costs, members, metric)) })
                : percent(shareOf(costs, members, metric))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Candidates({ layer: { id, candidates } }: { layer: LayerSummary }) {
  const curves = useCurves();
  const weighed = useStrategy()?.gradients ?? true;
  const chosen = useWorkbenchState(({ run }) => run.choice?.[id]);
  const place = useRef<HTMLTableElement>(null);
  const ids = useMemo(() => [id], [id]);
  const [weights] = useLatestWeights(ids, place);
  const lines = useMemo<HistoryLine[]>(() => {
    const curve = curves.weights.get(id);
    return curve ? curve.columns.map((name, column) => ({ curve, column, colour: candidateColour(name) })) : [];
  }, [curves, id]);
  return (
    <div>
      <table ref={place}>
        <caption>{weighed ? say('Candidates, and how much each counts') : say('Candidates')}</caption>
        <tbody>
          {candidates.map((name, index) => (
            <tr key={name} className={chosen === name ? 'strong' : ''}>
              <th scope="row">
                <span className="swatch" style={{ background: candidateColour(name) }} />
                {candidateName(name)}
              </th>
              {weighed && <td>{percent(weights?.[index] ?? 1 / candidates.length)}</td>}
              <td>{chosen === name && say('chosen')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {weighed && <History lines={lines} top={1} />}
    </div>
  );
}

function Channels({ group }: { group: ChannelGroup }) {
  const curves = useCurves();
  const lines = useMemo<HistoryLine[]>(() => {
    const curve = curves.channels.get(group.id);
    return curve ? [{ curve, column: 0, colour: 'var(--line-1)' }] : [];
  }, [curves, group]);
  const others = group.layers.length - 1;
  return (
    <div>
      <p className="hint">
        {sayMarked(
          others > 0
            ? 'Channels of {layer}: {kept}, shared with {others, plural, one {# other layer} other {# other layers}}'
            : 'Channels of {layer}: {kept}',
          { layer: group.id, kept: <KeptChannels key="kept" group={group} layer={group.layers[0] ?? group.id} />, others },
        )}
      </p>
      <History lines={lines} top={group.channels} />
    </div>
  );
}
