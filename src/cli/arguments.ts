/** Reads the command line of a search. Every value is checked; a mistake is told in one line that names the choices. */
import { availableParallelism } from 'node:os';
import { backendNames, type BackendChoice } from '../backends/backend';
import { nodeKernels } from '../backends/nodeKernels';
import { devices } from '../core/cost/devices/index';
import type { MeasuredUnits } from '../core/cost/fit/measuredUnits';
import { wholeRange } from '../core/config/domain';
import type { Choices, PresetName, SearchConfig } from '../core/config/searchConfig';
import { choices, matters } from '../core/config/choices';
import { presetNames, unlessChosen } from '../core/config/settings';
import { usualVariants, type Reading } from '../core/data/reading';
import { strategies, strategyFor } from '../core/strategies/index';
import { taskFor, tasks, type Task } from '../core/tasks/index';
import type { Exporter } from '../exporters/exporter';
import { exporterFor, exporters } from '../exporters/index';
import { usualCache } from './cacheFolder';
import { readCommandLine } from './commandLine';
import { parseDeviceUnits } from './deviceFile';
import { usageError } from './exit';
import { helpText } from './helpText';
import { HUB_HELP, hubOptions, readHubRequest, type HubRequest } from './hubExamples';
import { methodHelp } from './methodHelp';
import { applyMethodOptions, methodOptions } from './methodOptions';
import { oneOf, readNumberIn } from './optionValue';
import { LIMITS_HELP, limitOptions, readLimits, type GivenLimits } from './targetOptions';

export interface SearchArguments {
  /** Without what depends on the device and the examples. */
  readonly config: Omit<SearchConfig, 'device' | 'targets'>;
  /** A device's id, or the path of a file that describes one. */
  readonly device: string;
  /** Units of a measured device's numbers; null for those that its columns name. */
  readonly deviceUnits: MeasuredUnits | null;
  readonly limits: GivenLimits;
  /** `embedded`, or the path of a folder, an archive or a file. */
  readonly data: string;
  /** The part of a data set of the hub that `data` names; null for other data. */
  readonly hub: HubRequest | null;
  /** How own examples are read. */
  readonly reading: Reading & { readonly variants: number };
  /** The folder of prepared sets; null keeps and takes none. */
  readonly prepared: string | null;
  /** Infinity uses all of them. */
  readonly trainCount: number;
  readonly testCount: number;
  readonly backend: BackendChoice;
  /** Null for as many as the machine has use for. */
  readonly threads: number | null;
  readonly out: string | null;
  /** The file that the search can go on from. */
  readonly checkpoint: string | null;
  /** What to write beside the run file; with any of these, `out` is a folder. */
  readonly exports: readonly Exporter[];
  readonly ndjson: boolean;
}

/** What help speaks of. */
const firstTask = tasks[0] as Task;

export const searchOptions = {
  task: { type: 'string', default: firstTask.id },
  device: { type: 'string', default: 'gap8' },
  'device-units': { type: 'string' },
  method: { type: 'string' },
  ...limitOptions,
  preset: { type: 'string', default: 'quick' },
  data: { type: 'string', default: 'embedded' },
  ...hubOptions,
  'hold-out': { type: 'string' },
  variants: { type: 'string' },
  features: { type: 'string' },
  // Not --cache, since npm sets an option of that name for every command that it starts.
  prepared: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  seed: { type: 'string' },
  'seed-network': { type: 'boolean', default: false },
  backend: { type: 'string', default: 'automatic' },
  threads: { type: 'string' },
  out: { type: 'string' },
  checkpoint: { type: 'string' },
  export: { type: 'string' },
  ndjson: { type: 'boolean', default: false },
  ...methodOptions,
  help: { type: 'boolean', default: false },
} as const;

const list = (names: Iterable<string>) => [...names].join('|');

export const HELP = helpText(`Searches a network that meets limits on flash memory, latency and other costs, and trains it.

npm run -s search -- [options]

  --task NAME          what is learnt (default: ${firstTask.id})
${tasks.map(({ id, title, network }) => `                         ${id} ${title.toLowerCase()} with ${network}`).join('\n')}
  --device NAME|FILE   ${list(devices.keys())}, or your own: a description in JSON, or measured networks in CSV (default: gap8)
  --device-units T,E   units of the numbers in that CSV: s, ms or us, and J, mJ, uJ or nJ (default: ms,uJ; needed when the numbers look wrong)
  --method NAME        how to search (default: what found the better networks for the task: ${tasks.map(({ id, method }) => `${id} ${method}`).join(', ')})
${strategies.map(({ id, help }) => `                         ${id} ${help}`).join('\n')}
${LIMITS_HELP}
  --preset NAME        ${list(presetNames)}: what is chosen where no option below says otherwise (default: quick; paper: the paper's)
  --data embedded|PATH built-in synthetic examples, or your own: a folder, an archive (.zip, .tar, .tar.gz) or a file;
                       docs/data.md lists the formats (default: embedded)
  --data hub:OWNER/NAME  a data set of the Hugging Face hub, fetched from huggingface.co and the hosts that it redirects to
${HUB_HELP}
  --hold-out NAME,...  test on the clips of these speakers, where files tell them apart (default: the format's own split)
  --variants N         how often each of your own training clips is there: changed at random all times but one
                       (default: ${tasks.find(({ variants }) => variants)?.variants}, and 1 with --augment off)
  --features NAME      mfcc|mlperfMfcc: what spoken words become: torchaudio's coefficients as in the paper, or MLPerf Tiny's
                       (default: mfcc)
  --prepared FOLDER|none
                       keep your own examples and the hub's there as they are after reading, and take them from there the
                       next time (default: ${usualCache()})
  --train N, --test N  examples to use (default: all of your own; of built-in ones ${tasks.map(({ id, builtIn: { counts } }) => `${id} ${counts.trainCount} and ${counts.testCount}`).join(', ')})
  --seed-network       also train the seed network for as many epochs, to compare with
  --backend NAME       ${list(['automatic', ...backendNames])} (default: automatic)
  --threads N          threads that train on the backend wasm; results are the same on any number (default: ${nodeKernels.threads} here)
  --out FILE           write the run file (JSON) there, and the found network's weights beside it
  --export NAME,...    ${list(exporters.map(({ id }) => id))}: write these too; --out is then a folder, made if it is missing
  --checkpoint FILE    keep there what the search needs to go on, and go on from there when it exists; written every few
                       minutes, on Ctrl+C, TERM, HUP and USR1, and at the end
  --ndjson             print one event a line on stdout, the result last
  --help               print this

How it trains:
${methodHelp('training', chosenBy('quick'), chosenBy('paper'))}

How the search goes:
${methodHelp('space', chosenBy('quick'), chosenBy('paper'))}
${methodHelp('method', chosenBy('quick'), chosenBy('paper'))}

Exit status: 0 a network that meets every target, 1 an unexpected failure, 2 bad usage or bad input, 3 targets that no network in the space meets.`);

/** What a preset chooses for a task, and what no preset says. */
function chosenBy(preset: PresetName, task = firstTask): Choices {
  return { ...task.presets[preset], ...unlessChosen, objective: null };
}

/** @throws WorkbenchError `invalid-setting`; null when only help was asked for */
export function readSearchArguments(args: string[]): SearchArguments | null {
  const { values } = readCommandLine({ args, options: searchOptions, allowPositionals: false });
  if (values.help) return null;
  const task = taskFor(values.task);
  const preset = oneOf('--preset', values.preset, presetNames);
  const embedded = values.data === 'embedded';
  const strategy = strategyFor(values.method ?? task.method);
  const foreign = choices.find(
    (choice) =>
      // What a method searches is told below, with what it does search.
      values[choice.option] !== undefined && !matters(choice, strategy) && choice.option !== 'space',
  );
  if (foreign)
    throw usageError(
      `--${foreign.option} does not matter to --method ${strategy.id}; leave it out, or choose --method ${strategies
        .filter((other) => matters(foreign, other))
        .map(({ id }) => id)
        .join('|')}`,
    );
  const count = (option: 'train' | 'test', unlessGiven: number) => {
    const text = values[option];
    return text === undefined ? (embedded ? unlessGiven : Infinity) : readNumberIn(`--${option}`, text, wholeRange(1, 2 ** 31 - 1));
  };
  const chosen = applyMethodOptions(chosenBy(preset, task), { ...values, 'random-seed': values['random-seed'] ?? values.seed });
  return {
    config: {
      ...chosen,
      task: task.id,
      method: strategy.id,
      seedNetwork: values['seed-network'],
    },
    device: values.device,
    deviceUnits: values['device-units'] === undefined ? null : parseDeviceUnits(values['device-units']),
    limits: readLimits(values),
    data: values.data,
    hub: readHubRequest(values.data, values),
    reading: readReading(values, task, chosen.augment),
    prepared: readPreparedFolder(values),
    trainCount: count('train', task.builtIn.counts.trainCount),
    testCount: count('test', task.builtIn.counts.testCount),
    backend: oneOf('--backend', values.backend, ['automatic', ...backendNames] as const),
    threads: values.threads === undefined ? null : readNumberIn('--threads', values.threads, wholeRange(1, availableParallelism())),
    out: values.out ?? null,
    checkpoint: values.checkpoint ?? null,
    exports: parseExports(values.export, values.out),
    ndjson: values.ndjson,
  };
}

/** How own examples are read. @throws WorkbenchError `invalid-setting` for an option that would have no effect */
function readReading(
  given: { readonly data: string; readonly 'hold-out'?: string; readonly variants?: string; readonly features?: string },
  task: Task,
  augment: boolean,
): SearchArguments['reading'] {
  const named = (['hold-out', 'variants', 'features'] as const).find((option) => given[option] !== undefined);
  if (named && given.data === 'embedded') throw usageError(`--${named} says how your own examples are read, so it needs --data`);
  if (named && named !== 'hold-out' && task.example.kind !== 'sound')
    throw usageError(`--${named} matters only to spoken words; leave it out, or choose --task kws`);
  return {
    holdOut: given['hold-out'] ?? null,
    variants: given.variants === undefined ? usualVariants(task, augment) : readNumberIn('--variants', given.variants, wholeRange(1, 100)),
    feature: oneOf('--features', given.features ?? 'mfcc', ['mfcc', 'mlperfMfcc'] as const),
  };
}

/** @throws WorkbenchError `invalid-setting` for an option that would have no effect */
function readPreparedFolder({ data, prepared }: { readonly data: string; readonly prepared?: string }): string | null {
  if (prepared === undefined) return usualCache();
  if (data === 'embedded') throw usageError('--prepared says where your own examples are kept, so it needs --data');
  if (prepared === '') throw usageError('--prepared takes the name of a folder, or none');
  return prepared === 'none' ? null : prepared;
}

function parseExports(names: string | undefined, out: string | undefined): Exporter[] {
  if (names === undefined) return [];
  const wanted = [...new Set(names.split(','))].map(exporterFor);
  if (out === undefined) throw usageError('--export needs --out, the folder to write into');
  return wanted;
}
