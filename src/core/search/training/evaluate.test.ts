import { referenceEngine } from '../../../training/engine';
import { imageClassification } from '../../tasks/imageClassification';
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import type { Engine, Model } from './engine';
import { evaluate } from './evaluate';

const nobody: Model['parameters'] = new Map();
const model = { parameters: nobody, architecture: null } as unknown as Model;
const data = (count: number) => ({
  examples: { count, labels: new Uint8Array(count), values: new Uint8Array(count) },
  shape: [1, 1, 1] as const,
  normalization: { mean: [0], deviation: [1] },
  batchSize: 2,
});
/** A network that gives the same answer for every example. */
const answering = (...outputs: number[]): Engine => ({
  ...referenceEngine,
  createInference: async () => ({
    outputs: () => tensor2d([outputs, outputs]),
    failure: () => null,
    refresh: async () => {},
    dispose: () => {},
  }),
});
const pause = () => Promise.resolve();

describe('the quality of a network', () => {
  beforeAll(() => useBackend('cpu'));

  it('is measured on every example', async () => {
    const { loss, quality } = await evaluate(model, data(3), imageClassification, answering(0, 0), pause);
    expect(loss).toBeCloseTo(Math.log(2), 5);
    expect(quality).toBe(1);
  });

  it('is none on no examples', async () => {
    await expect(evaluate(model, data(0), imageClassification, answering(0, 0), pause)).rejects.toMatchObject({
      code: 'invalid-data',
      message: expect.stringContaining('measured on no examples') as unknown,
    });
  });

  it.each([NaN, Infinity])('is none with a logit that is %d', async (logit) => {
    await expect(evaluate(model, data(3), imageClassification, answering(logit, 0), pause)).rejects.toMatchObject({
      code: 'loss-not-finite',
      message: expect.stringMatching(
        /^The loss or the quality on 3 examples that are not learnt from is infinite or not a number/,
      ) as unknown,
    });
  });
});
