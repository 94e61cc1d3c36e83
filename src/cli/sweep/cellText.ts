import { metricText } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { CellWork } from '../../core/runs/sweep/plan';

/** "pit, gap8, 20 kB, 4 ms, seed 1" */
export function cellText({ config: { method, device, targets, randomSeed }, train }: CellWork): string {
  const limits = (Object.entries(targets) as [MetricId, number][]).map(([metric, target]) => metricText(metric, target));
  const what = train === undefined ? method : `${train === 'seedNetwork' ? 'seed network' : train} as for ${method}`;
  return [what, typeof device === 'string' ? device : device.name, ...limits, `seed ${randomSeed}`].join(', ');
}
