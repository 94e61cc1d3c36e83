/** The examples that a search's options name. */
import type { Dataset } from '../core/data/dataset';
import { sampleDataset } from '../core/data/sampling';
import type { Task } from '../core/tasks/index';
import type { SearchArguments } from './arguments';
import { readExamplePath } from './examplePath';
import { readHubExamples } from './hubExamples';

/** @throws WorkbenchError `invalid-data` when there are none, or what there is breaks its format */
export async function loadExamples({ data, hub, reading, prepared, config, ...counts }: SearchArguments, task: Task): Promise<Dataset> {
  if (data === 'embedded') return task.builtIn.make(counts.trainCount, counts.testCount);
  const options = { task, ...reading, randomSeed: config.randomSeed };
  const own = await (hub ? readHubExamples(hub, options, prepared) : readExamplePath(data, options, prepared));
  return sampleDataset(own, counts, config.randomSeed);
}
