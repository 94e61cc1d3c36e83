/** Trains and runs networks: fused if the backend and the network allow it, by the reference otherwise. */
import { getBackend } from '@tensorflow/tfjs-core';
import { sayLater, type Told } from '../core/language/told';
import type { Engine, FollowingInference, InferenceFactory, LossOf } from '../core/search/training/engine';
import type { StepFactory } from '../core/search/training/trainingStep';
import { measuredTiles } from '../kernels/tiles';
import { lossFor } from '../kernels/losses/index';
import type { KernelHost } from '../kernels/host';
import { NotCovered } from './fused/program';
import { createWasmInference } from './fused/wasm/inference';
import { NoHelper } from './fused/wasm/machine';
import { createWasmStep } from './fused/wasm/step';
import { webgpuBackend } from './fused/webgpu/device';
import { deviceComputesRight } from './fused/webgpu/deviceCheck';
import { createWebgpuInference } from './fused/webgpu/inference';
import { createWebgpuStep } from './fused/webgpu/step';
import { watchedInference, watchedStep } from './deviceWatch';
import { createReferenceInference } from './referenceInference';
import { createReferenceStep } from './referenceStep';

const lossOf: LossOf = (id, outputs, targets) => lossFor(id).reference(outputs, targets).losses;

const createWatchedStep = watchedStep(createReferenceStep);
const createWatchedInference = watchedInference(createReferenceInference);

/** tfjs operations only: the reference that all other implementations are checked against. */
export const referenceEngine: Engine = { createStep: createReferenceStep, createInference: createReferenceInference, lossOf };

/** For the backend that is active when a step is made. A step's `implementation` says which implementation runs, and why. */
export const engine = (kernels: KernelHost): Engine => ({
  lossOf,
  async createStep(options) {
    const reference = async (why: Told) => ({
      ...(await createWatchedStep(options)),
      implementation: sayLater('reference, since {why}', { why }),
    });
    const fused = fusedStep(getBackend(), kernels);
    if (!fused) return createWatchedStep(options);
    if (!(await computesRight())) return reference(sayLater('this device computes the fused step wrong: WebAssembly is the faster choice'));
    try {
      return await fused(options);
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      return reference(sayLater('the fused step does not cover {what}', { what: error.told }));
    }
  },
  async createInference(model, batchSize) {
    const fused = ((await computesRight()) && fusedInference(getBackend(), kernels)) || createWatchedInference;
    try {
      return await fused(model, batchSize);
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      // The step has already reported the reason.
      return createWatchedInference(model, batchSize);
    }
  },
});

/**
 * Graphics drivers differ, so the engine checks theirs before it relies on it. Adapters with measured tiles need no check, since
 * the tests run on them.
 */
async function computesRight(): Promise<boolean> {
  if (getBackend() !== 'webgpu') return true;
  return measuredTiles(webgpuBackend().adapterInfo.architecture ?? '') !== null || deviceComputesRight();
}

/** The fused step of a backend, null if it has none. It throws `NotCovered` for networks that it cannot run. */
export function fusedStep(backend: string, kernels: KernelHost): StepFactory | null {
  switch (backend) {
    case 'wasm':
      return async (options) => {
        const { made, alone } = await onThreads(kernels, (given) => createWasmStep(options, given));
        return alone === null
          ? made
          : { ...made, implementation: sayLater('{steps}, since {why}', { steps: made.implementation, why: alone }) };
      };
    case 'webgpu':
      return (options) => createWebgpuStep(options);
    default:
      return null;
  }
}

/** Makes something on these threads, or on one thread alone with the reason why helpers are missing. */
async function onThreads<T>(kernels: KernelHost, make: (kernels: KernelHost) => Promise<T>): Promise<{ made: T; alone: Told | null }> {
  try {
    return { made: await make(kernels), alone: null };
  } catch (error) {
    if (!(error instanceof NoHelper)) throw error;
    return { made: await make({ ...kernels, threads: 1 }), alone: error.told };
  }
}

function fusedInference(backend: string, kernels: KernelHost): InferenceFactory<FollowingInference> | null {
  switch (backend) {
    case 'wasm':
      return async (model, batchSize) => (await onThreads(kernels, (given) => createWasmInference(model, batchSize, given))).made;
    case 'webgpu':
      return createWebgpuInference;
    default:
      return null;
  }
}
