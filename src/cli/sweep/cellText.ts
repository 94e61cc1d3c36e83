import { metricText } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { SearchConfig } from '../../core/config/searchConfig';

/** "pit, gap8, 20 kB, 4 ms, seed 1" */
export function cellText({ method, device, targets, randomSeed }: SearchConfig): string {
  const limits = (Object.entries(targets) as [MetricId, number][]).map(([metric, target]) => metricText(metric, target));
  return [method, typeof device === 'string' ? device : device.name, ...limits, `seed ${randomSeed}`].join(', ');
}
