import { useRef } from 'react';
import type { ChannelGroup } from '../../core/network/channels';
import { say } from '../../core/language/say';
import type { LayerSummary } from '../../protocol/protocol';
import { shortCandidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useMemo } from '../language/memo';
import { useStrategy } from '../useStrategy';
import { useWorkbenchState } from '../useWorkbench';
import { KeptChannels } from './KeptChannels';
import { LINE } from './layout';
import { useLatestWeights } from './useLatestWeights';

/** The candidates of a place with their weights. Once the network is found, only the chosen one stays. */
export function MixedOperation({ layer, groups, isFound }: { layer: LayerSummary; groups: readonly ChannelGroup[]; isFound: boolean }) {
  const { id, candidates, outputShape } = layer;
  const chosen = useWorkbenchState(({ run }) => run.choice?.[id]);
  const pruned = chosen && lastLayerIn(groups, `${id}/${chosen}/`);
  const place = useRef<HTMLSpanElement>(null);
  const ids = useMemo(() => [id], [id]);
  const [weights] = useLatestWeights(ids, place);
  const weighed = useStrategy()?.gradients ?? true;
  return (
    <>
      <span className="place" ref={place}>
        {id}
      </span>
      <small>{outputShape.join('×')}</small>
      <ul>
        {candidates.map((name, index) => {
          const weight = weights?.[index] ?? 1 / candidates.length;
          const isChosen = chosen === name;
          return (
            <li
              key={name}
              className={isFound && isChosen ? 'chosen' : isFound ? 'lost' : chosen && !isChosen ? 'dropped' : ''}
              // The chosen one takes the first place.
              style={isFound && isChosen ? { transform: `translateY(${-index * LINE}px)` } : undefined}
            >
              {weighed && <span className="weight" style={branchLook(isFound ? 1 : weight, candidateColour(name))} />}
              <span className="candidate">
                {shortCandidateName(name)}
                {isChosen && <span className="visually-hidden"> {say('(chosen)')}</span>}
              </span>
              <span className="percent">
                {isChosen && pruned ? (
                  <KeptChannels group={pruned.group} layer={pruned.layer} />
                ) : weighed && !isFound ? (
                  percent(weight)
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A branch that is left behind is still seen as a line. */
const LEAST_THICKNESS = 0.08;

/** The more a candidate counts, the thicker and stronger its branch, but never so strong that its name is hard to read. */
const branchLook = (weight: number, colour: string) => ({
  transform: `scaleY(${Math.max(LEAST_THICKNESS, weight)})`,
  background: `color-mix(in srgb, ${colour} ${Math.round(20 + 25 * weight)}%, transparent)`,
});

/** As wide with one digit as with two, so that no text moves when a digit comes. */
const percent = (weight: number) => `${String(Math.round(100 * weight)).padStart(2, '\u2007')}%`;

/** The last layer of a chosen candidate whose channels are searched, and its group. */
function lastLayerIn(groups: readonly ChannelGroup[], prefix: string) {
  const found = groups.flatMap((group) => group.layers.filter((layer) => layer.startsWith(prefix)).map((layer) => ({ group, layer })));
  return found.toSorted((a, b) => a.layer.localeCompare(b.layer, 'en', { numeric: true })).at(-1);
}
