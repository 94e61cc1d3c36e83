/** The fused step where threads share plain SIMD's work; step.test.ts has the rest, webgpu/step.long.test.ts the graphics device. */
import { describe } from 'vitest';
import { stepSuite } from '../../../tests/support/stepSuite';
import { onWasm } from '../../../tests/support/wasmSteps';

describe('the fused step on WebAssembly with plain SIMD, two threads', () => stepSuite('wasm', onWasm(2, 'simd')));
