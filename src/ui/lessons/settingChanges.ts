/** What a lesson sets otherwise than it was, in words. */
import { fullLabel, valueAt, type Part } from '../../core/config/choice';
import { choices, matters } from '../../core/config/choices';
import type { Value } from '../../core/config/domain';
import type { SearchConfig } from '../../core/config/searchConfig';
import type { DeviceChoice } from '../../core/cost/devices/index';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId, Targets } from '../../core/cost/metrics';
import { commaText } from '../../core/language/lists';
import { say, word } from '../../core/language/say';
import { said } from '../../core/language/told';
import { taskFor } from '../../core/tasks/index';
import type { ExampleNumbers } from '../../core/tasks/task';
import { configOf } from '../../store/configOf';
import type { WorkbenchState } from '../../store/state';

/** @returns a line per setting, such as "Search epochs: 5" */
export function settingChanges(before: WorkbenchState, { config, data }: { config: SearchConfig; data: ExampleNumbers }): string[] {
  const now = configOf(before);
  const { example, title } = taskFor(config.task);
  const examples = say(example.many);
  const strategy = before.strategies.find(({ id }) => id === config.method);
  const lines: readonly (readonly [label: string, was: unknown, is: unknown, text: string])[] = [
    [say('Task'), now.task, config.task, say(title)],
    [say('Examples'), before.dataset?.synthetic ?? true, true, say('the built-in {examples}', { examples })],
    [say('Device'), now.device, config.device, deviceName(config.device)],
    [say('Method'), now.method, config.method, say(strategy?.label ?? config.method)],
    [say('Targets'), targetsText(now.targets), targetsText(config.targets), targetsText(config.targets)],
    [
      say('Costs are'),
      now.objective !== null,
      config.objective !== null,
      config.objective ? say('objectives of one strength') : say('constraints'),
    ],
    [say('Training {examples}', { examples }), before.settings.trainCount, data.trainCount, String(data.trainCount)],
    [say('Test {examples}', { examples }), before.settings.testCount, data.testCount, String(data.testCount)],
    ...choices
      .filter((choice) => choice.shape !== 'costs' && (!strategy || matters(choice, strategy)))
      .flatMap((choice) =>
        choice.parts.map((part) => {
          const [was, is] = [valueAt(now, part.path), valueAt(config, part.path)];
          return [said(fullLabel(choice, part)), was, is, valueText(part, is ?? null)] as const;
        }),
      ),
  ];
  return lines
    .filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is))
    .map(([setting, , , value]) => say('{setting}: {value}', { setting, value }));
}

const deviceName = (device: DeviceChoice) => (typeof device === 'string' ? device.toUpperCase() : device.name);

function targetsText(targets: Targets): string {
  const limited = (Object.keys(targets) as MetricId[]).toSorted();
  return commaText(
    limited.map((metric) =>
      say('at most {amount} of {cost}', { amount: metricText(metric, targets[metric] as number), cost: say(metricTexts[metric].word) }),
    ),
  );
}

function valueText({ takes, unset, follows }: Part, value: Value): string {
  if (value === null) return follows ? say('as in the other phases') : say(unset ?? word('none'));
  const named = takes.kind === 'names' ? takes.names.find((one) => one.value === value)?.label : undefined;
  return named === undefined ? String(value) : say(named);
}
