/** The fused step on the graphics device, and where threads share plain SIMD's work; step.test.ts has the rest. */
import { describe } from 'vitest';
import { stepSuite } from '../../../tests/support/stepSuite';
import { onWasm } from '../../../tests/support/wasmSteps';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { createWebgpuStep } from './webgpu/step';

describe('the fused step on WebAssembly with plain SIMD, two threads', () => stepSuite('wasm', onWasm(2, 'simd')));
describeOnWebgpu('the fused step on WebGPU', () => stepSuite('webgpu', createWebgpuStep));
