/** The search that the page's settings describe. */
import type { MetricId } from '../core/cost/metrics';
import type { Objective, SearchConfig } from '../core/config/searchConfig';
import { spaceOf } from './spaceOf';
import type { WorkbenchState } from './state';

export function configOf(state: WorkbenchState): SearchConfig {
  const { choices, targets, method, device, task, strategies } = state;
  const { gradients = true } = strategies.find(({ id }) => id === method) ?? {};
  return {
    ...choices,
    // What the chosen method does not have keeps what was chosen for another one, but is not sent.
    space: spaceOf(state),
    objective: gradients ? objectiveOf(state) : null,
    task,
    method,
    device,
    targets,
    seedNetwork: false,
  };
}

/** The objective over those of its costs that are still limited; null when none is left. */
export function objectiveOf({ objective, targets }: WorkbenchState): Objective | null {
  if (!objective) return null;
  const { costs, strength } = objective;
  const metrics = (Object.keys(targets) as MetricId[]).filter((id) => costs === 'all' || costs === id);
  return metrics.length > 0 ? { metrics, strength } : null;
}
