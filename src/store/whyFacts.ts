/** What a run has recorded about each of its decisions, for the reasons in `core/runs/why.ts`. */
import type { MetricId } from '../core/cost/metrics';
import { say } from '../core/language/say';
import { whyCandidate, whyChannels, type Pull, type Reason, type TriedLosses } from '../core/runs/why';
import type { Phase } from '../core/search/events';
import type { LayerChannels } from '../core/search/training/architecture';
import type { SpaceSummary } from '../protocol/protocol';
import type { Curves } from './curves';
import type { RunView } from './state';

/** One candidate, or one channel of a group. */
interface Row {
  readonly name: string;
  readonly chosen: boolean;
  /** By metric, in its unit; empty where they are not known. */
  readonly costs: Readonly<Partial<Record<MetricId, number>>>;
  /** Weights in the order of `phases`, or the number of channels that were left. */
  readonly ends: readonly number[];
  readonly pull: Pull | null;
}

/** One decision: of a mixed operation between its candidates, or of a group about its channels. */
export interface Decision {
  readonly kind: 'candidates' | 'channels';
  readonly place: string;
  readonly reason: Reason;
  /** Those that had the candidates; of channels none. */
  readonly phases: readonly Phase[];
  readonly rows: readonly Row[];
}

/**
 * @param limited the metrics that are told of each candidate
 * @param nameOf a candidate's name in a sentence
 * @returns every decision of a search by gradients; empty before it has found a network, and for other searches
 */
export function decisionsOf(
  run: RunView,
  space: SpaceSummary,
  curves: Pick<Curves, 'settling' | 'weights'>,
  limited: readonly MetricId[],
  nameOf: (candidate: string) => string,
): Decision[] {
  const { choice, groups, channels, channelCosts, trials } = run;
  const { settling, weights } = curves;
  if (!choice) return [];
  const of = ({ choice: one, channels: widths }: Pick<RunView, 'channels'> & { choice: unknown }) => JSON.stringify([one, widths]);
  // The network that the search stood for is tried out first.
  const stood = trials[0];
  const taken = trials.find((trial) => of(trial) === of(run));
  const losses: TriedLosses | null = stood && taken ? { instead: stood.trainLoss, chosen: taken.trainLoss } : null;
  const ends = (place: string) => settling.ends(place);

  const places = [...weights.keys()].flatMap((place, index): Decision[] => {
    const names = weights.get(place)?.columns ?? [];
    const chosen = names.indexOf(choice[place] ?? '');
    const last = ends(place);
    if (chosen < 0 || last.length === 0) return [];
    const rows = names.map((name, k) => ({
      name,
      chosen: k === chosen,
      costs: costsIn(space.candidates, index, k, limited),
      ends: last.map(({ values }) => values[k] as number),
      pull: settling.pullOf(`${place}/${name}`),
    }));
    const start = last.findIndex(({ phase }) => phase === 'warmup');
    const candidates = rows.map((row) => ({
      ...row,
      name: nameOf(row.name),
      start: start < 0 ? null : (row.ends[start] as number),
      end: row.ends.at(-1) ?? null,
    }));
    const derived = names.indexOf(stood?.choice[place] ?? '');
    const reason = whyCandidate({ candidates, chosen, derived: derived < 0 ? chosen : derived, losses });
    return [{ kind: 'candidates', place, reason, phases: last.map(({ phase }) => phase), rows }];
  });

  const widths = groups.flatMap((group): Decision[] => {
    const { id: place, channels: total } = group;
    const keptIn = (layers: readonly LayerChannels[]) => layers.find(({ layer }) => group.layers.includes(layer))?.kept;
    const kept = keptIn(channels);
    const last = ends(place);
    if (kept === undefined || last.length === 0) return [];
    const swing = settling.swingOf(place);
    const perChannel = channelCosts[place] ?? null;
    const costs = perChannel && Object.fromEntries(limited.flatMap((id) => (perChannel[id] === undefined ? [] : [[id, perChannel[id]]])));
    const searched = last.at(-1)?.values[0] ?? null;
    const derived = (stood && keptIn(stood.channels)) ?? kept;
    const reason = whyChannels({ total, kept, derived, searched, costs, swing, losses });
    // What the reason speaks of: the derivation may have removed more, and the last step, which is not recorded, brought some back.
    const left = Math.max(searched ?? derived, derived);
    const row = (name: string, end: number, pull: Pull | null): Row => ({ name, chosen: false, costs: costs ?? {}, ends: [end], pull });
    const rows =
      swing?.up && swing.fewest < left
        ? [row(say('down to the fewest'), swing.fewest, swing.down), row(say('up again'), left, swing.up)]
        : [row(say('whole'), left, settling.pullOf(place))];
    return [{ kind: 'channels', place, reason, phases: [], rows }];
  });
  return [...places, ...widths];
}

function costsIn({ metrics, candidates }: SpaceSummary['table'], place: number, candidate: number, limited: readonly MetricId[]) {
  return Object.fromEntries(
    metrics.flatMap(({ id, divisor }, at) => {
      const cost = candidates[place]?.[candidate]?.[at];
      return limited.includes(id) && cost !== undefined ? [[id, cost / divisor]] : [];
    }),
  );
}
