import { useMemo, useRef, type RefObject } from 'react';
import type { ChannelGroup } from '../../core/network/channels';
import type { Curves } from '../../store/curves';
import { shortCandidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useCurveRows } from '../charts/useCurveRows';
import { Panel } from '../Panel';
import { useStrategy } from '../useStrategy';
import { useTask, useCurves, useWorkbenchState } from '../useWorkbench';
import { useChannelGroups } from '../useChannelGroups';
import { KeptChannels } from './KeptChannels';
import { FittedDrawing } from './FittedDrawing';
import { drawNetwork, type Box, type Line } from './layout';
import './NetworkView.css';

/** The network drawn as a graph. At each searched place bars show the candidates' current weights. */
export function NetworkView({ least }: { least?: number }) {
  const space = useWorkbenchState((state) => state.space);
  const { one } = useTask().example;
  const drawing = useMemo(() => space && drawNetwork(space.layers, one), [space, one]);
  const groups = useChannelGroups();
  const weighed = useStrategy()?.gradients ?? true;
  const groupOf = (layer: string) => groups.find(({ layers }) => layers.includes(layer));
  return (
    <Panel title="Network" hint={`Data flow from left to right. ${groups.length > 0 ? channelsHint : weighed ? weightsHint : choiceHint}`}>
      {drawing && (
        <FittedDrawing width={drawing.width} height={drawing.height} least={least}>
          <svg width={drawing.width} height={drawing.height} aria-hidden="true">
            {drawing.edges.map((points, index) => (
              <polyline key={index} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
            ))}
          </svg>
          <ol>
            {drawing.boxes.map((box) => (
              <li
                key={box.id}
                className={box.candidates.length > 0 ? '' : 'fixed'}
                style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
              >
                {box.candidates.length > 0 ? (
                  <MixedOperation box={box} groups={groups} />
                ) : (
                  box.lines.map((line) => <FixedLayer key={line.layer} line={line} group={groupOf(line.layer)} />)
                )}
              </li>
            ))}
          </ol>
        </FittedDrawing>
      )}
    </Panel>
  );
}

const channelsHint = 'Numbers show how many channels are kept now.';
const weightsHint = 'Bars show how much each candidate counts now.';
const choiceHint = 'The found network has one of the candidates at each place.';

function FixedLayer({ line, group }: { line: Line; group: ChannelGroup | undefined }) {
  if (!group) return <span>{line.text}</span>;
  return (
    <span>
      {line.text} <KeptChannels group={group} layer={line.layer} />
    </span>
  );
}

function MixedOperation({ box, groups }: { box: Box; groups: readonly ChannelGroup[] }) {
  const curves = useCurves();
  const chosen = useWorkbenchState(({ run }) => run.choice?.[box.id]);
  const pruned = chosen && lastLayerIn(groups, `${box.id}/${chosen}/`);
  const place = useRef<HTMLSpanElement>(null);
  const weights = useLatestWeights(curves, box.id, place);
  const weighed = useStrategy()?.gradients ?? true;
  return (
    <>
      <span className="place" ref={place}>
        {box.id} <small>{box.outputShape.join('×')}</small>
      </span>
      <ul>
        {box.candidates.map((name, index) => {
          const weight = weights?.[index] ?? 1 / box.candidates.length;
          return (
            <li key={name} className={chosen === name ? 'chosen' : chosen ? 'dropped' : ''}>
              {weighed && <span className="weight" style={{ width: `${100 * weight}%`, background: candidateColour(name) }} />}
              <span className="candidate">
                {shortCandidateName(name)}
                {chosen === name && <span className="visually-hidden"> (chosen)</span>}
              </span>
              <span className="percent">
                {chosen === name && pruned ? (
                  <KeptChannels group={pruned.group} layer={pruned.layer} />
                ) : weighed ? (
                  `${Math.round(100 * weight)} %`
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The last layer of a chosen candidate whose channels are searched, and its group. */
function lastLayerIn(groups: readonly ChannelGroup[], prefix: string) {
  const found = groups.flatMap((group) => group.layers.filter((layer) => layer.startsWith(prefix)).map((layer) => ({ group, layer })));
  return found.toSorted((a, b) => a.layer.localeCompare(b.layer, 'en', { numeric: true })).at(-1);
}

function useLatestWeights(curves: Curves, id: string, place: RefObject<Element | null>): readonly number[] | undefined {
  const own = useMemo(() => {
    const curve = curves.weights.get(id);
    return curve ? [curve] : [];
  }, [curves, id]);
  return useCurveRows(own, place)[0]?.at(-1)?.values;
}
