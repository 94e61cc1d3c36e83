/** The search that the page's settings describe. */
import type { MetricId } from '../core/cost/metrics';
import type { Objective, SearchConfig } from '../core/config/searchConfig';
import type { WorkbenchState } from './state';

export function configOf(state: WorkbenchState): SearchConfig {
  const { choices, targets, method, device, task } = state;
  return { ...choices, task, method, device, targets, objective: objectiveOf(state), seedNetwork: false };
}

/** The objective over those of its costs that are still limited; null when none is left. */
export function objectiveOf({ objective, targets }: WorkbenchState): Objective | null {
  if (!objective) return null;
  const { costs, strength } = objective;
  const metrics = (Object.keys(targets) as MetricId[]).filter((id) => costs === 'all' || costs === id);
  return metrics.length > 0 ? { metrics, strength } : null;
}
