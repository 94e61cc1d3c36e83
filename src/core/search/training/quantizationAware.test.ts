import { mean, squaredDifference, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeaks, useBackend } from '../../../../tests/support/backends';
import { TrainingBatches } from '../../data/batches';
import type { FloatGraph } from '../../quantize/floatGraph';
import { createRandom } from '../../random';
import { trainAware, type AwareTraining } from './quantizationAware';

beforeAll(() => useBackend('cpu'));

const inputs = Float32Array.from({ length: 64 }, (_, index) => Math.sin(index));
const set = {
  examples: { count: 32, values: inputs, labels: new Int32Array(32) },
  shape: [2],
  normalization: { mean: [0, 0], deviation: [1, 1] },
};
/** Gives back its input, once it has learnt to. */
const graph: FloatGraph = {
  tensors: [
    { name: 'x', shape: [2] },
    { name: 'y', shape: [2] },
  ],
  operations: [
    { kind: 'dense', input: 0, output: 1, weights: Float32Array.of(0.8, 0.1, 0, 0.9), bias: Float32Array.of(0.1, 0), activation: 'none' },
  ],
  input: 0,
  output: 1,
};
const ranges = [
  { low: -1, high: 1 },
  { low: -1, high: 1 },
];

const training = (rate: number): AwareTraining => ({
  epochs: 3,
  rate,
  loss: 'own',
  lossOf: (_id, outputs, { inputs: x }) => mean(squaredDifference(outputs, x), 1) as Tensor1D,
  batches: new TrainingBatches(set as never, 8, null, createRandom(1, 'order')),
  quality: { better: 'lower' },
  async score(inference) {
    const outputs = inference.outputs(inputs);
    const error = Array.from(await outputs.data()).reduce((sum, value, index) => sum + (value - (inputs[index] as number)) ** 2, 0);
    outputs.dispose();
    return { quality: error, loss: error };
  },
  pause: () => Promise.resolve(),
});

describe('quantisation-aware training', () => {
  expectNoLeaks();

  it('learns on as int8, and keeps the best epoch', async () => {
    const { graph: tuned, keptEpoch, qualities } = await trainAware(graph, ranges, training(0.02));
    expect(keptEpoch).toBe(3);
    expect(qualities.at(-1)).toBeLessThan(0.5 * (qualities[0] as number));
    expect(tuned.operations).not.toEqual(graph.operations);
  });

  it('keeps the network as it was where learning made it worse', async () => {
    const { graph: tuned, keptEpoch, qualities } = await trainAware(graph, ranges, training(5));
    expect(keptEpoch).toBe(0);
    expect(qualities).toHaveLength(4);
    expect(tuned).toBe(graph);
  });
});
