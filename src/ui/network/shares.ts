import type { MetricId } from '../../core/cost/metrics';
import type { ExpectedCosts } from './ExpectedCosts';

type Costs = Pick<ExpectedCosts, 'metrics' | 'layers'>;

/** What some layers cost together. Peak RAM does not add up: it is the most that any of them needs. */
export function costOf({ metrics, layers }: Costs, members: readonly { readonly id: string }[], metric: MetricId): number {
  const at = metrics.indexOf(metric);
  const costs = members.map(({ id }) => layers.get(id)?.[at] ?? 0);
  return metric === 'ramBytes' ? Math.max(0, ...costs) : costs.reduce((sum, cost) => sum + cost, 0);
}

/** The part of the whole network's cost, from 0 to 1; of peak RAM the part of the peak. */
export function shareOf(costs: Costs, members: readonly { readonly id: string }[], metric: MetricId): number {
  const whole = costOf(
    costs,
    [...costs.layers.keys()].map((id) => ({ id })),
    metric,
  );
  return whole > 0 ? costOf(costs, members, metric) / whole : 0;
}
