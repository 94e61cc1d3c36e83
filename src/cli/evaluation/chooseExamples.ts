/** Chooses the pictures of an evaluation. */
import type { Dataset } from '../../core/data/dataset';
import { sampleDataset } from '../../core/data/sampling';
import { shapeDataset } from '../../core/data/shapes';
import { imageClassification } from '../../core/tasks/imageClassification';
import { usualCache } from '../cacheFolder';
import { readExamplePath } from '../examplePath';

export interface ExampleChoice {
  /** `embedded`, or the path of a folder, an archive or a file. */
  readonly data: string;
  /** The most pictures to learn from and to test on. */
  readonly train: number;
  readonly test: number;
}

/** Seeds the sample: every search of an evaluation has the same pictures, whatever its own random seed. */
const SAMPLE_SEED = 1;

/** @throws WorkbenchError `invalid-data` when the files cannot be used */
export async function examplesOf({ data, train, test }: ExampleChoice): Promise<Dataset> {
  if (data === 'embedded') return shapeDataset(train, test);
  return sampleDataset(
    await readExamplePath(data, { task: imageClassification, holdOut: null, randomSeed: SAMPLE_SEED }, usualCache()),
    { trainCount: train, testCount: test },
    SAMPLE_SEED,
  );
}
