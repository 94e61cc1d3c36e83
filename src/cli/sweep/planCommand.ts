/** `sweep -- plan DIR`: checks every setting and writes the cells. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkConfig } from '../../core/config/checkConfig';
import type { SearchConfig } from '../../core/config/searchConfig';
import type { MetricId } from '../../core/cost/metrics';
import type { Dataset } from '../../core/data/dataset';
import { dataFingerprint } from '../../core/runs/dataFingerprint';
import { gridCells, readSeeds, type Grid } from '../../core/runs/sweep/grid';
import { readPlan, type PlannedCell } from '../../core/runs/sweep/plan';
import { divide } from '../../core/search/searchData';
import { searchSpace, type SearchSpace } from '../../core/search/space';
import { searchesOf, strategyFor } from '../../core/strategies/index';
import { taskFor } from '../../core/tasks/index';
import { counted } from '../../core/words';
import { readSearchArguments, searchOptions, type SearchArguments } from '../arguments';
import { readCommandLine } from '../commandLine';
import { readDevice, residualLines } from '../deviceFile';
import { usageError } from '../exit';
import { loadExamples } from '../loadExamples';
import { limitOptions, readLimits, targetsFor } from '../targetOptions';
import { cellKey } from './cellKey';
import { SweepFolder } from './folder';
import { assertNotRunning } from './runLock';

const planOptions = {
  ...searchOptions,
  seeds: { type: 'string' },
  paired: { type: 'boolean' },
  from: { type: 'string' },
} as const;

/** What a sweep lists, and how it calls it. */
const listed = ['method', 'device', ...(Object.keys(limitOptions) as (keyof typeof limitOptions)[])] as const;
/** What belongs to each run rather than to the plan. */
const refused = {
  seed: 'use --seeds',
  'random-seed': 'use --seeds',
  out: 'results go into the folder of the sweep',
  export: 'search again for a network that you want to take away',
  checkpoint: 'each cell has one by itself',
  threads: 'give it to "sweep -- run"',
  ndjson: 'see "sweep -- status"',
} as const;
/** Options that say which examples there are and what they are trained on. They are part of the plan's header. */
const ofExamples = [
  'task',
  'hub-config',
  'hub-split',
  'hub-columns',
  'hub-most',
  'hold-out',
  'variants',
  'features',
  'train',
  'test',
] as const;

/** The backend unless one is named: the one that can go on from a checkpoint, and is there on every machine. */
const USUAL_BACKEND = 'wasm';

/** @throws WorkbenchError `invalid-setting` or `invalid-data` for a setting that a search would refuse; then nothing is written */
export async function planSweep(args: string[]): Promise<number> {
  const { values, positionals, tokens } = readCommandLine({ args, options: planOptions, allowPositionals: true, tokens: true });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw usageError('plan takes one folder: npm run -s sweep -- plan DIR ... (--help lists all options)');
  for (const [option, instead] of Object.entries(refused))
    if (tokens.some((token) => token.kind === 'option' && token.name === option))
      throw usageError(`--${option} has no place in a plan; ${instead}`);
  const folder = new SweepFolder(path);
  assertNotRunning(path);
  const own = new Set<string>(['seeds', 'paired', 'from', ...listed]);
  const words = tokens.flatMap((token) => {
    if (token.kind !== 'option' || own.has(token.name)) return [];
    return token.value === undefined ? [`--${token.name}`] : [`--${token.name}=${token.value}`];
  });
  const backend = values.backend === 'automatic' ? USUAL_BACKEND : values.backend;
  const { options, configs, dataset } =
    values.from === undefined ? await fromGrid(values, words) : await fromPage(values.from, values, words);
  const print = dataFingerprint(dataset);
  const cells = new Map<string, PlannedCell>();
  for (const config of configs) {
    const key = cellKey({ config }, print, backend);
    cells.set(key, { key, config });
  }
  if (cells.size === 0) throw usageError('the plan has no cell');
  folder.writePlan({ options: [...options, `--backend=${backend}`], dataFingerprint: print, ownData: null, cells: [...cells.values()] });
  const done = folder.done();
  const have = [...cells.keys()].filter((key) => done.has(key)).length;
  const alike = configs.length - cells.size;
  console.log(
    `${folder.plan}: ${counted(cells.size, 'cell', 'cells')}${have > 0 ? `, of which ${have} have a result already` : ''}${
      alike > 0 ? `; ${counted(alike, 'other is', 'others are')} the same, such as limits that the device cuts to its memory` : ''
    }. Run: npm run -s sweep -- run ${path}`,
  );
  return 0;
}

type Values = ReturnType<typeof valuesOf>;
const valuesOf = (args: string[]) => readCommandLine({ args, options: planOptions, allowPositionals: true }).values;

interface Made {
  readonly options: readonly string[];
  readonly configs: readonly SearchConfig[];
  readonly dataset: Dataset;
}

async function fromGrid(values: Values, words: readonly string[]): Promise<Made> {
  const list = (text: string | undefined, name: string) => {
    const all = text?.split(',').map((one) => one.trim()) ?? [];
    if (all.includes('')) throw usageError(`--${name} has an empty place in its list "${text}"`);
    return [...new Set(all)];
  };
  const methods = list(values.method ?? taskFor(values.task).method, 'method');
  const given = new Map(methods.map((method) => [method, argumentsOf([...words, `--method=${method}`])]));
  const first = [...given.values()][0] as SearchArguments;
  const devices = await Promise.all(list(values.device, 'device').map((name) => readDevice(name, first.deviceUnits)));
  for (const { residuals } of devices) if (residuals) process.stderr.write(residualLines(residuals));
  const grid: Grid = {
    methods,
    devices: devices.map(({ device }) => device),
    limits: limitsOf(values),
    paired: values.paired ?? false,
    randomSeeds: readSeeds(values.seeds ?? String(first.config.randomSeed), '--seeds'),
  };
  const planned = gridCells(grid);
  const dataset = await loadExamples(first, taskFor(first.config.task));
  const spaceOf = remembered(dataset.classNames.length);
  const configs = planned.map(({ method, device, limits, randomSeed }): SearchConfig => {
    const { config } = given.get(method) as SearchArguments;
    const targets = targetsFor(spaceOf(config, device), limits);
    return { ...config, randomSeed, device, targets };
  });
  checkAll(configs, dataset);
  return { options: exampleWords(first, values), configs, dataset };
}

/** Spaces by method and device, since thousands of cells share a few. */
function remembered(classes: number) {
  const known = new Map<string, SearchSpace>();
  return (config: Omit<SearchConfig, 'device' | 'targets'>, device: SearchConfig['device']): SearchSpace => {
    const key = JSON.stringify([config.method, device]);
    const space = known.get(key) ?? searchSpace({ ...config, device, searches: searchesOf(strategyFor(config.method), config) }, classes);
    known.set(key, space);
    return space;
  };
}

function limitsOf(values: Values): Grid['limits'] {
  const limits: Partial<Record<MetricId, (number | null)[]>> = {};
  for (const option of Object.keys(limitOptions) as (keyof typeof limitOptions)[])
    for (const text of values[option]?.split(',') ?? [])
      for (const [metric, value] of Object.entries(readLimits({ [option]: text })) as [MetricId, number | null][])
        (limits[metric] ??= []).push(value);
  return limits;
}

/** The cells of a plan that the page has saved. Only its examples may be named besides. */
async function fromPage(file: string, values: Values, words: readonly string[]): Promise<Made> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`--from: ${file} could not be read: ${(error as Error).message}`);
  }
  const plan = readPlan(text, file);
  const allowed = ['data', 'prepared', 'backend', ...ofExamples].map((name) => `--${name}`);
  const foreign = words.find((word) => !allowed.includes(word.split('=')[0] as string));
  if (foreign) throw usageError(`${foreign.split('=')[0]} has no place beside --from, whose plan says all but where examples are`);
  if (plan.ownData !== null && values.data === 'embedded')
    throw usageError(`the plan is for your own examples, “${plan.ownData}”: say with --data where they are`);
  // What is given here comes last, so that it holds.
  const given = argumentsOf([...plan.options, ...words]);
  const dataset = await loadExamples(given, taskFor(given.config.task));
  const configs = plan.cells.map(({ config }) => config);
  const other = configs.find(({ task }) => task !== given.config.task);
  if (other) throw usageError(`${file} holds a cell of the task ${other.task} in a plan of ${given.config.task}; plan each task by itself`);
  checkAll(configs, dataset);
  return { options: exampleWords(given, valuesOf([...plan.options, ...words])), configs, dataset };
}

function argumentsOf(words: string[]): SearchArguments {
  const given = readSearchArguments(words);
  if (!given) throw usageError('--help lists all options');
  return given;
}

/** All that a search would refuse before it trains, except for targets out of reach, which are a result. */
function checkAll(configs: readonly SearchConfig[], dataset: Dataset): void {
  const divided = new Set<string>();
  for (const config of configs) {
    checkConfig(config);
    const strategy = strategyFor(config.method);
    const searches = searchesOf(strategy, config);
    if (config.objective && !strategy.gradients)
      throw usageError(`${config.method} has no penalty, so it cannot make costs an objective; limit them by targets`);
    const key = JSON.stringify([config.batchSize, config.validationShare, config.bilevel, searches]);
    if (divided.has(key)) continue;
    divided.add(key);
    divide(config, dataset, searches);
  }
}

/** The options that make the same examples again, from any folder. */
function exampleWords(given: SearchArguments, values: Values): string[] {
  const { data } = given;
  const place = data === 'embedded' || data.startsWith('hub:') ? data : resolve(data);
  const said = ofExamples.flatMap((name) => (values[name] === undefined ? [] : [`--${name}=${values[name]}`]));
  // Unless they are given, variants follow --augment, which is a cell's and not the examples'.
  const variants = place !== 'embedded' && values.variants === undefined && taskFor(values.task).example.kind === 'sound';
  const folder = values.prepared === undefined || values.prepared === 'none' ? values.prepared : resolve(values.prepared);
  return [
    ...said,
    `--data=${place}`,
    ...(variants ? [`--variants=${given.reading.variants}`] : []),
    ...(folder === undefined ? [] : [`--prepared=${folder}`]),
    ...(values.train === undefined && place === 'embedded' ? [`--train=${given.trainCount}`] : []),
    ...(values.test === undefined && place === 'embedded' ? [`--test=${given.testCount}`] : []),
  ];
}
