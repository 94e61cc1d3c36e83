/** In which order a comparison trains what it needs, so that it tells something wherever it stops. */
import type { Targets } from '../../../core/cost/metrics';
import { CodedNetworks, type LargestNetwork, type NetworkId } from '../../../core/runs/codedNetworks';
import { contestants, PLAIN, spaceKey, type Contestant } from './contestants';
import { chosenPairs, type Pair } from './pairs';
import { isTrained, plainKey, scratchKey, searchKey, type Part } from './results';
import type { Job, SearchJob, Trained } from './job';
import { mean } from './statistics';

/** A training, and its key in the results. */
export type KeyedJob = readonly [key: string, job: Job];

/** The networks of a comparison's spaces. */
export class Spaces {
  readonly #made = new Map<string, CodedNetworks>();

  constructor(private readonly classes: number) {}

  of(contestant: Pick<Contestant, 'searches'>): CodedNetworks {
    const key = spaceKey(contestant);
    const networks = this.#made.get(key) ?? new CodedNetworks(this.classes, contestant.searches);
    this.#made.set(key, networks);
    return networks;
  }

  targets(contestant: Contestant, pair: Pair): Targets {
    return pair.targets(this.of(contestant).space);
  }
}

const spacesByClasses = new Map<number, Spaces>();

/** The same ones every time, since they remember which networks they have drawn. */
export function spacesFor(classes: number): Spaces {
  const spaces = spacesByClasses.get(classes) ?? new Spaces(classes);
  spacesByClasses.set(classes, spaces);
  return spaces;
}

/**
 * What is missing and can begin now. For each random seed every strategy at every pair, then a share of the random networks: so wherever it stops, all
 * pairs have been searched about equally often, and are compared with about as many random networks. What several searches share is there once.
 */
export function readyJobs(part: Part, spaces: Spaces): KeyedJob[] {
  const ready = new Map<string, Job>();
  for (const [key, job] of neededJobs(part, spaces)) if (!part.jobs[key] && !ready.has(key)) ready.set(key, job);
  return [...ready];
}

function* neededJobs(part: Part, spaces: Spaces): Generator<KeyedJob> {
  const { goal } = part;
  const pairs = chosenPairs(goal.pairs);
  const all = contestants(goal.methods);
  const oneOfEachSpace = all.filter((one, at) => all.findIndex((other) => spaceKey(other) === spaceKey(one)) === at);
  for (let randomSeed = 1; randomSeed <= goal.seeds; randomSeed++) {
    for (const pair of pairs) for (const contestant of all) yield* searchJobs(part, spaces, contestant, pair, randomSeed);
    for (const pair of pairs)
      for (const contestant of oneOfEachSpace)
        for (const { network, randomSeed: own } of randomNetworks(part, spaces, contestant, pair))
          if (own === randomSeed) yield scratchJob(part, contestant, network, randomSeed);
  }
}

/**
 * The random networks of a pair. They train with random seeds 1 and 2 in turn however many the goal has, so that one more of those trains
 * none of them again.
 */
export function randomNetworks({ goal }: Part, spaces: Spaces, contestant: Contestant, pair: Pair) {
  const drawn = spaces.of(contestant).random(spaces.targets(contestant, pair), goal.random);
  const seeds = Math.min(goal.seeds, 2);
  return drawn.map((network, at) => ({ network, randomSeed: 1 + (at % seeds) }));
}

/** A search, and what its result is compared with: the second once the search has ended, the largest network at equal work once that has. */
function* searchJobs(part: Part, spaces: Spaces, contestant: Contestant, pair: Pair, randomSeed: number): Generator<KeyedJob> {
  const targets = spaces.targets(contestant, pair);
  const key = searchKey(contestant, pair, randomSeed);
  yield [key, searchJob(part, contestant, targets, randomSeed)];
  const found = part.jobs[key];
  if (!isTrained(found)) return;
  const networks = spaces.of(contestant);
  for (const network of [found.network, networks.seed, ...networks.largest(targets).map((largest) => largest.network)])
    yield scratchJob(part, contestant, network, randomSeed);
  const plain = plainAtWork(part, spaces, contestant, targets, found, randomSeed);
  if (plain) yield [plain.key, plain.job];
}

/**
 * The largest network with the better quality from scratch with this random seed, trained for as much work as a search took; null for that
 * network itself.
 */
export function plainAtWork(
  part: Part,
  spaces: Spaces,
  contestant: Contestant,
  targets: Targets,
  { work }: Trained,
  randomSeed: number,
): { readonly key: string; readonly job: SearchJob } | null {
  if (contestant.method === PLAIN) return null;
  const networks = spaces.of(contestant);
  const best = bestLargest(part, spaces, contestant, targets, randomSeed);
  if (!best) return null;
  const { network, space, largestBy } = best;
  const share = (networks.costsOf(network).macs as number) / (networks.costsOf(networks.seed).macs as number);
  const choices = { space, largestBy, budget: work };
  const settings = { method: PLAIN, targets, randomSeed, epochs: part.budget.epochs, choices };
  return {
    key: plainKey(network, Math.max(2, Math.floor(work / share)), randomSeed),
    job: { kind: 'search', searches: [space], settings },
  };
}

/**
 * Of the largest networks the one with the best mean quality from scratch, over the random seeds with which all of them were trained; null
 * before there is one. The best for each random seed by itself would owe more to the luck of single trainings.
 */
export function largestOnAverage({ goal, jobs }: Part, spaces: Spaces, contestant: Contestant, targets: Targets): NetworkId | null {
  const all = spaces.of(contestant).largest(targets);
  const seeds = Array.from({ length: goal.seeds }, (_, index) => index + 1);
  const qualities = seeds
    .map((randomSeed) => all.map(({ network }) => jobs[scratchKey(network, contestant, randomSeed)]))
    .flatMap((outcomes) => (outcomes.every(isTrained) ? [outcomes.map(({ quality }) => quality)] : []));
  if (qualities.length === 0) return null;
  const means = all.map((_, at) => mean(qualities.map((ofSeed) => ofSeed[at] as number)));
  return all[means.indexOf(Math.max(...means))]?.network ?? null;
}

/** Of the largest networks the one with the best quality from scratch with this random seed; null before all are trained. */
function bestLargest(
  { jobs }: Part,
  spaces: Spaces,
  contestant: Contestant,
  targets: Targets,
  randomSeed: number,
): (LargestNetwork & { readonly quality: number }) | null {
  const all = spaces.of(contestant).largest(targets);
  const outcomes = all.map(({ network }) => jobs[scratchKey(network, contestant, randomSeed)]);
  if (outcomes.includes(undefined)) return null;
  const trained = all.flatMap((largest, at) => {
    const outcome = outcomes[at];
    return isTrained(outcome) ? [{ ...largest, quality: outcome.quality }] : [];
  });
  return trained.toSorted((a, b) => b.quality - a.quality)[0] ?? null;
}

function searchJob(part: Part, contestant: Contestant, targets: Targets, randomSeed: number): SearchJob {
  const { method, searches, space } = contestant;
  const choices = { space };
  return { kind: 'search', searches, settings: { method, targets, randomSeed, epochs: part.budget.epochs, choices } };
}

function scratchJob({ budget }: Part, contestant: Contestant, network: NetworkId, randomSeed: number): KeyedJob {
  const { searches } = contestant;
  const job = { kind: 'scratch', network, searches, randomSeed, epochs: budget.epochs } as const;
  return [scratchKey(network, contestant, randomSeed), job];
}
