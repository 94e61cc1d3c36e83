/** The command that repeats a search without a browser. */
import { valueAt, type Choice, type Part } from '../config/choice';
import { choices, matters, type ChoosingStrategy } from '../config/choices';
import type { Value } from '../config/domain';
import { isHandSchedule, scheduleText } from '../config/handSchedule';
import { presetNames, unlessChosen } from '../config/settings';
import type { Choices, SearchConfig } from '../config/searchConfig';
import type { MetricId } from '../cost/metrics';
import { usualVariants, type Reading } from '../data/reading';
import type { LinkedSettings } from './linkedSettings';
import { limitedAtFirst } from '../search/constraints/targets';
import { shellWord } from '../shellWord';
import { taskFor, type Task } from '../tasks/index';

/** Each limit's option, and the unit of its number. GAP8 cycles are no limit of the command line. */
const limits: Readonly<Partial<Record<MetricId, readonly [option: string, unit: string]>>> = {
  flashBytes: ['memory', 'B'],
  latencyMs: ['latency', 'ms'],
  ramBytes: ['ram', 'B'],
  energyUj: ['energy', 'uJ'],
  macs: ['macs', ''],
  params: ['params', ''],
};

/** What stands for files that only the person knows. */
export const YOUR_DEVICE = 'device.json';
export const YOUR_EXAMPLES = 'YOUR-EXAMPLES';

/**
 * The options of the preset that the fewest of them change. An own device is read from `YOUR_DEVICE`, own examples from `YOUR_EXAMPLES`.
 * @param strategy of the config's method
 * @param reading how own examples were read; null where that is not known
 */
export function searchCommand(
  { config, data, backend }: Omit<LinkedSettings, 'results'>,
  strategy: ChoosingStrategy,
  reading: Reading | null = null,
): string {
  const task = taskFor(config.task);
  const given = presetNames
    .map((preset) => {
      const options = changedOptions(config, { ...task.presets[preset], ...unlessChosen }, strategy);
      return preset === 'quick' ? options : [`--preset ${preset}`, ...options];
    })
    .reduce((best, other) => (other.length < best.length ? other : best));
  return [
    'npm run -s search --',
    `--task ${config.task}`,
    `--method ${config.method}`,
    `--device ${typeof config.device === 'string' ? config.device : YOUR_DEVICE}`,
    ...targetOptions(config),
    ...(data.synthetic ? [] : [`--data ${YOUR_EXAMPLES}`, ...(reading ? readingOptions(reading, task, config) : [])]),
    `--train ${data.trainCount}`,
    `--test ${data.testCount}`,
    ...given,
    ...(backend === null ? [] : [`--backend ${backend}`]),
  ].join(' ');
}

function targetOptions({ targets, objective }: SearchConfig): string[] {
  const set = (Object.keys(limits) as MetricId[]).flatMap((metric) => {
    const [option, unit] = limits[metric] as readonly [string, string];
    const target = targets[metric];
    if (target !== undefined) return [`--${option} ${plain(target)}${unit}`];
    return limitedAtFirst.some((first) => first === metric) ? [`--${option} none`] : [];
  });
  if (!objective) return set;
  return [...set, `--objective ${objective.metrics.map((metric) => limits[metric]?.[0]).join()}=${objective.strength}`];
}

/** Those that change how a search reads own examples. Only spoken words have variants and features to choose. */
function readingOptions({ holdOut, variants, feature }: Reading, task: Task, { augment }: SearchConfig): string[] {
  const isSound = task.example.kind === 'sound';
  return [
    ...(holdOut === null ? [] : [`--hold-out ${shellWord(holdOut)}`]),
    ...(isSound && variants !== null && variants !== usualVariants(task, augment) ? [`--variants ${variants}`] : []),
    ...(isSound && feature !== 'mfcc' ? [`--features ${feature}`] : []),
  ];
}

function changedOptions(config: SearchConfig, preset: Omit<Choices, 'objective'>, strategy: ChoosingStrategy): string[] {
  return choices
    .filter((choice) => choice.shape !== 'costs' && matters(choice, strategy))
    .filter(({ parts }) => parts.some(({ path }) => JSON.stringify(valueAt(config, path)) !== JSON.stringify(valueAt(preset, path))))
    .map((choice) => `--${choice.option} ${textsOf(choice, config).join()}`);
}

const textsOf = ({ parts }: Choice, config: SearchConfig) => parts.map((part) => textOf(part, valueOf(part, config)));

/** Where a choice follows another one, the command line takes that one's value. */
const valueOf = ({ path, follows }: Part, config: SearchConfig) => valueAt(config, path) ?? (follows ? valueAt(config, follows) : null);

function textOf({ takes }: Part, value: Value | undefined): string {
  if (isHandSchedule(value)) return scheduleText(value);
  if (takes.kind === 'names') return takes.names.find((named) => named.value === value)?.name ?? String(value);
  return String(value);
}

/** Without an exponent, which sizes and times on the command line do not have. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
