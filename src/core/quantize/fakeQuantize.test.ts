import { grads, mul, sum, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { networkOf, normalNumbers, trainedWeights } from '../../../tests/support/quantized';
import { createRandom } from '../random';
import { numbersIn } from '../ops/shape';
import { toInt8, toReal } from './affine';
import { fakeForward, fakeQuantized } from './fakeQuantize';
import type { FloatGraph } from './floatGraph';
import { foldNetwork } from './fold';
import { tensorAt } from './graph';
import { quantizeGraph } from './quantize';
import { tensorRanges } from './ranges';
import { runQuantized } from './run';

beforeAll(() => useBackend('cpu'));

/** The values of a pass, as the exporter has them. */
const valuesIn = (graph: FloatGraph) => (at: number) => {
  const operation = graph.operations[at] as Extract<FloatGraph['operations'][number], { weights: unknown }>;
  return { weights: tensor1d(operation.weights), bias: tensor1d(operation.bias) };
};

it.each(['ic', 'kws', 'ad', 'any'])('gives every number of the int8 network, none of which is a tie here: %s', async (space) => {
  const random = createRandom(3, space);
  const plan = networkOf(space, random);
  const graph = foldNetwork(plan, trainedWeights(plan, random));
  const size = numbersIn(plan.network.input);
  const x = normalNumbers(4 * size, random);
  const ranges = await tensorRanges(graph, () => [{ x, count: 4 }], 'minMax');
  const { graph: quantized } = quantizeGraph(graph, ranges);
  const found = await tidy(() => fakeForward(graph, quantized, tensor(x, [4, ...plan.network.input]), valuesIn(graph))).data();
  const [from, to] = [tensorAt(quantized, graph.input), tensorAt(quantized, graph.output)];
  const wanted = Array.from({ length: 4 }, (_, at) => [
    ...toReal(runQuantized(quantized, toInt8(x.subarray(at * size, (at + 1) * size), from), 'float32'), to),
  ]).flat();
  const steps = wanted.map((value, index) => Math.round(((found[index] as number) - value) / to.scale));
  expect(steps).toEqual(steps.map(() => 0));
  expect(new Set(wanted).size).toBeGreaterThan(1);
});

it('passes gradients straight through the rounding, and none where it clips', async () => {
  const of = { scale: 0.5, zeroPoint: -128 };
  // Steps of 1/2 from 0 to 127.5.
  const x = tensor1d([-1, -0.01, 0.2, 0.3, 127.4, 128]);
  const results = tidy(() => {
    const [found] = grads((at: Tensor) => sum(mul(fakeQuantized(at, of), tensor1d([1, 2, 3, 4, 5, 6]))))([x]);
    return [fakeQuantized(x, of), found as Tensor];
  });
  const [value, gradient] = await Promise.all(results.map((one) => one.array()));
  expect(value).toEqual([0, 0, 0, 0.5, 127.5, 127.5]);
  expect(gradient).toEqual([0, 0, 3, 4, 5, 0]);
});

it('gives a dense layer the gradients that the chain rule gives by hand', async () => {
  const graph: FloatGraph = {
    tensors: [
      { name: 'x', shape: [2] },
      { name: 'y', shape: [1] },
    ],
    operations: [
      { kind: 'dense', input: 0, output: 1, weights: Float32Array.of(0.31, -0.62), bias: Float32Array.of(0.1), activation: 'none' },
    ],
    input: 0,
    output: 1,
  };
  const ranges = [
    { low: -2, high: 2 },
    { low: -4, high: 4 },
  ];
  const { graph: quantized } = quantizeGraph(graph, ranges);
  const results = tidy(() => {
    const x = tensor([1.234, -0.567], [1, 2]);
    const found = grads((weights: Tensor, bias: Tensor) => sum(fakeForward(graph, quantized, x, () => ({ weights, bias }))))([
      tensor1d([0.31, -0.62]),
      tensor1d([0.1]),
    ]);
    return [...found, fakeQuantized(x, tensorAt(quantized, 0))];
  });
  const [dw, db, seen] = (await Promise.all(results.map((one) => one.array()))) as [number[], number[], number[][]];
  // dy/dw is the input as int8, whose rounding must be there.
  expect(dw).toEqual(seen[0]);
  expect(dw[0]).not.toBeCloseTo(1.234, 5);
  expect(db).toEqual([1]);
});
