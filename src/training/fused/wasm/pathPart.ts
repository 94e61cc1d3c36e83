/** The part of a search that trains one path of its network per step: each step is lowered and run like that of the path alone. */
import { concat, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Architecture, ArchitecturePass } from '../../../core/search/training/architecture';
import type { NetworkPlan } from '../../../core/network/plan';
import type { StepControls } from '../../../core/search/training/trainingStep';
import { penaltyOf } from '../../../kernels/penalty/reference';
import type { ArchitecturePart } from './architecturePart';
import type { LoweredPaths } from './lowering';

export function pathPart(architecture: Architecture, lowered: LoweredPaths, memory: WebAssembly.Memory): ArchitecturePart {
  const still = new Float32Array(architecture.pulled.length);
  // No cost steers, and only the network's weights move, so every step packs what the first one does.
  let packed: readonly number[] | null = null;
  return {
    run({ penalties }, task, observe) {
      let path: NetworkPlan | undefined;
      tidy(() => {
        const pass = architecture.pass('training');
        packed ??= [...packedOf(pass, penalties), ...still];
        path = pass.path;
      });
      const program = lowered.path(path as unknown as NetworkPlan);
      program.contents.write(memory);
      task(program);
      observe(new Map());
      return [...(packed ?? [])];
    },
    // Nothing moves but weights.
    state: async () => ({ moments: [] }),
    restore() {},
    dispose() {},
  };
}

/** What a step packs behind loss and quality. */
function packedOf(pass: ArchitecturePass, penalties: StepControls['penalties']) {
  const costs = pass.costs();
  // eslint-disable-next-line no-restricted-syntax -- tensors of this backend lie in memory: reading them waits for nothing
  return concat([reshape(penaltyOf(costs, penalties), [1]), costs, ...pass.readings()]).dataSync();
}
