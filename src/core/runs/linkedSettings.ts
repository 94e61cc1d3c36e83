/** All that a link carries to repeat a search elsewhere, checked as strictly as a config from any other source. */
import * as v from 'valibot';
import { checkConfig } from '../config/checkConfig';
import { valueAt, withValue } from '../config/choice';
import { choices } from '../config/choices';
import type { Choices, SearchConfig } from '../config/searchConfig';
import { bothStarts, unlessChosen } from '../config/settings';
import { deviceOf, type DeviceChoice } from '../cost/devices/index';
import { parseOwnDevice } from '../cost/devices/ownDevice';
import { asWorkbenchError, WorkbenchError } from '../errors';
import { sayLater, type Told } from '../language/told';
import { taskFor, type Task } from '../tasks/index';
import type { RunData } from './runFile';

export interface LinkedSettings {
  readonly config: SearchConfig;
  readonly data: Omit<RunData, 'classNames'>;
  /** The backend's name, on which the same numbers come out; null where it is not known. */
  readonly backend: string | null;
  /** The version of seeded searches that the link was made with, see `resultsVersion.ts`. */
  readonly results: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
const shortText = v.pipe(v.string(), v.maxLength(200));

const schema = v.object({
  config: v.looseObject({ task: shortText, method: shortText, device: v.union([shortText, v.looseObject({})]) }),
  data: v.object({ name: shortText, synthetic: v.boolean(), trainCount: count, testCount: count }),
  backend: v.nullable(shortText),
  results: count,
});

/**
 * @param json what came in a link, from anywhere
 * @returns what of it is known; the method's id is left to those who know the methods
 * @throws WorkbenchError `invalid-setting` that names the first thing that is missing or out of range
 */
export function checkLinkedSettings(json: unknown): LinkedSettings {
  const { success, output, issues } = v.safeParse(schema, json, { abortEarly: true });
  if (!success) {
    const [issue] = issues;
    throw refused(sayLater('“{part}” is missing or not of its kind.', { part: v.getDotPath(issue) ?? sayLater('the whole') }));
  }
  const { data, backend, results } = output;
  try {
    return { config: configFrom(output.config), data, backend, results };
  } catch (error) {
    throw refused(asWorkbenchError(error).told);
  }
}

/** Only known keys are taken over, so that nothing else gets into a run or its files. */
function configFrom(given: { readonly task: string; readonly method: string; readonly device: string | object }): SearchConfig {
  const { start, earlyStop } = given as { start?: SearchConfig['start']; earlyStop?: Partial<SearchConfig['earlyStop']> };
  // Links from before fine-tuning had a patience of its own say nothing of it.
  const patience = earlyStop && { earlyStop: { finetune: null, ...earlyStop } };
  const config = { ...given, start: bothStarts(start as SearchConfig['start']), ...patience } as unknown as SearchConfig;
  const task = taskFor(config.task);
  checkConfig(config);
  const { objective, targets } = config;
  return {
    ...choicesFrom(config, task),
    objective: objective && { metrics: [...new Set(objective.metrics)], strength: objective.strength },
    targets: { ...targets },
    task: task.id,
    method: config.method,
    device: deviceFrom(config.device),
    seedNetwork: false,
  };
}

function choicesFrom(config: SearchConfig, { presets }: Task): Omit<Choices, 'objective'> {
  const paths = choices.filter(({ shape }) => shape !== 'costs').flatMap(({ parts }) => parts.map(({ path }) => path));
  return paths.reduce((chosen, path) => withValue(chosen, path, valueAt(config, path) ?? null), { ...presets.quick, ...unlessChosen });
}

function deviceFrom(device: DeviceChoice): DeviceChoice {
  if (typeof device !== 'string') return parseOwnDevice(device);
  deviceOf(device);
  return device;
}

const refused = (why: Told) =>
  new WorkbenchError('invalid-setting', sayLater('Nothing was changed, since the link’s settings cannot be used: {why}', { why }));
