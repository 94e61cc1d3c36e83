/** Which training step runs: the fused one where the backend and the network allow it, else the reference. */
import { getBackend } from '@tensorflow/tfjs-core';
import type { StepFactory } from '../core/search/trainingStep';
import type { KernelHost } from '../kernels/host';
import { NotCovered } from './fused/program';
import { createWasmStep } from './fused/wasmStep';
import { createReferenceStep } from './referenceStep';

/** Steps for the backend that is active when one is made. The step's `implementation` says which it became, and why. */
export function trainingSteps(kernels: KernelHost): StepFactory {
  return async (options) => {
    if (getBackend() !== 'wasm') return createReferenceStep(options);
    try {
      return await createWasmStep(options, kernels);
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      return { ...(await createReferenceStep(options)), implementation: `reference, since the fused step does not cover ${error.message}` };
    }
  };
}
