/** `npm run -s evaluate -- [options]`: many searches over a grid of targets, methods and random seeds. Takes hours; resumes. */
import { availableParallelism } from 'node:os';
import { nodeKernels } from '../backends/nodeKernels';
import { wholeRange } from '../core/config/domain';
import { durationText } from '../core/runs/progress';
import { percent } from '../core/words';
import { divide } from '../core/search/searchData';
import { imageClassification } from '../core/tasks/imageClassification';
import { compareBaselines } from './evaluation/baselines/command';
import { writeHeadline } from './evaluation/headlineCommand';
import { evaluateInt8 } from './evaluation/int8/command';
import { evaluateTasks } from './evaluation/tasks/command';
import { examplesOf } from './evaluation/chooseExamples';
import {
  allCells,
  cellAt,
  classicLevels,
  classicStrengths,
  methods,
  randomSeeds,
  seedKey,
  seedMethod,
  timedLevels,
  type Cell,
} from './evaluation/grid';
import { machineText } from './evaluation/machineText';
import { startHere, startProcess, type Runner } from './evaluation/runner';
import { evaluationPage, type Evaluation } from './evaluation/report';
import { readCommandLine } from './commandLine';
import { resumed } from './evaluation/resumed';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { helpText } from './helpText';
import { jsonByLine } from './jsonByLine';
import { readNumberIn } from './optionValue';
import { OutputFile } from './outputFile';
import { runProgram } from './program';

const HELP = `Evaluates the search over a grid of targets, methods and random seeds. Takes hours; may be stopped and started again.

npm run -s evaluate -- [--data embedded|PATH] [--train N] [--test N] [--most N] [--json FILE] [--page FILE]

  --data PATH   your own, a folder, an archive or a file, see docs/data.md (default: embedded, the built-in pictures)
  --train N     training pictures (default 1600)
  --test N      test pictures (default 500)
  --most N      stop after so many searches
  --json FILE   where results are kept and found again (default docs/evaluation.json)
  --page FILE   where the tables go (default: beside the JSON, ending in .md)
  --baselines   compare every strategy with plain choices instead (--baselines --help lists its options)
  --tasks       search for each of the paper's five tasks instead, on built-in and own data (--tasks --help lists its options)
  --int8 FILE   measure the found network of a run as int8 instead (with --help it lists its options)
  --headline FOLDER   write docs/headline.md from run files of searches at length instead
  --help        print this`;

async function main(args: string[]): Promise<number> {
  const given = read(args);
  if (given.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const json = new OutputFile('--json', given.json);
  const page = new OutputFile('--page', given.page);
  const pictures = { task: imageClassification.id, data: given.data, train: given.train, test: given.test };
  const dataset = await examplesOf(pictures);
  const preset = imageClassification.presets.quick;
  const [randomSeed] = randomSeeds;
  for (const warning of divide({ ...preset, task: imageClassification.id, randomSeed }, dataset, ['candidates']).warnings)
    console.error(`warning: ${warning}`);
  const machine = machineText();
  const data = { name: dataset.name, synthetic: dataset.synthetic, train: dataset.train.count, test: dataset.test.count };
  const evaluation = await resumed(given.json, {
    resultsVersion: RESULTS_VERSION,
    data,
    machine,
    classes: dataset.classNames.length,
    preset,
    cells: {},
    seedNetworks: {},
    classic: {},
  });
  let left = given.most;
  const save = () => {
    json.write(`${jsonByLine(evaluation)}\n`);
    page.write(evaluationPage(evaluation));
  };
  const sitting: Sitting = {
    evaluation,
    classes: evaluation.classes,
    take: () => left-- > 0,
    keep: (what, ms) => {
      save();
      tell(what, ms);
    },
  };
  try {
    await searchAll(sitting, machine, given.most, await startHere(dataset, nodeKernels), () => startProcess(pictures));
    save();
  } finally {
    // Printed in any case, so that the page is not lost when its file cannot be written.
    console.log(evaluationPage(evaluation));
  }
  return 0;
}

/** Runs every search that is still missing: first those that are timed, one after the other, then the others in parallel. */
async function searchAll(
  sitting: Sitting,
  machine: string,
  most: number,
  here: Runner,
  start: () => ReturnType<typeof startProcess>,
): Promise<void> {
  const { evaluation } = sitting;
  if (evaluation.machine !== machine) {
    // Either all or none are timed anew, since times of two machines cannot be compared.
    const retimed = { ...sitting, evaluation: withoutTimes(evaluation), keep: tell };
    const needed = [...timedJobs(retimed)].length;
    const affordable = needed <= most;
    console.error(
      `Timed on another machine (${evaluation.machine}). ${affordable ? 'Timing anew.' : `Its times stay: timing anew takes ${needed} searches.`}`,
    );
    if (affordable) {
      for (const job of timedJobs(retimed)) await job(here);
      Object.assign(evaluation, retimed.evaluation, { machine });
    }
  }
  for (const job of timedJobs(sitting)) await job(here);
  const queue = jobs(sitting);
  const processes = await Promise.all(Array.from({ length: availableParallelism() }, start));
  try {
    await Promise.all(
      processes.map(async (runner) => {
        for (let next = queue.next(); !next.done; next = queue.next()) await next.value(runner);
      }),
    );
  } finally {
    for (const { end } of processes) end();
  }
}

function tell(what: string, ms: number): void {
  console.error(`${what} (${durationText(ms)})`);
}

interface Sitting {
  readonly evaluation: Evaluation;
  readonly classes: number;
  /** Whether one more search may begin. */
  readonly take: () => boolean;
  /** Saves the evaluation so far and prints what was found. */
  readonly keep: (what: string, ms: number) => void;
}

type Job = (runner: Runner) => Promise<void>;

/** Runs the seed networks and one cell per method alone, with all threads, so that their times can be compared. */
function* timedJobs(sitting: Sitting): Generator<Job> {
  const { evaluation, classes, take, keep } = sitting;
  for (const randomSeed of randomSeeds) {
    for (const method of new Set(methods.map(seedMethod))) {
      const key = seedKey(method, randomSeed);
      if (evaluation.seedNetworks[key]) continue;
      yield async ({ seedNetwork }) => {
        if (!take()) return;
        const made = (evaluation.seedNetworks[key] = await seedNetwork({ method, randomSeed }));
        keep(`seed network as for ${key}: ${percent(made.quality)}`, made.totalMs);
      };
    }
    const [memory, latency] = timedLevels;
    for (const method of methods) yield* cellJob(sitting, cellAt(classes, method, memory, latency, randomSeed));
  }
}

/** The searches that are still missing, the most informative ones first: for each random seed the classic searches and the grid. */
function* jobs(sitting: Sitting): Generator<Job> {
  const cells = allCells(sitting.classes);
  for (const randomSeed of randomSeeds) {
    for (const [memory, latency] of classicLevels)
      yield (runner) => classic(sitting, cellAt(sitting.classes, 'supernet', memory, latency, randomSeed), runner);
    for (const cell of cells) if (cell.randomSeed === randomSeed) yield* cellJob(sitting, cell);
  }
}

function* cellJob({ evaluation, take, keep }: Sitting, cell: Cell): Generator<Job> {
  if (evaluation.cells[cell.key]) return;
  yield async ({ search }) => {
    if (!take()) return;
    const outcome = await search(cell);
    evaluation.cells[cell.key] = { cell, outcome };
    keep(`${cell.key}: ${outcome.status}`, outcome.totalMs);
  };
}

/** Runs classic searches with rising strengths until a found network happens to meet the targets. */
async function classic(
  { evaluation, take, keep }: Sitting,
  { memory, latency, targets, randomSeed }: Cell,
  { search }: Runner,
): Promise<void> {
  const key = `${memory} ${latency} ${randomSeed}`;
  for (const [index, strength] of classicStrengths.entries()) {
    const runs = evaluation.classic[key] ?? [];
    if (runs.length > index) continue;
    if (runs.at(-1)?.outcome.status === 'met' || !take()) return;
    const objective = { metrics: ['flashBytes', 'latencyMs'] as const, strength };
    const outcome = await search({ method: 'supernet', targets, randomSeed, objective });
    evaluation.classic[key] = [...runs, { strength, outcome }];
    keep(`classic ${key}, strength ${strength}: ${outcome.status}`, outcome.totalMs);
  }
}

/** The evaluation without the timed searches. */
function withoutTimes(evaluation: Evaluation): Evaluation {
  const [memory, latency] = timedLevels;
  const untimed = Object.entries(evaluation.cells).filter(([, { cell }]) => cell.memory !== memory || cell.latency !== latency);
  return { ...evaluation, cells: Object.fromEntries(untimed), seedNetworks: {} };
}

const options = {
  data: { type: 'string', default: 'embedded' },
  train: { type: 'string', default: '1600' },
  test: { type: 'string', default: '500' },
  most: { type: 'string', default: '100000' },
  json: { type: 'string', default: 'docs/evaluation.json' },
  page: { type: 'string' },
  // Read before, but npm may have kept them for itself.
  baselines: { type: 'boolean', default: false },
  tasks: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function read(args: string[]) {
  const { values } = readCommandLine({ args, options });
  const page = values.page ?? values.json.replace(/(\.json)?$/, '.md');
  return { ...values, page, train: count('train', values.train), test: count('test', values.test), most: count('most', values.most) };
}

function count(name: string, text: string): number {
  return readNumberIn(`--${name}`, text, wholeRange(1, 2 ** 31 - 1));
}

runProgram((args) => {
  if (args.includes('--baselines')) return compareBaselines(args);
  if (args.includes('--tasks')) return evaluateTasks(args);
  if (args.includes('--int8')) return evaluateInt8(args);
  return args.includes('--headline') ? writeHeadline(args) : main(args);
});
