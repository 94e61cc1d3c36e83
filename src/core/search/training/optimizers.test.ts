import { tensor1d, tidy, variable, type Variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeaks, useBackend } from '../../../../tests/support/backends';
import type { OptimizerKind } from '../../config/searchConfig';
import { createOptimizer } from './optimizers';

beforeAll(() => useBackend('cpu'));

const [START, GRADIENTS, DECAY] = [2, [0.5, -1, 0.25, 3], 0.1];
const rateOf = (step: number) => (step < 2 ? 0.1 : 0.02);

/** The same in plain numbers, by the textbooks' formulas. */
const expected: Readonly<Record<OptimizerKind, () => number[]>> = {
  sgd: () => moved((g) => g),
  momentum() {
    let v = 0;
    return moved((g) => (v = 0.9 * v + g));
  },
  adam() {
    let [m, v] = [0, 0];
    return moved((g, step) => {
      [m, v] = [0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g];
      return m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
    });
  },
};

function moved(direction: (gradient: number, step: number) => number): number[] {
  let value = START;
  return GRADIENTS.map((gradient, step) => (value -= rateOf(step) * direction(gradient + DECAY * value, step + 1)));
}

describe.each(Object.entries(expected))('%s', (kind, numbers) => {
  expectNoLeaks();

  const steps = async (from: number, to: number, of: Variable, optimizer: ReturnType<typeof createOptimizer>) => {
    const values: number[] = [];
    for (let step = from; step < to; step++) {
      const gradient = tensor1d([GRADIENTS[step] as number]);
      optimizer.apply(new Map([['w', gradient]]), new Map([['w', of]]), rateOf(step));
      gradient.dispose();
      values.push(...(await of.data()));
    }
    return values;
  };

  it('moves a variable as its formula says, and goes on from its state', async () => {
    const w = tidy(() => variable(tensor1d([START])));
    const first = createOptimizer(kind as OptimizerKind, DECAY);
    const values = await steps(0, 2, w, first);
    const second = createOptimizer(kind as OptimizerKind, DECAY);
    second.restore(await first.state(), new Map([['w', w]]));
    first.dispose();
    values.push(...(await steps(2, GRADIENTS.length, w, second)));
    second.dispose();
    numbers().forEach((value, step) => expect(values[step], `step ${step}`).toBeCloseTo(value, 5));
    w.dispose();
  });

  it('leaves a variable without a gradient as it is, and counts no step for it', async () => {
    const [w, other] = [START, START].map((value) => tidy(() => variable(tensor1d([value])))) as [Variable, Variable];
    const optimizer = createOptimizer(kind as OptimizerKind, DECAY);
    const others = new Map([['other', tensor1d([1])]]);
    const values: number[] = [];
    for (let step = 0; step < GRADIENTS.length; step++) {
      optimizer.apply(
        others,
        new Map([
          ['w', w],
          ['other', other],
        ]),
        rateOf(step),
      );
      values.push(...(await steps(step, step + 1, w, optimizer)));
    }
    numbers().forEach((value, step) => expect(values[step], `step ${step}`).toBeCloseTo(value, 5));
    for (const tensor of [...others.values(), w, other]) tensor.dispose();
    optimizer.dispose();
  });
});
