import { nodeKernels } from '../../src/backends/nodeKernels';
import type { StepFactory } from '../../src/core/search/training/trainingStep';
import { createWasmStep } from '../../src/training/fused/wasm/step';

/** Makes fused steps on so many threads, with the kernels of one instruction set. */
export const onWasm =
  (threads: number, vectors: 'simd' | 'relaxed'): StepFactory =>
  (options) =>
    createWasmStep(options, { ...nodeKernels, threads, vectors });
