import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { planNetwork } from '../network/plan';
import { inRow } from '../network/builders';
import type { Weights } from '../network/parameters';
import { createRandom } from '../random';
import { said } from '../language/told';
import type { FloatGraph } from './floatGraph';
import { foldNetwork } from './fold';
import type { QuantizedGraph } from './graph';
import { quantizeGraph } from './quantize';
import { Histogram, tensorRanges, type RangeMethod } from './ranges';
import { runQuantized } from './run';
import { runFloat } from './runFloat';

beforeAll(() => useBackend('cpu'));

const random = createRandom(2, 'quantize');
const numbers = (count: number, size = 1) => Float32Array.from({ length: count }, () => size * random.normal());

/** Two dense layers with a ReLU between them, of chosen values. */
function network(changed: Weights = {}, units = 5): FloatGraph {
  const plan = planNetwork({
    input: [4],
    layers: inRow('input', [
      ['hidden', { op: 'dense', units: 6, bias: true }],
      ['rectified', { op: 'relu' }],
      ['logits', { op: 'dense', units, bias: true }],
    ]),
  });
  const weights = Object.fromEntries(
    plan.parameters.map(({ fullName, shape }) => [fullName, { shape, data: numbers(shape.reduce((a, b) => a * b)) }]),
  );
  return foldNetwork(plan, { ...weights, ...changed });
}

const x = numbers(4 * 50);
const rangesOf = (graph: FloatGraph, method: RangeMethod = 'minMax', values = x) =>
  tensorRanges(graph, () => [{ x: values, count: values.length / 4 }], method);

/** The largest error of the outputs, in steps of the output. */
async function steps(graph: FloatGraph, quantized: QuantizedGraph, values = x): Promise<number> {
  const count = values.length / 4;
  let expected = new Float32Array();
  await runFloat(graph, values, count, (index, output) => {
    if (index === graph.output) expected = output.slice();
  });
  const [from, to] = [quantized.tensors[quantized.input], quantized.tensors[quantized.output]];
  if (!from || !to) throw new Error('the graph has no ends');
  let most = 0;
  for (let example = 0; example < count; example++) {
    const input = Int8Array.from(values.subarray(4 * example, 4 * example + 4), (value) =>
      Math.max(-128, Math.min(127, Math.round(value / from.scale) + from.zeroPoint)),
    );
    runQuantized(quantized, input, 'double').forEach((value, unit, { length }) => {
      const real = (expected[example * length + unit] as number) / to.scale + to.zeroPoint;
      most = Math.max(most, Math.abs(value - real));
    });
  }
  return most;
}

it.each(['minMax', 'leastSquares'] as const)('an int8 network stays within a few steps of the floats (%s)', async (method) => {
  const graph = network();
  const { graph: quantized, warnings } = quantizeGraph(graph, await rangesOf(graph, method));
  expect(await steps(graph, quantized)).toBeLessThan(method === 'minMax' ? 6 : 40);
  expect(warnings).toEqual([]);
  expect(quantized.tensors[quantized.operations[0]?.output as number]?.zeroPoint).toBe(-128);
});

it('a percentile and least squares cut off what is rare', () => {
  const values = numbers(100_000);
  values[0] = 40;
  const histogram = new Histogram({ low: -5, high: 40 });
  histogram.add(values);
  const percentile = histogram.within(1e-4);
  expect(percentile.high).toBeLessThan(4.5);
  expect(percentile.high).toBeGreaterThan(3);
  expect(histogram.leastChanged().high).toBeLessThan(36);
});

it.each([
  ['a dead channel', { 'hidden/kernel': { shape: [4, 6], data: numbers(24).map((value, at) => (at % 6 === 2 ? 0 : value)) } }],
  [
    'a layer of zeros',
    { 'hidden/kernel': { shape: [4, 6], data: new Float32Array(24) }, 'hidden/bias': { shape: [6], data: new Float32Array(6) } },
  ],
  [
    'a bias far above the weights',
    { 'logits/kernel': { shape: [6, 5], data: numbers(30, 1e-9) }, 'logits/bias': { shape: [5], data: numbers(5, 100) } },
  ],
  ['huge weights', { 'hidden/kernel': { shape: [4, 6], data: numbers(24, 1e12) } }],
  [
    'tiny weights',
    { 'hidden/kernel': { shape: [4, 6], data: numbers(24, 1e-12) }, 'hidden/bias': { shape: [6], data: numbers(6, 1e-12) } },
  ],
  ['a bias that no ReLU lets through', { 'hidden/bias': { shape: [6], data: numbers(6).fill(-1e9) } }],
])('%s ends in numbers that are right', async (_, changed) => {
  const graph = network(changed);
  const { graph: quantized } = quantizeGraph(graph, await rangesOf(graph));
  expect(await steps(graph, quantized)).toBeLessThan(8);
  for (const operation of quantized.operations)
    if ('weights' in operation) expect(operation.weightScales.every((scale) => scale > 0 && Number.isFinite(scale))).toBe(true);
});

it('a network of one class, and an input that is always the same but not 0', async () => {
  const graph = network({}, 1);
  const constant = new Float32Array(40).fill(0.7);
  const { graph: quantized } = quantizeGraph(graph, await rangesOf(graph, 'minMax', constant));
  expect(await steps(graph, quantized, constant)).toBeLessThan(3);
});

it('says so when examples or weights are of no use', async () => {
  const graph = network();
  const constant = await rangesOf(graph, 'minMax', new Float32Array(40));
  expect(() => quantizeGraph(graph, constant)).toThrow('All training examples are the same constant');
  const [first, ...others] = await rangesOf(graph);
  expect(() => quantizeGraph(graph, [first as never, { low: -1, high: Infinity }, ...others.slice(1)])).toThrow(
    'The values of "rectified" are not finite',
  );
});

it('warns of biases that make the steps of weights coarser', async () => {
  const graph = network({
    'logits/kernel': { shape: [6, 5], data: numbers(30, 1e-9) },
    'logits/bias': { shape: [5], data: numbers(5, 100) },
  });
  expect(quantizeGraph(graph, await rangesOf(graph)).warnings.map(said)).toEqual([expect.stringContaining('logits: the bias of')]);
});
