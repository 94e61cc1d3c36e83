import { tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { networkOf, normalNumbers, spaceNames, trainedWeights } from '../../../tests/support/quantized';
import { forward, plain } from '../network/forward';
import { createParameters, disposeParameters } from '../network/parameters';
import { planNetwork } from '../network/plan';
import { resnet8Supernet } from '../network/resnet8';
import { numbersIn } from '../ops/shape';
import { createRandom } from '../random';
import { foldNetwork } from './fold';
import { runFloat } from './runFloat';

beforeAll(() => useBackend('wasm'));

it.each(spaceNames)('a folded network of %s computes what the network does', async (space) => {
  const random = createRandom(3, space);
  for (let round = 0; round < 3; round++) {
    const plan = networkOf(space, random);
    const weights = trainedWeights(plan, random);
    const x = normalNumbers(2 * numbersIn(plan.network.input), random);
    const parameters = createParameters(plan, weights);
    const y = forward(plan, tensor(x, [2, ...plan.network.input]), {
      ...plain,
      batchNorm: 'running',
      training: false,
      parameter: (name) => parameters.get(name) as never,
    });
    const expected = await y.data();
    disposeParameters(parameters);
    const graph = foldNetwork(plan, weights);
    let found = new Float32Array();
    await runFloat(graph, x, 2, (index, values) => {
      if (index === graph.output) found = values.slice();
    });
    const largest = Math.max(...expected.map(Math.abs));
    const differences = found.map((value, index) => Math.abs(value - (expected[index] as number)));
    expect(found.length).toBe(expected.length);
    expect(Math.max(...differences)).toBeLessThan(1e-5 * Math.max(1, largest));
    // Nothing of the training is left, and batch norms only where another layer reads what they would change.
    expect(new Set(graph.tensors.map(({ name }) => name)).size).toBe(graph.tensors.length);
    const kinds = new Set(graph.operations.map(({ kind }) => kind));
    expect([...kinds]).not.toContain('batchNorm');
  }
});

it('a ResNet-8 keeps one operation per convolution, sum and pool', () => {
  const plan = networkOf('tin', createRandom(1, 'x'));
  const { operations } = foldNetwork(plan, trainedWeights(plan, createRandom(1, 'y')));
  const convolutions = plan.layers.filter((layer) => layer.kind === 'operation' && layer.operation.attributes.op === 'conv2d');
  expect(operations.filter(({ kind }) => kind === 'conv2d')).toHaveLength(convolutions.length);
  expect(operations.filter(({ kind }) => kind === 'depthwiseConv2d' || kind === 'maxPool')).toHaveLength(0);
});

it('refuses a network with candidates, values that are missing or not finite, and a network that does nothing', () => {
  const random = createRandom(1, 'refused');
  const supernet = planNetwork(resnet8Supernet(3));
  expect(() => foldNetwork(supernet, trainedWeights(supernet, random))).toThrow('"stem" still has several candidates');
  const plan = networkOf('ad', random);
  const { 'reconstruction/bias': bias, ...others } = trainedWeights(plan, random);
  expect(() => foldNetwork(plan, others)).toThrow('lack "reconstruction/bias"');
  const data = Float32Array.from(bias?.data ?? []).fill(NaN, 3, 4);
  expect(() => foldNetwork(plan, { ...others, 'reconstruction/bias': { shape: [640], data } })).toThrow('not finite');
  const idle = planNetwork({ input: [3], layers: [{ id: 'a', op: 'identity', inputs: ['input'] }] });
  expect(() => foldNetwork(idle, {})).toThrow('passes its input on unchanged');
});
