/** The found network of a run file, with the examples that it learnt from, as a search has them at its end. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dataset, ExampleSet } from '../core/data/dataset';
import { usualVariants } from '../core/data/reading';
import { sampleDataset } from '../core/data/sampling';
import { WorkbenchError } from '../core/errors';
import { createParameters } from '../core/network/parameters';
import { planNetwork } from '../core/network/plan';
import { dataFingerprint } from '../core/runs/dataFingerprint';
import { readRunFile } from '../core/runs/readRunFile';
import type { RunFile } from '../core/runs/runFile';
import { readWeightsFile } from '../core/runs/weightsFile';
import type { EvaluationData } from '../core/search/training/evaluate';
import { SearchData } from '../core/search/searchData';
import type { Model } from '../core/search/training/engine';
import { searchesOf, strategyFor } from '../core/strategies/index';
import { taskFor, type Task } from '../core/tasks/index';
import { usualCache } from './cacheFolder';
import { readExamplePath } from './examplePath';
import type { ExportArguments } from './exportArguments';

/** Which run, and how its examples are read. */
export type NamedRun = Pick<Extract<ExportArguments, { kind: 'export' }>, 'run' | 'data' | 'reading'>;

export interface FoundNetwork {
  readonly run: RunFile;
  readonly task: Task;
  /** The caller disposes its parameters. */
  readonly model: Model;
  readonly trainingSet: ExampleSet;
  readonly test: EvaluationData;
  /** All of the run's examples, divided as the search had them. */
  readonly data: SearchData;
}

/** @throws WorkbenchError `invalid-data` when the run found nothing, its weights are missing, or these are other examples */
export async function readFoundNetwork(given: NamedRun): Promise<FoundNetwork> {
  const run = readRunFile((await readGiven('--run', given.run)).toString('utf8'));
  const { result, config } = run;
  if (!result)
    throw new WorkbenchError('invalid-data', `${given.run} is of a search that ended before it found a network. Run it to its end.`);
  if (!result.weights)
    throw new WorkbenchError(
      'invalid-data',
      `${given.run} names no file of weights, and without them there is no network to write. Search again with --out.`,
    );
  const bytes = await readGiven('the weights', join(dirname(given.run), result.weights.file));
  const weights = readWeightsFile(bytes, result.weights);
  const dataset = await readExamples(given, run);
  if (run.dataFingerprint !== null && dataFingerprint(dataset) !== run.dataFingerprint)
    throw new WorkbenchError(
      'invalid-data',
      `These are not the examples that the search used: "${config.data.name}". Name them with --data, and read them with the options that the search had.`,
    );
  const task = taskFor(config.task);
  const data = new SearchData(config, task, dataset, searchesOf(strategyFor(config.method), config));
  const plan = planNetwork(result.network);
  return {
    run,
    task,
    model: { plan, parameters: createParameters(plan, weights), architecture: null },
    trainingSet: data.trainingSet,
    test: data.test,
    data,
  };
}

async function readExamples({ data, reading }: NamedRun, { config }: RunFile): Promise<Dataset> {
  const task = taskFor(config.task);
  const { trainCount, testCount } = config.data;
  if (data === 'embedded') return task.builtIn.make(trainCount, testCount);
  const variants = reading.variants ?? usualVariants(task, config.augment);
  const read = await readExamplePath(data, { ...reading, task, variants, randomSeed: config.randomSeed }, usualCache());
  return sampleDataset(read, { trainCount, testCount }, config.randomSeed);
}

/** @throws WorkbenchError `invalid-data` that names the file */
export function readGiven(what: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw new WorkbenchError('invalid-data', `${what}: ${path} could not be read: ${(error as Error).message}`);
  });
}
