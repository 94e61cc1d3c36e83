/** What a class gets of a finished search. */
import type { SharedRun } from '../core/runs/pool/pooledRun';
import type { WorkbenchState } from './state';

/** `own`: it ran on a person's own examples or device, whose names and numbers stay here. */
export type Finished = SharedRun | 'own';

/** @returns the run that has got its result between two states; null where none has */
export function justFinished(before: WorkbenchState, { live, run, dataset }: WorkbenchState): Finished | null {
  const { result, asked } = run;
  // A kept run that is opened again has its result without running, and one that is compared keeps its network.
  if (!live || before.run.state !== 'running' || !result || result.network === before.run.result?.network) return null;
  if (!asked || !dataset || !Number.isFinite(result.quality.final)) return null;
  const { task, method, device, randomSeed } = asked.config;
  if (typeof device !== 'string' || !dataset.synthetic) return 'own';
  return {
    task,
    method,
    device,
    randomSeed,
    trainCount: asked.data.trainCount,
    testCount: asked.data.testCount,
    targets: run.finishedTargets ?? asked.config.targets,
    quality: result.quality.final,
    seedQuality: result.quality.seedNetwork ?? null,
    network: result.network,
  };
}
