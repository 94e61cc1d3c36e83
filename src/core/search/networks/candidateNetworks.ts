/** The networks of a space of candidate operations. */
import type { CostTable } from '../../cost/costTable';
import type { MetricId, Targets } from '../../cost/metrics';
import { placeBalance } from '../../cost/balance';
import { chooseCandidates } from '../../network/choose';
import { mixedOps, planNetwork, type NetworkPlan } from '../../network/plan';
import type { Random } from '../../random';
import { bestWithin, totalCosts } from '../constraints/choosing';
import { shortfall } from '../constraints/reach';
import { infeasible } from '../constraints/sentences';
import { changedWithin } from './changedWithin';
import { costsByMetric } from './costsByMetric';
import type { Code, Networks } from './networks';

/** Spaces of more networks than this are not listed. */
const MOST_LISTED = 200_000;

/** Draws that may miss the targets before one is made to fit. */
const TRIES = 1000;

/** @param table costs of the supernet's candidates in all metrics that may be limited */
export function candidateNetworks(supernet: NetworkPlan, table: CostTable): Networks {
  const places = mixedOps(supernet);
  const options = places.map(({ candidates }) => candidates.length);
  const size = options.reduce((product, count) => product * count, 1);
  const costs = (code: Code) => costsByMetric(table.metrics, totalCosts(table, code));
  const meets = (code: Code, targets: Targets) => within(table, totalCosts(table, code), targets);
  const scored = (targets: Targets, score: (place: number, candidate: number) => number): Code => {
    const scores = options.map((count, place) => Array.from({ length: count }, (_, candidate) => score(place, candidate)));
    const picks = bestWithin(table, targets, scores);
    if (!picks) throw infeasible(shortfall(table, targets) ?? []);
    return picks;
  };
  const balanceIn = (place: number, candidate: number) => placeBalance(costIn(table, 'params', place, candidate));
  const lists = new Map<string, Code[]>();
  const list = (targets: Targets) => {
    if (size > MOST_LISTED) return null;
    const key = JSON.stringify(targets);
    const listed = lists.get(key) ?? [...all(options)].filter((code) => meets(code, targets));
    lists.set(key, listed);
    return listed;
  };
  return {
    kind: 'candidates',
    options,
    costs,
    meets,
    list,
    /** Uniform; in a space too large to list, uniform at first, and the best of random scores where that keeps missing the targets. */
    draw(random: Random, targets: Targets) {
      const listed = list(targets);
      if (listed && listed.length > 0) return listed[random.integer(listed.length)] as Code;
      for (let tries = 0; listed === null && tries < TRIES; tries++) {
        const code = options.map((count) => random.integer(count));
        if (meets(code, targets)) return code;
      }
      return scored(targets, () => random.uniform());
    },
    changed: (code, random, targets) =>
      changedWithin(
        code,
        random,
        (place) => random.integer(options[place] as number),
        (changed) => meets(changed, targets),
      ),
    largest: (targets, by) => scored(targets, by === 'balance' ? balanceIn : (place, candidate) => costIn(table, by, place, candidate)),
    balance: (code) => code.reduce((sum, candidate, place) => sum + balanceIn(place, candidate), 0),
    filled: (code) => code,
    describe(code) {
      const choice = Object.fromEntries(places.map(({ id, candidates }, at) => [id, candidates[code[at] as number]?.name as string]));
      return { plan: planNetwork(chooseCandidates(supernet.network, choice)), choice, channels: [] };
    },
  };
}

/** Every code, the last number counting fastest. */
function* all([count, ...rest]: readonly number[]): Generator<number[]> {
  if (count === undefined) yield [];
  else for (let first = 0; first < count; first++) for (const others of all(rest)) yield [first, ...others];
}

function within({ metrics }: CostTable, costs: readonly number[], targets: Targets): boolean {
  return metrics.every(({ id }, index) => (costs[index] as number) <= (targets[id] ?? Infinity));
}

function costIn({ metrics, candidates }: CostTable, metric: MetricId, place: number, candidate: number): number {
  const index = metrics.findIndex(({ id }) => id === metric);
  return candidates[place]?.[candidate]?.[index] as number;
}
