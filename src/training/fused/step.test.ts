/** The fused step on WebAssembly; webgpu/step.long.test.ts has the graphics device, which a processor stands in for slowly. */
import { describe, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { expectDecay } from '../../../tests/support/decay';
import { stepSuite } from '../../../tests/support/stepSuite';
import { createReferenceStep } from '../referenceStep';
import { onWasm } from '../../../tests/support/wasmSteps';

// Relaxed SIMD on other numbers of threads gives the same bits, as wasm/step.test.ts shows.
describe('the fused step on WebAssembly with plain SIMD on one thread, and with relaxed SIMD on three', () =>
  stepSuite('wasm', onWasm(1, 'simd'), onWasm(3, 'relaxed')));

describe('the reference step', () => {
  it('decays weights, and architecture parameters not', async () => {
    await useBackend('wasm');
    await expectDecay(createReferenceStep);
  });
});
