/** What a lesson sets otherwise than it was, in words. */
import { fullLabel, valueAt, type Part } from '../../core/config/choice';
import { choices, matters } from '../../core/config/choices';
import type { Value } from '../../core/config/domain';
import type { SearchConfig } from '../../core/config/searchConfig';
import type { DeviceChoice } from '../../core/cost/devices/index';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId, Targets } from '../../core/cost/metrics';
import { taskFor } from '../../core/tasks/index';
import type { ExampleNumbers } from '../../core/tasks/task';
import { configOf } from '../../store/configOf';
import type { WorkbenchState } from '../../store/state';

/** @returns a line per setting, such as "Search epochs: 5" */
export function settingChanges(before: WorkbenchState, { config, data }: { config: SearchConfig; data: ExampleNumbers }): string[] {
  const now = configOf(before);
  const { example, title } = taskFor(config.task);
  const strategy = before.strategies.find(({ id }) => id === config.method);
  const lines: readonly (readonly [label: string, was: unknown, is: unknown, text: string])[] = [
    ['Task', now.task, config.task, title],
    ['Examples', before.dataset?.synthetic ?? true, true, `the built-in ${example.many}`],
    ['Device', now.device, config.device, deviceName(config.device)],
    ['Method', now.method, config.method, strategy?.label ?? config.method],
    ['Targets', targetsText(now.targets), targetsText(config.targets), targetsText(config.targets)],
    ['Costs are', now.objective !== null, config.objective !== null, config.objective ? 'objectives of one strength' : 'constraints'],
    [`Training ${example.many}`, before.settings.trainCount, data.trainCount, String(data.trainCount)],
    [`Test ${example.many}`, before.settings.testCount, data.testCount, String(data.testCount)],
    ...choices
      .filter((choice) => choice.shape !== 'costs' && (!strategy || matters(choice, strategy)))
      .flatMap((choice) =>
        choice.parts.map((part) => {
          const [was, is] = [valueAt(now, part.path), valueAt(config, part.path)];
          return [fullLabel(choice, part), was, is, valueText(part, is ?? null)] as const;
        }),
      ),
  ];
  return lines.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is)).map(([label, , , text]) => `${label}: ${text}`);
}

const deviceName = (device: DeviceChoice) => (typeof device === 'string' ? device.toUpperCase() : device.name);

function targetsText(targets: Targets): string {
  const limited = (Object.keys(targets) as MetricId[]).toSorted();
  return limited.map((metric) => `at most ${metricText(metric, targets[metric] as number)} of ${metricTexts[metric].word}`).join(', ');
}

function valueText({ takes, unset, follows }: Part, value: Value): string {
  if (value === null) return follows ? 'as in the other phases' : (unset ?? 'none');
  const named = takes.kind === 'names' ? takes.names.find((one) => one.value === value)?.label : undefined;
  return named ?? String(value);
}
