/** Constraints of a search, and what the space can reach under them. Pure numbers: cheap enough for a slider's every move. */
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
  const bounded = table.metrics.map((metric, index) => ({ metric, index })).filter(({ metric }) => targets[metric.id] !== undefined);
  const select = (costs: readonly number[]) => bounded.map(({ index }) => costs[index] as number);
  return solveKnapsack({
    scores,
    costs: table.candidates.map((candidates) => candidates.map(select)),
    fixed: select(table.fixed),
    fits(total, constraint) {
      const { metric } = bounded[constraint] as (typeof bounded)[number];
      return total / metric.divisor <= (targets[metric.id] as number);
    },
  });
}

/** The smallest value of a metric that the space reaches within the other targets, or null when those exclude everything. */
export function smallestReachable(table: CostTable, metric: MetricId, others: Targets = {}): number | null {
  const index = table.metrics.findIndex(({ id }) => id === metric);
  const scores = table.candidates.map((candidates) => candidates.map((costs) => -(costs[index] as number)));
  const { [metric]: own, ...rest } = others;
  const choice = bestWithin(table, rest, scores);
  return choice && (totalCosts(table, choice)[index] as number);
}

/** Total costs of a choice in each metric's unit. */
export function totalCosts(table: CostTable, choice: readonly number[]): number[] {
  return table.metrics.map((metric, index) => {
    const chosen = choice.map((pick, position) => ((table.candidates[position] as number[][])[pick] as number[])[index] as number);
    return chosen.reduce((total, cost) => total + cost, table.fixed[index] as number) / metric.divisor;
  });
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

const word = (metric: MetricId) => metricTexts[metric].name.toLowerCase();

function noPreference(table: CostTable): number[][] {
  return table.candidates.map((candidates) => candidates.map(() => 0));
}
