import type { SharedRun } from '../../src/core/runs/pool/pooledRun';
import { imageClassification } from '../../src/core/tasks/imageClassification';
import type { Task } from '../../src/core/tasks/task';

/** The seed network of a task as if a search had found it. */
export function sharedRun(task: Task = imageClassification): SharedRun {
  return {
    task: task.id,
    method: 'supernet',
    device: 'gap8',
    randomSeed: 1,
    ...task.builtIn.counts,
    targets: { flashBytes: 40_000 },
    quality: 0.75,
    seedQuality: 0.5,
    network: task.seedNetwork(task.builtIn.classNames.length),
  };
}
