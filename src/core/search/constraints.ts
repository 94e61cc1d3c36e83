/** Constraints of a search, and what the space can reach under them. Pure numbers: cheap enough for a slider's every move. */
import { combined } from '../cost/combined';
import type { CostTable } from '../cost/costTable';
import type { MetricId } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { solveKnapsack } from './knapsack';
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
  assertKnown(table, targets);
  const bounded = table.metrics.map((metric, index) => ({ metric, index })).filter(({ metric }) => targets[metric.id] !== undefined);
  const sums = bounded.filter(({ metric }) => metric.combine === 'sum');
  const peaks = bounded.filter(({ metric }) => metric.combine === 'max');
  const below = (cost: number, { id, divisor }: CostTable['metrics'][number]) => cost / divisor <= (targets[id] as number);

  // The largest of some costs stays under a limit where each of them does: so such a metric asks of each place by itself.
  const allowed = (costs: readonly number[]) => peaks.every(({ metric, index }) => below(costs[index] as number, metric));
  if (!allowed(table.fixed)) return null;
  const offered = table.candidates.map((candidates) => candidates.flatMap((costs, pick) => (allowed(costs) ? [pick] : [])));
  if (offered.some((picks) => picks.length === 0)) return null;

  const select = (costs: readonly number[]) => sums.map(({ index }) => costs[index] as number);
  const chosen = solveKnapsack({
    scores: offered.map((picks, position) => picks.map((pick) => (scores[position] as number[])[pick] as number)),
    costs: offered.map((picks, position) => picks.map((pick) => select((table.candidates[position] as number[][])[pick] as number[]))),
    fixed: select(table.fixed),
    fits: (total, constraint) => below(total, (sums[constraint] as (typeof sums)[number]).metric),
  });
  return chosen && chosen.map((choice, position) => (offered[position] as number[])[choice] as number);
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

export function infeasible(missing: readonly Shortfall[]): WorkbenchError {
  return new WorkbenchError('infeasible-targets', `No network in this search space meets these targets. ${shortfallText(missing)}`, {
    shortfall: missing,
  });
}

/** What to raise and how far, in a sentence or two. */
export function shortfallText(missing: readonly Shortfall[]): string {
  const alone = missing.filter(({ target, minimum }) => target < minimum);
  if (alone.length > 0)
    return alone
      .map(
        ({ metric, minimum }) =>
          `The least ${word(metric)} that any network reaches is ${leastText(metric, minimum)}; raise the ${word(metric)} target to that or more.`,
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
