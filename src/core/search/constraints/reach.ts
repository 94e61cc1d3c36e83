/** Which costs a space can reach under targets, and which targets are enforced. Pure numbers. */
import type { CostTable } from '../../cost/costTable';
import type { Costs, MetricId, Targets } from '../../cost/metrics';
import { bestWithin, totalCosts } from './choosing';
import type { Objective } from '../../config/searchConfig';
import type { Shortfall } from './constraint';
import { infeasible } from './sentences';

/**
 * The targets that constrain a search: all except those of costs that are an objective.
 * @param capacity the device's own limits, which hold for an objective too
 */
export function enforced(targets: Targets, objective: Objective | null, capacity: Targets): Targets {
  if (!objective) return targets;
  const aims = new Set<string>(objective.metrics);
  return Object.fromEntries([
    ...Object.entries(targets).filter(([id]) => !aims.has(id)),
    ...Object.entries(capacity).filter(([id]) => aims.has(id)),
  ]);
}

/** The smallest value of a metric that the space reaches within the other targets, or null when no network meets those. */
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

/** All costs of the network that needs the least of a metric; null for a metric of which the largest layer counts, where many do. */
export function leastNetwork(table: CostTable, metric: MetricId): Costs | null {
  const index = table.metrics.findIndex(({ id }) => id === metric);
  if (index < 0 || table.metrics[index]?.combine === 'max') return null;
  const cheapest = table.candidates.map((candidates) => {
    const costs = candidates.map((cost) => cost[index] as number);
    return costs.indexOf(Math.min(...costs));
  });
  const costs = totalCosts(table, cheapest);
  return Object.fromEntries(table.metrics.map(({ id }, at) => [id, costs[at] as number]));
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

/** Every value that a metric can take in its unit, ascending, if its largest cost counts. */
function levels(table: CostTable, index: number): number[] {
  const divisor = table.metrics[index]?.divisor as number;
  const costs = [table.fixed, ...table.candidates.flat()].map((cost) => (cost[index] as number) / divisor);
  return [...new Set(costs)].sort((a, b) => a - b);
}

/** Null when some network in the space meets every target; otherwise the least value in reach, per target. */
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

function noPreference(table: CostTable): number[][] {
  return table.candidates.map((candidates) => candidates.map(() => 0));
}
