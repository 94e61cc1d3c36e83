/** Scores, against values that are worked out by hand or in another way. */
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import type { Layer, Network } from '../../network/network';
import { initialWeights, type Weights } from '../../network/parameters';
import { planNetwork } from '../../network/plan';
import { resnet8Seed } from '../../network/resnet8';
import { choices } from '../../config/choices';
import { createRandom } from '../../random';
import { searchSpace } from '../space';
import { scoreFor, scores } from './index';
import type { Subject } from './score';

beforeAll(() => useBackend('wasm'));

const dense = (id: string, from: string, units: number): Layer => ({ op: 'dense', id, inputs: [from], units, bias: true });
const relu = (id: string, from: string): Layer => ({ op: 'relu', id, inputs: [from] });
const convolution = (id: string, from: string, filters: number): Layer => ({
  op: 'conv2d',
  id,
  inputs: [from],
  filters,
  kernel: [1, 1],
  stride: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  bias: false,
});
const subject = (network: Network, values: Weights | null = null, examples: readonly number[] = []): Subject => {
  const plan = planNetwork(network);
  return {
    plan,
    balance: () => 9,
    weights: () => values ?? initialWeights(plan, createRandom(1, 'score')),
    examples: Float32Array.from(examples),
  };
};
const twoLayers: Network = { input: [2], layers: [dense('a', 'input', 2), relu('b', 'a'), dense('c', 'b', 1)] };
const values: Weights = {
  'a/kernel': { shape: [2, 2], data: [1, -2, -3, 4] },
  'a/bias': { shape: [2], data: [5, -7] },
  'c/kernel': { shape: [2, 1], data: [-2, 3] },
  'c/bias': { shape: [1], data: [9] },
};
const seed = () => subject(resnet8Seed(10));

it('every name that the choice takes is a score, and no other', () => {
  const takes = choices.find(({ option }) => option === 'score')?.parts[0].takes;
  expect(takes).toMatchObject({ names: scores.map(({ id }) => ({ name: id })) });
});

it('sizes are those that costs count', async () => {
  const { seedCosts } = searchSpace({ task: 'ic', device: 'gap8' }, 10);
  expect(await scoreFor('params').of(seed())).toBe(seedCosts.params);
  expect(await scoreFor('macs').of(seed())).toBe(seedCosts.macs);
});

it('balance is that of the network in its space', async () => {
  expect(await scoreFor('balance').of(subject(twoLayers))).toBe(9);
});

it('synflow is the sum over kernels of |value · gradient|, by hand on two layers', async () => {
  // Hidden: |1| + |-3| = 4 and |-2| + |4| = 6. R = 4 · 2 + 6 · 3 = 26, and each layer's values times gradients sum to R.
  expect(await scoreFor('synflow').of(subject(twoLayers, values))).toBeCloseTo(Math.log(26 + 26), 5);
});

it('synflow counts every path of a shortcut', async () => {
  const layers: Layer[] = [dense('a', 'input', 1), dense('b', 'a', 1), { op: 'add', id: 'c', inputs: ['b', 'a'] }];
  const network: Network = { input: [1], layers };
  const kernel = (value: number) => ({ shape: [1, 1], data: [value] });
  const bias = { shape: [1], data: [1] };
  const own = { 'a/kernel': kernel(-3), 'a/bias': bias, 'b/kernel': kernel(5), 'b/bias': bias };
  // R = 3 · 5 + 3. For a: 3 · (5 + 1); for b: 5 · 3.
  expect(await scoreFor('synflow').of(subject(network, own))).toBeCloseTo(Math.log(18 + 15), 5);
});

it('NASWOT is the log-determinant of how many rectifiers agree, by hand', async () => {
  // Before the rectifiers: x · kernel + bias, at (0, 0): (5, -7); at (0, 2): (-1, 1); at (-1, 2): (-2, 3); at (3, 3): (-1, -1).
  const codes = [
    [1, 0],
    [0, 1],
    [0, 0],
  ];
  const agreeing = codes.map((a) => codes.map((b) => a.filter((on, at) => on === b[at]).length));
  expect(agreeing).toEqual([
    [2, 0, 1],
    [0, 2, 1],
    [1, 1, 2],
  ]);
  // 2 · (4 - 1) - 0 + 1 · (0 - 2) = 4
  expect(await scoreFor('naswot').of(subject(twoLayers, values, [0, 0, 0, 2, 3, 3]))).toBeCloseTo(Math.log(4), 5);
  // The second and the third switch alike.
  expect(await scoreFor('naswot').of(subject(twoLayers, values, [0, 0, 0, 2, -1, 2]))).toBe(-Infinity);
});

it('NN-Mass is density times width times depth, by hand', async () => {
  const chain = (count: number): Layer[] =>
    Array.from({ length: count }, (_, at) => convolution(`layer${at + 1}`, at === 0 ? 'stem' : `layer${at}`, 6));
  const stack = (count: number): Network => ({
    input: [4, 4, 3],
    layers: [convolution('stem', 'input', 6), ...chain(count), { op: 'add', id: 'sum', inputs: [`layer${count}`, 'stem'] }],
  });
  const mass = (network: Network) => scoreFor('nn-mass').of(subject(network));
  // Links of 6 channels; possible are 6 past one layer, 6 · (1 + 2) past up to two, 6 · (1 + 2 + 3) past up to three.
  expect(await mass(stack(1))).toBeCloseTo((6 / 6) * 6 * 3, 9);
  expect(await mass(stack(2))).toBeCloseTo((6 / 18) * 6 * 4, 9);
  expect(await mass(stack(3))).toBeCloseTo((6 / 36) * 6 * 5, 9);
  expect(await mass({ input: [4, 4, 3], layers: chain(2).map((layer, at) => (at === 0 ? { ...layer, inputs: ['input'] } : layer)) })).toBe(
    0,
  );
  // ResNet-8: three stacks of two convolutions, the shortcuts with 16, 32 and 64 channels.
  expect(await scoreFor('nn-mass').of(seed())).toBeCloseTo(((16 + 32 + 64) * 4) / 3, 9);
});

it.each(scores.map(({ id }) => id))('%s leaves no tensors, and equal subjects score alike', async (id) => {
  const random = createRandom(2, 'examples');
  const examples = Array.from({ length: 3 * 32 * 32 * 3 }, () => random.normal());
  const before = memory().numTensors;
  const found = await scoreFor(id).of(subject(resnet8Seed(10), null, examples));
  expect(await scoreFor(id).of(subject(resnet8Seed(10), null, examples))).toBe(found);
  expect(memory().numTensors).toBe(before);
  expect(Number.isFinite(found)).toBe(true);
});
