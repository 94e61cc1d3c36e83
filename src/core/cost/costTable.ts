/**
 * The costs of a network and of each of its candidates in a set of metrics. A supernet's candidates have constant costs, so its
 * expected cost is the fixed part combined with the candidates' costs, weighed by the candidates' weights.
 */
import { mixedOps, type NetworkPlan } from '../network/plan';
import { activationSteps } from './activations';
import { combined } from './combined';
import { layerTable, type LayerRow } from './layerTable';
import { layerCost, type Metric } from './metrics';

/** Plain data, so that it can be sent to the main thread, which compares targets with it. */
export interface CostTable {
  readonly metrics: readonly Pick<Metric, 'id' | 'divisor' | 'combine'>[];
  /** Cost of the layers outside mixed operations, per metric, before division. */
  readonly fixed: readonly number[];
  /** Per mixed operation, in network order, per candidate, per metric, before division. */
  readonly candidates: readonly (readonly (readonly number[])[])[];
}

export function costTable(plan: NetworkPlan, metrics: readonly Metric[]): CostTable {
  const parts = metrics.map((metric) => partsOf(plan, metric));
  const total = (belongs: (choice: LayerRow['choice']) => boolean) =>
    metrics.map(({ combine }, index) =>
      (parts[index] as Part[]).filter(({ choice }) => belongs(choice)).reduce((before, { cost }) => combined(combine, before, cost), 0),
    );
  return {
    metrics: metrics.map(({ id, divisor, combine }) => ({ id, divisor, combine })),
    fixed: total((choice) => choice === null),
    candidates: mixedOps(plan).map(({ id, candidates }) =>
      candidates.map(({ name }) => total((choice) => choice?.mixedOp === id && choice.candidate === name)),
    ),
  };
}

/** Total cost of a network without mixed operations, in each metric's unit. */
export function networkCosts(plan: NetworkPlan, metrics: readonly Metric[]): number[] {
  const { fixed } = costTable(plan, metrics);
  return metrics.map((metric, index) => (fixed[index] as number) / metric.divisor);
}

/** The cost of one layer or step of a network in a metric. */
interface Part {
  readonly choice: LayerRow['choice'];
  readonly cost: number;
}

function partsOf(plan: NetworkPlan, metric: Metric): Part[] {
  if (metric.combine === 'max') return activationSteps(plan).map((step) => ({ choice: step.choice, cost: metric.stepCost(step) }));
  const layers = layerTable(plan).map((row) => ({ choice: row.choice, cost: layerCost(metric, row) }));
  return [{ choice: null, cost: metric.networkCost }, ...layers];
}
