/** `npm run -s evaluate -- [options]`: many searches over a grid of targets, methods and random seeds. Takes hours; resumes. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { heapBytes, readIntervalMs, startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernels } from '../backends/nodeKernels';
import { firstPictures, type Dataset } from '../core/data/dataset';
import { shapeDataset } from '../core/data/shapes';
import { durationText } from '../core/search/progress';
import type { SearchDependencies } from '../core/search/search';
import { trainingSteps } from '../training/trainingSteps';
import { allCells, cellAt, classicLevels, randomSeeds } from './evaluation/grid';
import { evaluationPage, type Evaluation } from './evaluation/report';
import { runSearch, runSeedNetwork } from './evaluation/runCell';
import { exitCodeOf, reportError, usageError } from './exit';
import { readPictureFolder } from './pictureFolder';

const HELP = `Evaluates the search over a grid of targets, methods and random seeds. Takes hours; may be stopped and started again.

npm run -s evaluate -- [--data embedded|PATH] [--train N] [--test N] [--most N] [--json FILE] [--page FILE]

  --data PATH   a folder with CIFAR-10's binary files (default: embedded, the built-in pictures)
  --train N     training pictures (default 1600)
  --test N      test pictures (default 500)
  --most N      stop after so many searches
  --json FILE   where results are kept and found again (default docs/evaluation.json)
  --page FILE   where the tables go (default docs/evaluation.md)
  --help        print this`;

/** Strengths that a classic search tries: from weak pressure on, doubling. */
const CLASSIC_STRENGTHS = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

async function main(args: string[]): Promise<void> {
  const given = read(args);
  if (given.help) {
    console.log(HELP);
    return;
  }
  const dataset = await pictures(given);
  const backend = await startBackend('wasm', nodeBackends);
  const dependencies: SearchDependencies = {
    host: {
      now: () => performance.now(),
      readIntervalMs: readIntervalMs(backend.name),
      heapBytes,
      pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
    },
    createStep: trainingSteps(nodeKernels),
  };
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}`;
  const data = { name: dataset.name, synthetic: dataset.synthetic, train: dataset.train.count, test: dataset.test.count };
  const evaluation = await resumed(given.json, { data, machine, cells: {}, seedNetworks: {}, classic: {} });
  let left = given.most;
  /** Keeps what was found after every search; a half-written file never replaces a whole one. */
  const keep = async (what: string, ms: number) => {
    await writeFile(`${given.json}.part`, `${JSON.stringify(evaluation, null, 1)}\n`);
    await rename(`${given.json}.part`, given.json);
    await writeFile(given.page, evaluationPage(evaluation));
    left -= 1;
    console.error(`${what} (${durationText(ms)})`);
  };

  for (const job of jobs(evaluation, dataset, dependencies)) {
    if (left <= 0) break;
    const done = await job();
    if (done) await keep(done.what, done.ms);
  }
  console.log(evaluationPage(evaluation));
}

type Job = () => Promise<{ readonly what: string; readonly ms: number } | null>;

/** What is still to do, most telling first: baselines, then per random seed the classic searches and the grid. */
function* jobs(evaluation: Evaluation, dataset: Dataset, dependencies: SearchDependencies): Generator<Job> {
  const classes = dataset.classNames.length;
  for (const randomSeed of randomSeeds)
    yield async () => {
      if (evaluation.seedNetworks[randomSeed]) return null;
      const made = (evaluation.seedNetworks[randomSeed] = await runSeedNetwork(randomSeed, dataset, dependencies));
      return { what: `seed network, random seed ${randomSeed}: ${(100 * made.accuracy).toFixed(1)} %`, ms: made.totalMs };
    };
  const cells = allCells(classes);
  for (const randomSeed of randomSeeds) {
    for (const [memory, latency] of classicLevels)
      for (const [index, strength] of CLASSIC_STRENGTHS.entries())
        yield async () => {
          const key = `${memory} ${latency} ${randomSeed}`;
          const runs = evaluation.classic[key] ?? [];
          if (runs.length > index || runs.at(-1)?.outcome.status === 'met') return null;
          const { targets } = cellAt(classes, 'supernet', memory, latency, randomSeed);
          const objective = { metrics: ['flashBytes', 'latencyMs'] as const, strength };
          const outcome = await runSearch({ method: 'supernet', targets, randomSeed, objective }, dataset, dependencies);
          evaluation.classic[key] = [...runs, { strength, outcome }];
          return { what: `classic ${key}, strength ${strength}: ${outcome.status}`, ms: outcome.totalMs };
        };
    for (const cell of cells.filter((candidate) => candidate.randomSeed === randomSeed))
      yield async () => {
        if (evaluation.cells[cell.key]) return null;
        const outcome = await runSearch(cell, dataset, dependencies);
        evaluation.cells[cell.key] = { cell, outcome };
        return { what: `${cell.key}: ${outcome.status}`, ms: outcome.totalMs };
      };
  }
}

async function pictures({ data, train, test }: ReturnType<typeof read>): Promise<Dataset> {
  if (data === 'embedded') return shapeDataset(train, test);
  const folder = await readPictureFolder(data);
  return { ...folder, train: firstPictures(folder.train, train), test: firstPictures(folder.test, test) };
}

/** What an earlier sitting left, when it was about the same data. */
async function resumed(path: string, fresh: Evaluation): Promise<Evaluation> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return fresh;
  }
  const before = JSON.parse(text) as Evaluation;
  if (JSON.stringify(before.data) !== JSON.stringify(fresh.data))
    throw usageError(
      `${path} holds an evaluation on other data (${before.data.name}, ${before.data.train} pictures); name another file with --json`,
    );
  return before;
}

function read(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string', default: 'embedded' },
        train: { type: 'string', default: '1600' },
        test: { type: 'string', default: '500' },
        most: { type: 'string', default: '100000' },
        json: { type: 'string', default: 'docs/evaluation.json' },
        page: { type: 'string', default: 'docs/evaluation.md' },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, train: count('train', values.train), test: count('test', values.test), most: count('most', values.most) };
  } catch (error) {
    throw usageError(`${(error as Error).message} (--help lists all options)`);
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a positive whole number, not "${text}"`);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  reportError(error);
  process.exitCode = exitCodeOf(error);
});
