import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { expectSameSearch, searchWith } from '../../tests/support/engines';
import { describeOnWebgpu } from '../../tests/support/webgpu';
import { nodeKernels } from '../backends/nodeKernels';
import { engine } from './engine';
import { deviceComputesRight } from './fused/webgpu/deviceCheck';

describe('a whole search on the fused engine', () => {
  it('goes the reference’s way on WebAssembly', async () => {
    await useBackend('wasm');
    await expectSameSearch(await searchWith(engine(nodeKernels)), /^fused on \d+ thread/);
  });

  it('goes it alone, and says so, where no helper thread can be started', async () => {
    await useBackend('wasm');
    const startHelper = () => Promise.reject(new Error('no nested workers here'));
    const { implementations } = await searchWith(engine({ ...nodeKernels, threads: 2, startHelper }));
    expect([...implementations].join()).toMatch(/^fused on 1 thread, since no nested workers here/);
  });
});

describeOnWebgpu('a whole search on the fused engine', () => {
  it('passes the check of a device that computes right, which leaves nothing behind', { timeout: 120_000 }, async () => {
    await useBackend('webgpu');
    const before = memory().numTensors;
    expect(await deviceComputesRight()).toBe(true);
    expect(memory().numTensors).toBe(before);
  });
});
