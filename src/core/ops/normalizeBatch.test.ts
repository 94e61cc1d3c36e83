import { add, grads, keep, mean, mul, rsqrt, square, sub, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectNoLeaks } from '../../../tests/support/backends';
import { expectClose, finiteDifferences, normals } from '../../../tests/support/numbers';
import { normalizeBatch } from './normalizeBatch';

const EPSILON = 1e-3;

/** The same from tfjs operations with autograd. */
function obvious(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const axes = [...Array(x.rank - 1).keys()];
  const average = mean(x, axes);
  const variance = mean(square(sub(x, average)), axes);
  return add(mul(mul(sub(x, average), rsqrt(add(variance, EPSILON))), gamma), beta);
}

describeOnBackends('batch norm', ['cpu', 'wasm'], () => {
  expectNoLeaks();

  it.each([
    [4, 3, 3, 5],
    [2, 8, 8, 16],
    [7, 3],
  ])('equals the same made of small operations, in value and gradient, for shape %s', async (...shape) => {
    const channels = shape.at(-1) as number;
    const inputs = tidy(() => [
      tensor(normals(shape.reduce((a, b) => a * b)), [...shape]),
      tensor(normals(channels, 2)),
      tensor(normals(channels, 3)),
    ]);
    const weight = tensor(
      normals(
        shape.reduce((a, b) => a * b),
        4,
      ),
      [...shape],
    );
    const [x, gamma, beta] = inputs as [Tensor, Tensor, Tensor];
    const value = tidy(() => normalizeBatch(x, gamma, beta, EPSILON, () => {}));
    const expected = tidy(() => obvious(x, gamma, beta));
    await expectClose(value, expected, 1e-5, 'value');
    const actualGradients = grads((...args: Tensor[]) =>
      sum(
        mul(
          normalizeBatch(args[0] as Tensor, args[1] as Tensor, args[2] as Tensor, EPSILON, () => {}),
          weight,
        ),
      ),
    )(inputs);
    const expectedGradients = grads((...args: Tensor[]) =>
      sum(mul(obvious(args[0] as Tensor, args[1] as Tensor, args[2] as Tensor), weight)),
    )(inputs);
    expect(actualGradients).toHaveLength(expectedGradients.length);
    for (const [index, gradient] of actualGradients.entries())
      await expectClose(gradient, expectedGradients[index] as Tensor, 1e-4, `gradient ${index}`);
    [...inputs, weight, value, expected, ...actualGradients, ...expectedGradients].forEach((t) => t.dispose());
  });

  it('reports the mean and the uncorrected variance of the batch', async () => {
    const x = tensor([1, 10, 3, 30], [2, 2]);
    const one = tensor([1, 1]);
    const reported: Tensor[] = [];
    const y = tidy(() => normalizeBatch(x, one, one, EPSILON, (...statistics) => reported.push(...statistics.map((t) => keep(t.clone())))));
    const seen = await Promise.all(reported.map(async (t) => Array.from(await t.data())));
    expect(seen).toEqual([
      [2, 20],
      [1, 100],
    ]);
    [x, one, y, ...reported].forEach((t) => t.dispose());
  });
});

describe('the batch-norm gradient', () => {
  it('agrees with finite differences in double precision', async () => {
    const [rows, channels] = [6, 2];
    const x = normals(rows * channels);
    const gamma = [1.3, -0.7];
    const weight = normals(rows * channels, 5);
    /** Sum of weight times normalised x, in double precision. */
    const loss = (values: Float64Array) => {
      let total = 0;
      for (let c = 0; c < channels; c++) {
        const column = Array.from({ length: rows }, (_, r) => values[r * channels + c] as number);
        const average = column.reduce((a, b) => a + b) / rows;
        const variance = column.reduce((a, b) => a + (b - average) ** 2, 0) / rows;
        column.forEach(
          (value, r) =>
            (total += ((weight[r * channels + c] as number) * (gamma[c] as number) * (value - average)) / Math.sqrt(variance + EPSILON)),
        );
      }
      return total;
    };
    const expected = finiteDifferences(loss, x, 1e-5);
    const input = tensor(x, [rows, channels]);
    const [gradient] = grads((value: Tensor) =>
      sum(
        mul(
          normalizeBatch(value, tensor(gamma), tensor([0, 0]), EPSILON, () => {}),
          tensor(weight, [rows, channels]),
        ),
      ),
    )([input]);
    await expectClose(gradient as Tensor, expected, 1e-4);
  });
});
