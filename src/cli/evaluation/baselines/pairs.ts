/** Pairs of targets on memory and latency, from tight to loose. */
import type { Targets } from '../../../core/cost/metrics';
import { targetRange } from '../../../core/search/constraints/targets';
import type { SearchSpace } from '../../../core/search/space';

export interface Pair {
  readonly name: string;
  /** How far both targets are on the way from the least that the space reaches to the seed network's costs; null for fixed targets. */
  readonly level: number | null;
  readonly targets: (space: SearchSpace) => Targets;
}

/** The targets that the page begins with. */
const fixed: Pair = { name: '40 kB, 6 ms', level: null, targets: () => ({ flashBytes: 40_000, latencyMs: 6 }) };

/** From tight to loose. */
const pairs: readonly Pair[] = [at(0.15), at(0.3), fixed, at(0.6), at(0.75), at(1)];

/** The order in which they matter: the first few of it are the pairs of a shorter comparison. */
const order: readonly Pair[] = [2, 4, 0, 5, 1, 3].map((index) => pairs[index] as Pair);

export const MOST_PAIRS = pairs.length;

/** The most informative pairs, from tight to loose. */
export const chosenPairs = (count: number): Pair[] => pairs.filter((pair) => order.indexOf(pair) < count);

function at(level: number): Pair {
  return {
    name: `${Math.round(100 * level)} %`,
    level,
    targets(space) {
      const between = (metric: 'flashBytes' | 'latencyMs') => {
        const { least, most } = targetRange(space, metric);
        return least + level * (most - least);
      };
      return { flashBytes: Math.floor(between('flashBytes')), latencyMs: between('latencyMs') };
    },
  };
}
