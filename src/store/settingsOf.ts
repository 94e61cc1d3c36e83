/** The page's settings as a kept run had them. */
import type { Objective, SearchConfig } from '../core/config/searchConfig';
import type { Targets } from '../core/cost/metrics';
import type { DataLimits } from '../protocol/protocol';
import type { ChosenObjective, WorkbenchState } from './state';

type Settings = Pick<WorkbenchState, 'task' | 'method' | 'device' | 'choices' | 'objective' | 'targets' | 'settings'>;

/** @param targets in force, which may have moved since the start */
export function settingsOf(config: SearchConfig, { trainCount, testCount }: DataLimits, targets: Targets): Settings {
  const { task, method, device, targets: _, objective, seedNetwork: __, ...choices } = config;
  // A run file's config also holds its data, which are no choice.
  const { data: ___, ...chosen } = choices as typeof choices & { readonly data?: unknown };
  return {
    task,
    method,
    device,
    choices: chosen,
    objective: objective && chosenObjective(objective, config.targets),
    targets,
    settings: { trainCount, testCount },
  };
}

function chosenObjective({ metrics, strength }: Objective, targets: Targets): ChosenObjective {
  const [only] = metrics;
  const one = metrics.length === 1 && only !== undefined && Object.keys(targets).length > 1;
  return { costs: one ? only : 'all', strength };
}
