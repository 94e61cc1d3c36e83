/** What the trainings of a comparison say about each strategy, as values per target pair and random seed. */
import { hypervolume } from '../../../core/strategies/hypervolume';
import { contestants, PLAIN, type Contestant } from './contestants';
import { chosenPairs, type Pair } from './pairs';
import { isTrained, scratchKey, searchKey, type Part } from './results';
import type { Trained } from './job';
import { largestOnAverage, plainAtWork, randomNetworks, type Spaces } from './schedule';
import { mean, percentileAmong } from './statistics';

/** A search that found a network, and what else is known by now; qualities are shares. */
export interface Found {
  readonly contestant: Contestant;
  readonly pair: Pair;
  readonly randomSeed: number;
  readonly search: Trained;
  /** The found network trained from scratch. */
  readonly scratch: number | null;
  readonly seed: Trained | null;
  /** The largest network that is best on average over random seeds, from scratch with this one. */
  readonly largest: number | null;
  /** The largest network that is best with this random seed, trained for as much work as the whole search. */
  readonly largestAtWork: number | null;
  /** Random networks that meet the targets, from scratch. */
  readonly random: readonly number[];
  /** Where the found network is among them, from scratch too, in percent. */
  readonly percentile: number | null;
}

export interface Value {
  readonly pair: Pair;
  readonly value: number;
}

/** A figure of one strategy. */
export interface Comparison {
  readonly what: string;
  readonly contestant: Contestant;
  readonly unit: 'points' | 'percent' | 'times';
  /** Values below it are losses; null where there is nothing to win. */
  readonly even: number | null;
  readonly values: readonly Value[];
}

export function foundIn(part: Part, spaces: Spaces): Found[] {
  const { goal, jobs } = part;
  return contestants(goal.methods).flatMap((contestant) =>
    chosenPairs(goal.pairs).flatMap((pair) => {
      const random = randomNetworks(part, spaces, contestant, pair).flatMap(({ network, randomSeed }) => {
        const outcome = jobs[scratchKey(network, contestant, randomSeed)];
        return isTrained(outcome) ? [outcome.quality] : [];
      });
      const seeds = Array.from({ length: goal.seeds }, (_, index) => index + 1);
      return seeds.flatMap((randomSeed) => {
        const search = jobs[searchKey(contestant, pair, randomSeed)];
        return isTrained(search) ? [foundBy(part, spaces, contestant, pair, randomSeed, search, random)] : [];
      });
    }),
  );
}

function foundBy(
  part: Part,
  spaces: Spaces,
  contestant: Contestant,
  pair: Pair,
  randomSeed: number,
  search: Trained,
  random: readonly number[],
): Found {
  const trained = (key: string) => {
    const outcome = part.jobs[key];
    return isTrained(outcome) ? outcome : null;
  };
  const targets = spaces.targets(contestant, pair);
  const scratch = trained(scratchKey(search.network, contestant, randomSeed))?.quality ?? null;
  const plain = plainAtWork(part, spaces, contestant, targets, search, randomSeed);
  const largest = largestOnAverage(part, spaces, contestant, targets);
  return {
    contestant,
    pair,
    randomSeed,
    search,
    scratch,
    seed: trained(scratchKey(spaces.of(contestant).seed, contestant, randomSeed)),
    largest: largest === null ? null : (trained(scratchKey(largest, contestant, randomSeed))?.quality ?? null),
    largestAtWork: plain && (trained(plain.key)?.quality ?? null),
    random,
    percentile: scratch === null || random.length === 0 ? null : percentileAmong(scratch, random),
  };
}

/** A kind of figure, of those strategies for which it says something. */
interface Kind {
  readonly what: string;
  readonly meaning: string;
  readonly unit: Comparison['unit'];
  readonly even: Comparison['even'];
  readonly of: (contestant: Contestant) => boolean;
  readonly value: (found: Found) => number | null;
}

const searches = ({ method }: Contestant) => method !== PLAIN;
const anyOf = () => true;

const kinds: readonly Kind[] = [
  {
    what: 'architecture',
    meaning: 'the found network minus the largest feasible one, both from scratch',
    unit: 'points',
    even: 0,
    of: searches,
    value: ({ scratch, largest }) => points(scratch, largest),
  },
  {
    what: 'percentile',
    meaning: 'where the found network is among random feasible ones, all from scratch: 100 % is above all of them',
    unit: 'percent',
    even: 50,
    of: anyOf,
    value: ({ percentile }) => percentile,
  },
  {
    what: 'result',
    meaning: 'what the search hands over minus the same network from scratch',
    unit: 'points',
    even: 0,
    of: anyOf,
    value: ({ search, scratch }) => points(search.quality, scratch),
  },
  {
    what: 'result at equal work',
    meaning: 'what the search hands over minus the largest feasible network trained for as many multiply-accumulates as the whole search',
    unit: 'points',
    even: 0,
    of: searches,
    value: ({ search, largestAtWork }) => points(search.quality, largestAtWork),
  },
  {
    what: 'result at 75 %',
    meaning:
      "at targets three quarters of the way to the seed network's costs: what the search hands over minus the seed network, which has the same epochs",
    unit: 'points',
    even: 0,
    of: (contestant) => searches(contestant) && contestant.searches.length === 1,
    value: ({ pair, search, seed }) => (pair.level === 0.75 ? points(search.quality, seed?.quality) : null),
  },
  {
    what: 'result at 100 %',
    meaning: 'the same at targets that the seed network just meets',
    unit: 'points',
    even: 0,
    of: (contestant) => searches(contestant) && contestant.searches.length === 1,
    value: ({ pair, search, seed }) => (pair.level === 1 ? points(search.quality, seed?.quality) : null),
  },
  {
    what: 'result at 15 %',
    meaning:
      'at targets 15 % of the way from the least that the space reaches: what the search hands over minus the largest feasible network from scratch',
    unit: 'points',
    even: 0,
    of: (contestant) => searches(contestant) && contestant.searches.includes('channels'),
    value: ({ pair, search, largest }) => (pair.level === 0.15 ? points(search.quality, largest) : null),
  },
  {
    what: 'targets met',
    meaning: 'searches whose found network meets both targets',
    unit: 'percent',
    even: 100,
    of: anyOf,
    value: ({ search }) => (search.met ? 100 : 0),
  },
  {
    what: 'work',
    meaning: "multiply-accumulates of the whole search over those of the seed network's training",
    unit: 'times',
    even: null,
    of: anyOf,
    value: ({ search, seed }) => seed && search.work / seed.work,
  },
  {
    what: 'time',
    meaning: 'the same in time',
    unit: 'times',
    even: null,
    of: anyOf,
    value: ({ search, seed }) => seed && search.ms / seed.ms,
  },
];

/** What the figures mean, in their order. */
export const meanings = kinds.map(({ what, meaning }) => ({ what, meaning }));

/** Every figure for which there is a value. */
export function comparisons(found: readonly Found[]): Comparison[] {
  const ids = [...new Set(found.map(({ contestant }) => contestant.id))];
  return kinds.flatMap(({ what, unit, even, of, value }) =>
    ids.flatMap((id) => {
      const own = found.filter(({ contestant }) => contestant.id === id);
      const { contestant } = own[0] as Found;
      const values = of(contestant) ? own.flatMap((one) => withValue(one.pair, value(one))) : [];
      return values.length > 0 ? [{ what, contestant, unit, even, values }] : [];
    }),
  );
}

/** The values of each pair, from tight to loose. */
export function byPair(values: readonly Value[]): { readonly pair: Pair; readonly values: readonly number[] }[] {
  const pairs = [...new Set(values.map(({ pair }) => pair))];
  return pairs.map((pair) => ({ pair, values: values.filter((one) => one.pair === pair).map(({ value }) => value) }));
}

/** The pair with the least mean, or with the greatest where less is better. */
export function worstPair({ values, unit }: Pick<Comparison, 'values' | 'unit'>): { readonly pair: Pair; readonly mean: number } {
  const sign = unit === 'times' ? -1 : 1;
  const means = byPair(values).map((one) => ({ pair: one.pair, mean: mean(one.values) }));
  return means.reduce((worst, one) => (sign * one.mean < sign * worst.mean ? one : worst));
}

/** Per contestant the hypervolumes of its networks' fronts, one for every random seed that has searched all pairs. */
export function frontVolumes({ goal }: Part, spaces: Spaces, found: readonly Found[]) {
  return contestants(goal.methods).map((contestant) => {
    const networks = spaces.of(contestant);
    const reference = networks.costsOf(networks.seed);
    const own = found.filter((one) => one.contestant.id === contestant.id);
    const seeds = [...new Set(own.map(({ randomSeed }) => randomSeed))];
    const volumes = seeds.flatMap((randomSeed) => {
      const front = own.filter((one) => one.randomSeed === randomSeed);
      if (front.length < goal.pairs) return [];
      const points = front.map(({ search }) => {
        const costs = networks.costsOf(search.network);
        const share = (metric: 'flashBytes' | 'latencyMs') => (costs[metric] as number) / (reference[metric] as number);
        // Between quality 0 and 1 and costs of 0 and the seed network's.
        return [search.quality, 1 - share('flashBytes'), 1 - share('latencyMs')];
      });
      return [hypervolume(points)];
    });
    return { contestant, volumes };
  });
}

const withValue = (pair: Pair, value: number | null): Value[] => (value === null ? [] : [{ pair, value }]);

function points(quality: number | null | undefined, other: number | null | undefined): number | null {
  return quality === null || quality === undefined || other === null || other === undefined ? null : 100 * (quality - other);
}
