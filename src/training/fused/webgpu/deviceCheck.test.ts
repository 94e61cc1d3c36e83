import { mul } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { WorkbenchError } from '../../../core/errors';
import type { InferenceFactory } from '../../../core/search/training/engine';
import { createReferenceInference } from '../../referenceInference';
import { createReferenceStep } from '../../referenceStep';
import { expectedLosses, losses, rightWith } from './deviceCheck';

describe('the check of a device', () => {
  it('knows what the reference comes to on the CPU', async () => {
    await useBackend('cpu');
    const found = await losses(createReferenceStep, createReferenceInference);
    expect(found).toHaveLength(expectedLosses.length);
    found.forEach((loss, step) => expect(loss).toBeCloseTo(expectedLosses[step] as number, 5));
  });

  it('fails one that refuses a kernel, and passes on that a device was lost', async () => {
    await useBackend('cpu');
    const failing = (code: 'internal' | 'device-lost') => () => Promise.reject(new WorkbenchError(code, 'refused'));
    expect(await rightWith(failing('internal'), createReferenceInference)).toBe(false);
    await expect(rightWith(failing('device-lost'), createReferenceInference)).rejects.toThrow('refused');
  });

  it('fails one whose validation is wrong', async () => {
    await useBackend('cpu');
    const twice: InferenceFactory = async (...args) => {
      const inference = await createReferenceInference(...args);
      return { ...inference, outputs: (x) => mul(inference.outputs(x), 2) };
    };
    expect(await rightWith(createReferenceStep, twice)).toBe(false);
    expect(await rightWith(createReferenceStep, createReferenceInference)).toBe(true);
  });
});
