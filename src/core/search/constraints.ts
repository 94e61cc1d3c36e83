/** Constraints of a search, and what the space can reach under them. Pure numbers: cheap enough for a slider's every move. */
import { combined } from '../cost/combined';
import type { CostTable } from '../cost/costTable';
import type { MetricId } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { solveKnapsack } from './knapsack';
import type { Objective } from './searchConfig';
import { leastText, metricTexts } from './units';

/** An upper limit on a metric, in the metric's unit. */
export interface Constraint {
  readonly metric: MetricId;
  readonly target: number;
}

/** Targets by metric: the part of a search that a person may change while it runs. */
export type Targets = Readonly<Partial<Record<MetricId, number>>>;

/** What a network ended up with under a constraint. */
export interface ConstraintReport extends Constraint {
  readonly value: number;
  readonly met: boolean;
}

/**
 * The choice of candidates with the best total score among those that meet every target, as an index per mixed operation,
 * or null when none does.
 *
 * @param scores per mixed operation, per candidate
 */
export function bestWithin(table: CostTable, targets: Targets, scores: readonly (readonly number[])[]): number[] | null {
  return bestWithinAll([{ table, targets }], scores);
}

/**
 * As `bestWithin`, for a choice that is pruned afterwards: it must be prunable to the targets, and where none meets them
 * as it is, the one whose targets have to be raised by the least common factor is taken.
 *
 * @param reach the same candidates' costs after pruning as far as possible
 */
export function nearestWithin(
  table: CostTable,
  reach: CostTable,
  targets: Targets,
  scores: readonly (readonly number[])[],
): number[] | null {
  const raised = (factor: number) => {
    const relaxed = Object.fromEntries(Object.entries(targets).map(([id, target]) => [id, factor * target])) as Targets;
    const limits = [
      { table, targets: relaxed },
      { table: reach, targets },
    ];
    return bestWithinAll(limits, scores);
  };
  const met = raised(1);
  if (met || !raised(Infinity)) return met;
  let [tooLittle, enough] = [1, 2];
  while (!raised(enough)) [tooLittle, enough] = [enough, 2 * enough];
  while (enough - tooLittle > FACTOR_PRECISION * tooLittle) {
    const middle = (tooLittle + enough) / 2;
    if (raised(middle)) enough = middle;
    else tooLittle = middle;
  }
  return raised(enough);
}

/** How precisely the factor is worked out by which targets are raised. */
const FACTOR_PRECISION = 0.01;

/** Several sets of limits on the same candidates' different costs. */
function bestWithinAll(
  limits: readonly { readonly table: CostTable; readonly targets: Targets }[],
  scores: readonly (readonly number[])[],
): number[] | null {
  for (const { table, targets } of limits) assertKnown(table, targets);
  const bounded = limits.flatMap(({ table, targets }) =>
    table.metrics.flatMap(({ id, combine, divisor }, index) => {
      const target = targets[id];
      if (target === undefined) return [];
      const cost = (costs: readonly number[]) => costs[index] as number;
      const candidate = (position: number, pick: number) => cost((table.candidates[position] as number[][])[pick] as number[]);
      return [{ combine, fixed: cost(table.fixed), candidate, holds: (total: number) => total / divisor <= target }];
    }),
  );
  const sums = bounded.filter(({ combine }) => combine === 'sum');
  const peaks = bounded.filter(({ combine }) => combine === 'max');

  // The largest of some costs stays under a limit where each of them does: so such a metric asks of each place by itself.
  if (!peaks.every(({ fixed, holds }) => holds(fixed))) return null;
  const offered = scores.map((candidates, position) =>
    candidates.flatMap((_, pick) => (peaks.every(({ candidate, holds }) => holds(candidate(position, pick))) ? [pick] : [])),
  );
  if (offered.some((picks) => picks.length === 0)) return null;

  const chosen = solveKnapsack({
    scores: offered.map((picks, position) => picks.map((pick) => (scores[position] as number[])[pick] as number)),
    costs: offered.map((picks, position) => picks.map((pick) => sums.map(({ candidate }) => candidate(position, pick)))),
    fixed: sums.map(({ fixed }) => fixed),
    fits: (total, constraint) => (sums[constraint] as (typeof sums)[number]).holds(total),
  });
  return chosen && chosen.map((choice, position) => (offered[position] as number[])[choice] as number);
}

/**
 * The targets that constrain a search: those of costs that are not made an objective.
 * @param capacity what the device has room for, which holds for an objective too
 */
export function enforced(targets: Targets, objective: Objective | null, capacity: Targets): Targets {
  if (!objective) return targets;
  const aims = new Set<string>(objective.metrics);
  return Object.fromEntries([
    ...Object.entries(targets).filter(([id]) => !aims.has(id)),
    ...Object.entries(capacity).filter(([id]) => aims.has(id)),
  ]);
}

/** The smallest value of a metric that the space reaches within the other targets, or null when those exclude everything. */
export function smallestReachable(table: CostTable, metric: MetricId, others: Targets = {}): number | null {
  const index = table.metrics.findIndex(({ id }) => id === metric);
  const { [metric]: own, ...rest } = others;
  if (table.metrics[index]?.combine === 'max') {
    const limits = levels(table, index);
    return limits.find((limit) => bestWithin(table, { ...rest, [metric]: limit }, noPreference(table)) !== null) ?? null;
  }
  const scores = table.candidates.map((candidates) => candidates.map((costs) => -(costs[index] as number)));
  const choice = bestWithin(table, rest, scores);
  return choice && (totalCosts(table, choice)[index] as number);
}

/** The largest value of a metric in the space. */
export function largestReachable(table: CostTable, metric: MetricId): number {
  const index = table.metrics.findIndex(({ id }) => id === metric);
  const costliest = table.candidates.map((candidates) => {
    const costs = candidates.map((cost) => cost[index] as number);
    return costs.indexOf(Math.max(...costs));
  });
  return totalCosts(table, costliest)[index] as number;
}

/** Total costs of a choice in each metric's unit. */
export function totalCosts(table: CostTable, choice: readonly number[]): number[] {
  return table.metrics.map(({ combine, divisor }, index) => {
    const chosen = choice.map((pick, position) => ((table.candidates[position] as number[][])[pick] as number[])[index] as number);
    return chosen.reduce((total, cost) => combined(combine, total, cost), table.fixed[index] as number) / divisor;
  });
}

/** Every value that a metric whose largest cost counts can take, in its unit, ascending. */
function levels(table: CostTable, index: number): number[] {
  const divisor = table.metrics[index]?.divisor as number;
  const costs = [table.fixed, ...table.candidates.flat()].map((cost) => (cost[index] as number) / divisor);
  return [...new Set(costs)].sort((a, b) => a - b);
}

/** Why a set of targets cannot be met, per metric. */
export interface Shortfall {
  readonly metric: MetricId;
  readonly target: number;
  /** The smallest value in the whole space. */
  readonly minimum: number;
  /** The smallest value while the other targets hold, or null when they exclude every network by themselves. */
  readonly minimumWithinOthers: number | null;
}

/** Null when some network in the space meets every target; otherwise what stands in the way, per target. */
export function shortfall(table: CostTable, targets: Targets): Shortfall[] | null {
  if (bestWithin(table, targets, noPreference(table))) return null;
  return table.metrics.flatMap(({ id }) => {
    const target = targets[id];
    if (target === undefined) return [];
    const minimum = smallestReachable(table, id) as number;
    return [{ metric: id, target, minimum, minimumWithinOthers: smallestReachable(table, id, targets) }];
  });
}

/** @throws WorkbenchError `infeasible-targets` with the shortfall in its details */
export function assertFeasible(table: CostTable, targets: Targets): void {
  const missing = shortfall(table, targets);
  if (missing) throw infeasible(missing);
}

/** @param among what was looked through */
export function infeasible(missing: readonly Shortfall[], among = 'network in this search space'): WorkbenchError {
  return new WorkbenchError('infeasible-targets', `No ${among} meets these targets. ${shortfallText(missing)}`, { shortfall: missing });
}

/** A network that was derived under these targets and, counted anew, is over some of them. */
export function missed(broken: readonly { readonly metric: MetricId; readonly target: number; readonly value: number }[]): WorkbenchError {
  const each = broken.map(({ metric, target, value }) => `${word(metric)} is ${value}, its target ${target}`).join('; ');
  return new WorkbenchError(
    'infeasible-targets',
    `The network that was derived does not meet its targets when it is counted anew: ${each}. Raise them a little and derive again.`,
    { broken },
  );
}

/** What to raise and how far, in a sentence or two. */
export function shortfallText(missing: readonly Shortfall[]): string {
  const alone = missing.filter(({ target, minimum }) => target < minimum);
  if (alone.length > 0)
    return alone
      .map(
        ({ metric, minimum }) =>
          `The least ${word(metric)} within reach is ${leastText(metric, minimum)}; raise the ${word(metric)} target to that or more.`,
      )
      .join(' ');
  const ways = missing.flatMap(({ metric, minimumWithinOthers }) =>
    minimumWithinOthers === null ? [] : [`raise the ${word(metric)} target to ${leastText(metric, minimumWithinOthers)} or more`],
  );
  return `Each can be met alone, but not together: ${ways.join(', or ')}.`;
}

/** A target on what is not counted would be ignored, and the promise that every target is met broken. */
function assertKnown({ metrics }: CostTable, targets: Targets): void {
  const unknown = Object.keys(targets).find((metric) => !metrics.some(({ id }) => id === metric));
  if (unknown !== undefined)
    throw new WorkbenchError('invalid-setting', `"${unknown}" cannot be limited here: it is not known on this device`);
}

const word = (metric: MetricId) => metricTexts[metric].word;

function noPreference(table: CostTable): number[][] {
  return table.candidates.map((candidates) => candidates.map(() => 0));
}
