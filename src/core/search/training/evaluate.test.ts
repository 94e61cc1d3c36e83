import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import type { InferenceFactory, Model } from './engine';
import { evaluate } from './evaluate';

const nobody: Model['parameters'] = new Map();
const model = { parameters: nobody, architecture: null } as unknown as Model;
const data = (count: number) => ({
  pictures: { count, labels: new Uint8Array(count), pixels: new Uint8Array(count) },
  shape: [1, 1, 1] as const,
  normalization: { mean: [0], deviation: [1] },
  batchSize: 2,
});
/** A network that answers every picture alike. */
const answering =
  (...logits: number[]): InferenceFactory =>
  async () => ({ logits: () => tensor2d([logits, logits]), failure: () => null, dispose: () => {} });
const pause = () => Promise.resolve();

describe('the quality of a network', () => {
  beforeAll(() => useBackend('cpu'));

  it('is measured on every picture', async () => {
    const { loss, accuracy } = await evaluate(model, data(3), answering(0, 0), pause);
    expect(loss).toBeCloseTo(Math.log(2), 5);
    expect(accuracy).toBe(1);
  });

  it('is none on no pictures', async () => {
    await expect(evaluate(model, data(0), answering(0, 0), pause)).rejects.toMatchObject({
      code: 'invalid-data',
      message: expect.stringContaining('measured on no pictures') as unknown,
    });
  });

  it.each([NaN, Infinity])('is none with a logit that is %d', async (logit) => {
    await expect(evaluate(model, data(3), answering(logit, 0), pause)).rejects.toMatchObject({
      code: 'loss-not-finite',
      message: expect.stringMatching(/^The loss on 3 pictures that are not learnt from is infinite or not a number/) as unknown,
    });
  });
});
