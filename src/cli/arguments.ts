/** Reads the command line of a search. Every value is checked; a mistake is told in one line that names the choices. */
import { backendNames, type BackendChoice } from '../backends/backend';
import { devices } from '../core/cost/devices/index';
import type { MeasuredUnits } from '../core/cost/fit/measuredUnits';
import { wholeRange } from '../core/config/domain';
import type { Choices, PresetName, SearchConfig } from '../core/config/searchConfig';
import { builtInPictures, presetNames, unlessChosen } from '../core/config/settings';
import { strategies, strategyFor } from '../core/strategies/index';
import { tasks, type Task } from '../core/tasks/index';
import { readCommandLine } from './commandLine';
import { parseDeviceUnits } from './deviceFile';
import { methodHelp } from './methodHelp';
import { applyMethodOptions, methodOptions } from './methodOptions';
import { oneOf, readNumberIn } from './optionValue';
import { LIMITS_HELP, limitOptions, readLimits, type GivenLimits } from './targetOptions';

export interface SearchArguments {
  /** Without what depends on the device and the pictures. */
  readonly config: Omit<SearchConfig, 'device' | 'targets'>;
  /** A device's id, or the path of a file that describes one. */
  readonly device: string;
  /** Of a measured device's numbers; null for those that its columns name. */
  readonly deviceUnits: MeasuredUnits | null;
  readonly limits: GivenLimits;
  /** `embedded` or the path of a folder. */
  readonly data: string;
  /** Infinity for all there are. */
  readonly trainCount: number;
  readonly testCount: number;
  readonly backend: BackendChoice;
  readonly out: string | null;
  readonly ndjson: boolean;
}

const options = {
  task: { type: 'string', default: 'ic' },
  device: { type: 'string', default: 'gap8' },
  'device-units': { type: 'string' },
  method: { type: 'string', default: strategies[0]?.id ?? '' },
  ...limitOptions,
  preset: { type: 'string', default: 'quick' },
  data: { type: 'string', default: 'embedded' },
  train: { type: 'string' },
  test: { type: 'string' },
  seed: { type: 'string' },
  'seed-network': { type: 'boolean', default: false },
  backend: { type: 'string', default: 'automatic' },
  out: { type: 'string' },
  ndjson: { type: 'boolean', default: false },
  ...methodOptions,
  help: { type: 'boolean', default: false },
} as const;

const list = (names: Iterable<string>) => [...names].join('|');

export const HELP = `Searches a network that meets limits on memory, latency and other costs, and trains it.

npm run -s search -- [options]

  --task NAME          ${list(tasks.keys())} (default: ic, image classification with ResNet-8)
  --device NAME|FILE   ${list(devices.keys())},
                       or your own: a description in JSON, or measured networks in CSV (default: gap8)
  --device-units T,E   units of the numbers in that CSV: s, ms or us, and J, mJ, uJ or nJ (default: ms,uJ, asked about where they
                       look wrong)
  --method NAME        how to search (default: ${strategies[0]?.id})
${strategies.map(({ id, help }) => `                         ${id} ${help}`).join('\n')}
${LIMITS_HELP}
  --preset NAME        ${list(presetNames)}: what is chosen where no option below says otherwise (default: quick; paper: the paper's)
  --data embedded|PATH built-in synthetic pictures, or a folder in CIFAR-10's binary layout (default: embedded)
  --train N, --test N  pictures to use (default: all of a folder; ${builtInPictures.trainCount} and ${builtInPictures.testCount} built-in ones)
  --seed-network       also train the seed network for as many epochs, to compare with
  --backend NAME       ${list(['automatic', ...backendNames])} (default: automatic)
  --out FILE           write the run file (JSON) there
  --ndjson             print one event a line on stdout, the result last
  --help               print this

How it trains:
${methodHelp('training', chosenBy('quick'), chosenBy('paper'))}

How the search goes:
${methodHelp('method', chosenBy('quick'), chosenBy('paper'))}

Exit status: 0 a network that meets every target, 1 an unexpected failure, 2 bad usage or bad input, 3 targets that no
network in the space meets.`;

/** What a preset chooses for a task, and what no preset says. */
function chosenBy(preset: PresetName, task = tasks.get('ic') as Task): Choices {
  return { ...task.presets[preset], ...unlessChosen, objective: null };
}

/** @throws WorkbenchError `invalid-setting`; null when only help was asked for */
export function readSearchArguments(args: string[]): SearchArguments | null {
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) return null;
  const task = tasks.get(oneOf('--task', values.task, [...tasks.keys()])) as Task;
  const preset = oneOf('--preset', values.preset, presetNames);
  const embedded = values.data === 'embedded';
  const count = (option: 'train' | 'test', unlessGiven: number) => {
    const text = values[option];
    return text === undefined ? (embedded ? unlessGiven : Infinity) : readNumberIn(`--${option}`, text, wholeRange(1, 2 ** 31 - 1));
  };
  return {
    config: {
      ...applyMethodOptions(chosenBy(preset, task), { ...values, 'random-seed': values['random-seed'] ?? values.seed }),
      task: task.id,
      method: strategyFor(values.method).id,
      seedNetwork: values['seed-network'],
    },
    device: values.device,
    deviceUnits: values['device-units'] === undefined ? null : parseDeviceUnits(values['device-units']),
    limits: readLimits(values),
    data: values.data,
    trainCount: count('train', builtInPictures.trainCount),
    testCount: count('test', builtInPictures.testCount),
    backend: oneOf('--backend', values.backend, ['automatic', ...backendNames] as const),
    out: values.out ?? null,
    ndjson: values.ndjson,
  };
}
