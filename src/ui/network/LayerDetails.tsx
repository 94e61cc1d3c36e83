import { useMemo, useRef } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { ChannelGroup } from '../../core/network/channels';
import type { LayerSummary } from '../../protocol/protocol';
import { candidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useChannelGroups } from '../useChannelGroups';
import { useStrategy } from '../useStrategy';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import type { Box } from './boxes';
import { counted, describe } from './describe';
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
            {box.blocks ? 'Unfold' : `Fold into ${nameOf(stage)}`}
          </button>
        )}
        <button className="link" onClick={onClose}>
          Close
        </button>
      </div>
      <p className="hint">{inWords(box)}</p>
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
  return decisions.map((decision) => <WhyView key={decision.place} decision={decision} heading={`Why, at ${decision.place}`} />);
}

function inWords({ members, blocks }: Box): string {
  const last = members.at(-1);
  const shape = `Output ${last?.outputShape.join('×')}.`;
  if (blocks) return `${counted(blocks.length, 'block')} with ${counted(members.length, 'layer')}, drawn as one box. ${shape}`;
  if (last?.op === null) return `One of ${last.candidates.length} candidates is chosen for this place. ${shape}`;
  return `${members.map(describe).join(', ')}. ${shape}`;
}

function CostsOf({ box: { members } }: { box: Box }) {
  const costs = useExpectedCosts();
  const isFound = useWorkbenchState(({ run }) => run.choice !== null);
  const isSearched = useIsSearched();
  return (
    <table>
      <caption>{isFound ? 'Costs in the found network' : isSearched ? 'Costs expected now' : 'Costs'}</caption>
      <tbody>
        {costs.metrics.map((metric) => (
          <tr key={metric}>
            <th scope="row">{metric === 'ramBytes' ? 'RAM while it runs' : metricTexts[metric].name}</th>
            <td>{metricText(metric, costOf(costs, members, metric))}</td>
            <td>
              {(100 * shareOf(costs, members, metric)).toFixed(1)} %{metric === 'ramBytes' && ' of the peak'}
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
        <caption>Candidates{weighed && ', and how much each counts'}</caption>
        <tbody>
          {candidates.map((name, index) => (
            <tr key={name} className={chosen === name ? 'strong' : ''}>
              <th scope="row">
                <span className="swatch" style={{ background: candidateColour(name) }} />
                {candidateName(name)}
              </th>
              {weighed && <td>{(100 * (weights?.[index] ?? 1 / candidates.length)).toFixed(1)} %</td>}
              <td>{chosen === name && 'chosen'}</td>
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
        Channels of {group.id}: <KeptChannels group={group} layer={group.layers[0] ?? group.id} />
        {others > 0 && `, shared with ${counted(others, 'other layer')}`}
      </p>
      <History lines={lines} top={group.channels} />
    </div>
  );
}
