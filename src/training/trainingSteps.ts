/** Which training step runs: the fused one where the backend and the network allow it, else the reference. */
import { getBackend } from '@tensorflow/tfjs-core';
import type { StepFactory } from '../core/search/trainingStep';
import type { KernelHost } from '../kernels/host';
import { NotCovered } from './fused/program';
import { createWasmStep } from './fused/wasmStep';
import { createWebgpuStep } from './fused/webgpuStep';
import { createReferenceStep } from './referenceStep';

/** The fused step of a backend, null where there is none. It throws `NotCovered` for networks that it cannot run. */
export function fusedStep(backend: string, kernels: KernelHost): StepFactory | null {
  switch (backend) {
    case 'wasm':
      return (options) => createWasmStep(options, kernels);
    case 'webgpu':
      return (options) => createWebgpuStep(options);
    default:
      return null;
  }
}

/** Steps for the backend that is active when one is made. The step's `implementation` says which it became, and why. */
export function trainingSteps(kernels: KernelHost): StepFactory {
  return async (options) => {
    const fused = fusedStep(getBackend(), kernels);
    if (!fused) return createReferenceStep(options);
    try {
      return await fused(options);
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      return { ...(await createReferenceStep(options)), implementation: `reference, since the fused step does not cover ${error.message}` };
    }
  };
}
