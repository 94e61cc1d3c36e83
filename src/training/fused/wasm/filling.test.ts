import { expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { expectSame, train } from '../../../../tests/support/training';
import { nodeKernels } from '../../../backends/nodeKernels';
import { batchNorm, conv, relu } from '../../../core/network/builders';
import { chain } from '../../../core/network/chain';
import type { Network } from '../../../core/network/network';
import { planNetwork } from '../../../core/network/plan';
import { createReferenceStep } from '../../referenceStep';
import { Filling } from './filling';
import { createWasmStep } from './step';

/** Five channels, then one, then six that a flatten repeats for each of four pixels. */
const odd: Network = {
  input: [4, 4, 3],
  layers: chain([
    ['five', [conv(5, 3), batchNorm, relu, { op: 'dropout', rate: 0.3 }]],
    ['one', [conv(1, 3, 1, undefined, true), relu]],
    ['six', [conv(6, 3, 2), batchNorm, { op: 'flatten' }]],
    ['logits', [{ op: 'dense', units: 5, bias: true }]],
  ]),
};

it('fills channels up to fours, but neither those of the input nor of the output', () => {
  const plan = planNetwork(odd);
  const filling = new Filling(plan, false);
  const shapes = (of: typeof plan) => of.parameters.filter(({ trainable }) => trainable).map(({ shape }) => shape);
  expect(shapes(plan)).toEqual([[3, 3, 3, 5], [5], [5], [3, 3, 5, 1], [1], [3, 3, 1, 6], [6], [6], [24, 5], [5]]);
  expect(shapes(filling.plan)).toEqual([[3, 3, 3, 8], [8], [8], [3, 3, 8, 4], [4], [3, 3, 4, 8], [8], [8], [32, 5], [5]]);
});

it('puts every number where it belongs, zeros around, and takes it back', () => {
  const filling = new Filling(planNetwork(odd), false);
  const dense = planNetwork(odd).parameters.find(({ shape }) => shape[0] === 24)?.fullName as string;
  const own = Float32Array.from({ length: 24 * 5 }, (_, index) => index + 1);
  const filled = filling.fill(dense, own);
  // Rows 6 and 7 of every pixel's eight are filled.
  expect(Array.from({ length: 32 }, (_, row) => filled[row * 5])).toEqual(
    Array.from({ length: 32 }, (_, row) => (row % 8 < 6 ? 5 * (6 * Math.floor(row / 8) + (row % 8)) + 1 : 0)),
  );
  expect(filling.pick(dense, filled)).toEqual(own);
});

it('leaves a network as it is that is searched, or has fours', () => {
  const plan = planNetwork(odd);
  expect(new Filling(plan, true).plan).toBe(plan);
  const fours = planNetwork({
    input: [4, 4, 3],
    layers: chain([
      ['eight', [conv(8, 3), batchNorm]],
      ['logits', [{ op: 'globalAvgPool' }, { op: 'dense', units: 3, bias: true }]],
    ]),
  });
  expect(new Filling(fours, false).plan).toBe(fours);
});

it.each(['sgd', 'adam'] as const)('changes nothing of what %s learns', async (optimizer) => {
  await useBackend('wasm');
  const expected = await train(odd, createReferenceStep, { optimizer });
  const step = await train(odd, (options) => createWasmStep(options, { ...nodeKernels, threads: 2 }), { optimizer });
  expectSame(step, expected);
});
