import type { Metric } from '../../cost/metrics';
import type { Costs } from '../../cost/metrics';

/** Values in the order of the metrics, by the metrics' ids. */
export function costsByMetric(metrics: readonly Pick<Metric, 'id'>[], values: readonly number[]): Costs {
  return Object.fromEntries(metrics.map(({ id }, index) => [id, values[index] as number]));
}
