/** Chooses the examples of an evaluation. */
import type { Dataset } from '../../core/data/dataset';
import { sampleDataset } from '../../core/data/sampling';
import { taskFor } from '../../core/tasks/index';
import { usualCache } from '../cacheFolder';
import { readExamplePath } from '../examplePath';

export interface ExampleChoice {
  /** Id of the task that they are for. */
  readonly task: string;
  /** `embedded`, or the path of a folder, an archive or a file. */
  readonly data: string;
  /** The most examples to learn from and to test on. */
  readonly train: number;
  readonly test: number;
}

/** Seeds the sample: every search of an evaluation has the same examples, whatever its own random seed. */
const SAMPLE_SEED = 1;

/** @throws WorkbenchError `invalid-data` when the files cannot be used */
export async function examplesOf({ task: id, data, train, test }: ExampleChoice): Promise<Dataset> {
  const task = taskFor(id);
  if (data === 'embedded') return task.builtIn.make(train, test);
  return sampleDataset(
    await readExamplePath(data, { task, holdOut: null, randomSeed: SAMPLE_SEED, variants: task.variants ?? 1 }, usualCache()),
    { trainCount: train, testCount: test },
    SAMPLE_SEED,
  );
}
