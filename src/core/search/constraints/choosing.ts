/** Finds the best choice of candidates within targets. Pure numbers, fast enough to run on every move of a slider. */
import { combined } from '../../cost/combined';
import type { CostTable } from '../../cost/costTable';
import type { Targets } from '../../cost/metrics';
import { WorkbenchError } from '../../errors';
import { sayLater } from '../../language/told';
import { solveKnapsack } from './knapsack';

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
 * Like `bestWithin`, for a choice that will be pruned: pruning must be able to bring it within the targets. If no choice meets them
 * unpruned, it takes the one whose targets have to be raised by the smallest common factor.
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

/** Relative precision of the factor by which targets are raised. */
const FACTOR_PRECISION = 0.01;

/** Finds the best choice within several sets of limits, each on its own costs of the same candidates. */
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

  // A maximum stays under a limit if each of its terms does, so such a metric limits each place by itself.
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

/** Total costs of a choice in each metric's unit. */
export function totalCosts(table: CostTable, choice: readonly number[]): number[] {
  return table.metrics.map(({ combine, divisor }, index) => {
    const chosen = choice.map((pick, position) => ((table.candidates[position] as number[][])[pick] as number[])[index] as number);
    return chosen.reduce((total, cost) => combined(combine, total, cost), table.fixed[index] as number) / divisor;
  });
}

/** A target on a metric that is not counted would be ignored silently, so it is an error. */
function assertKnown({ metrics }: CostTable, targets: Targets): void {
  const unknown = Object.keys(targets).find((metric) => !metrics.some(({ id }) => id === metric));
  if (unknown !== undefined)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('"{cost}" cannot be limited here: it is not known on this device', { cost: unknown }),
    );
}
