/** The part of a search that trains one path of its network per step: each step is lowered and run like that of the path alone. */
import { concat, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Architecture } from '../../../core/search/training/architecture';
import type { NetworkPlan } from '../../../core/network/plan';
import type { StepControls } from '../../../core/search/training/trainingStep';
import { penaltyOf } from '../../../kernels/penalty/reference';
import type { ArchitecturePart } from './architecturePart';
import type { LoweredPaths } from './lowering';

export function pathPart(architecture: Architecture, lowered: LoweredPaths, memory: WebAssembly.Memory): ArchitecturePart {
  const still = new Float32Array(architecture.pulled.length);
  return {
    run({ penalties }, task, observe) {
      const { path, metrics } = drawn(architecture, penalties);
      const program = lowered.path(path);
      program.contents.write(memory);
      task(program);
      observe(new Map());
      return [...metrics, ...still];
    },
    // Nothing moves but weights.
    state: async () => ({ moments: [] }),
    restore() {},
    dispose() {},
  };
}

/** The path of the next step, and what the step packs behind loss and quality. */
function drawn(architecture: Architecture, penalties: StepControls['penalties']) {
  let path: NetworkPlan | undefined;
  let metrics: ArrayLike<number> & Iterable<number> = [];
  tidy(() => {
    const pass = architecture.pass('training');
    const costs = pass.costs();
    path = pass.path;
    // eslint-disable-next-line no-restricted-syntax -- tensors of this backend lie in memory: reading them waits for nothing
    metrics = concat([reshape(penaltyOf(costs, penalties), [1]), costs, ...pass.readings()]).dataSync();
  });
  return { path: path as NetworkPlan, metrics };
}
