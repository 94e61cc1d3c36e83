import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { referenceEngine } from '../../../training/engine';
import { imageClassification } from '../../tasks/imageClassification';
import type { Model } from './engine';
import { Validation } from './validation';

beforeAll(() => useBackend('cpu'));

it('makes what runs a model once, and lets it follow the model', async () => {
  const calls: string[] = [];
  /** The logit of the wrong class, which the model learns. */
  let [learnt, taken] = [-1, -1];
  const inference = {
    outputs: () => tensor2d([[0, taken]]),
    failure: () => null,
    refresh: async () => void calls.push(`refresh ${(taken = learnt)}`),
    dispose: () => void calls.push('dispose'),
  };
  const engine = {
    lossOf: referenceEngine.lossOf,
    createInference: async () => (calls.push('create'), inference),
    host: { pause: () => Promise.resolve() },
  };
  const examples = { count: 1, labels: new Uint8Array(1), values: new Uint8Array(1) };
  const data = { examples, shape: [1, 1, 1], normalization: { mean: [0], deviation: [1] }, batchSize: 1 };
  const validation = new Validation({} as Model, data, imageClassification, engine);
  expect((await validation.score()).quality).toBe(1);
  learnt = 1;
  expect((await validation.score()).quality).toBe(0);
  validation.dispose();
  validation.dispose();
  expect(calls).toEqual(['create', 'refresh 1', 'dispose']);
});
