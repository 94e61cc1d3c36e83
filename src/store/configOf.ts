/** The search that the page's settings describe. */
import type { MetricId } from '../core/cost/metrics';
import type { Objective, SearchConfig } from '../core/config/searchConfig';
import type { WorkbenchState } from './state';

export function configOf(state: WorkbenchState): SearchConfig {
  const { settings, preset, targets, method, device, task } = state;
  const {
    warmupEpochs: warmup,
    searchEpochs: search,
    finetuneEpochs: finetune,
    batchSize,
    weightRate,
    archRate,
    randomSeed,
    augment,
  } = settings;
  return {
    ...preset,
    task,
    method,
    device,
    targets,
    objective: objectiveOf(state),
    epochs: { warmup, search, finetune },
    batchSize,
    weightRate,
    archRate,
    augment,
    randomSeed,
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
