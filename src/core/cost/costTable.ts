/**
 * What a network and each of its choices cost in a set of metrics. A supernet's candidates have constant costs, so its
 * expected cost is the fixed part plus one product of the candidates' weights with this table.
 */
import { mixedOps, type NetworkPlan } from '../network/plan';
import { layerTable, type LayerRow } from './layerTable';
import type { Metric } from './metrics';

/** Plain data, so that it may cross to where only targets are weighed. */
export interface CostTable {
  readonly metrics: readonly Pick<Metric, 'id' | 'divisor'>[];
  /** Cost of the layers outside mixed operations, per metric, before division. */
  readonly fixed: readonly number[];
  /** Per mixed operation, in network order, per candidate, per metric, before division. */
  readonly candidates: readonly (readonly (readonly number[])[])[];
}

export function costTable(plan: NetworkPlan, metrics: readonly Metric[]): CostTable {
  const rows = layerTable(plan);
  const sum = (belongs: (row: LayerRow) => boolean) => {
    const chosen = rows.filter(belongs);
    return metrics.map((metric) => chosen.reduce((total, row) => total + metric.layerCost(row), 0));
  };
  return {
    metrics: metrics.map(({ id, divisor }) => ({ id, divisor })),
    fixed: sum((row) => row.choice === null),
    candidates: mixedOps(plan).map(({ id, candidates }) =>
      candidates.map(({ name }) => sum(({ choice }) => choice?.mixedOp === id && choice.candidate === name)),
    ),
  };
}

/** Total cost of a network without mixed operations, in each metric's unit. */
export function networkCosts(plan: NetworkPlan, metrics: readonly Metric[]): number[] {
  const { fixed } = costTable(plan, metrics);
  return metrics.map((metric, index) => (fixed[index] as number) / metric.divisor);
}
