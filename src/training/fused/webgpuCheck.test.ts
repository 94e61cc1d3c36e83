import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { createReferenceStep } from '../referenceStep';
import { deviceComputesRight, expectedLosses, losses } from './webgpuCheck';

describe('the check of a device', () => {
  it('knows what the reference comes to on the CPU', async () => {
    await useBackend('cpu');
    const found = await losses(createReferenceStep);
    expect(found).toHaveLength(expectedLosses.length);
    found.forEach((loss, step) => expect(loss).toBeCloseTo(expectedLosses[step] as number, 5));
  });
});

describeOnWebgpu('the check of a device', () => {
  it('passes one that computes right, and leaves nothing behind', async () => {
    await useBackend('webgpu');
    const before = memory().numTensors;
    expect(await deviceComputesRight()).toBe(true);
    expect(memory().numTensors).toBe(before);
  });
});
