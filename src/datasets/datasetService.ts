/** The commands of the dataset worker: all that the worker does, so that tests need no thread. */
import type { Dataset } from '../core/data/dataset';
import { taskFor } from '../core/tasks/index';
import { blobSource } from '../importers/archives/byteSource';
import type { ExampleWork } from '../importers/exampleImporter';
import { ImportMeter, type ImportProgress } from '../importers/importMeter';
import { readExamples } from '../importers/index';
import { openFiles, type PickedFile } from '../importers/openFiles';
import type { DatasetCommands, GivenFile } from '../protocol/datasets';
import { moving } from '../protocol/moving';

/** Milliseconds between two reports of progress. */
const TELL_EVERY = 100;
/** The page has one random seed for what is drawn while examples are read; searches draw by their own. */
const RANDOM_SEED = 1;

export interface DatasetServiceOptions {
  readonly work: ExampleWork;
  readonly now: () => number;
}

export function createDatasetService({ work, now }: DatasetServiceOptions): DatasetCommands {
  return {
    async importExamples(given, taskId, tell) {
      const task = taskFor(taskId);
      const meter = new ImportMeter(now, sparingly(tell, now));
      const files = meter.counting(await openFiles(given.map(pickedFileOf)));
      const read = await readExamples(files, 'the files', {
        task,
        work,
        holdOut: null,
        randomSeed: RANDOM_SEED,
        variants: task.variants ?? 1,
        onProgress: meter.items,
      });
      const dataset: Dataset = { ...read, name: `Own ${read.words.many}` };
      return moving({ dataset }, dataset);
    },
  };
}

/** The one place that knows what kinds of files the page hands over. */
function pickedFileOf({ path, blob }: GivenFile): PickedFile {
  return { path, ...blobSource(blob) };
}

/** The last report may be left out: the command's answer follows. */
function sparingly(tell: (progress: ImportProgress) => void, now: () => number): (progress: ImportProgress) => void {
  let last = -Infinity;
  return (progress) => {
    if (now() - last < TELL_EVERY) return;
    last = now();
    tell(progress);
  };
}
