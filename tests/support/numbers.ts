/** Numbers for tests: random values from a seed, and comparisons with a stated tolerance. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { createRandom } from '../../src/core/random';

/** Standard normal values from a fixed seed. */
export function normals(count: number, seed = 1): Float32Array {
  const random = createRandom(seed, 'test');
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Asserts that no value differs by more than `tolerance` times the largest expected one. */
export async function expectClose(actual: Tensor, expected: Tensor | ArrayLike<number>, tolerance: number, what = ''): Promise<void> {
  const a = await actual.data();
  const b = 'data' in expected ? await (expected as Tensor).data() : (expected as ArrayLike<number>);
  expect(a.length, `${what} number of values`).toBe(b.length);
  let scale = 0;
  let worst = 0;
  for (let i = 0; i < b.length; i++) {
    scale = Math.max(scale, Math.abs(b[i] as number));
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  expect(worst / Math.max(scale, 1e-30), `${what} relative deviation`).toBeLessThanOrEqual(tolerance);
}

/** Central differences of a scalar function of some numbers, in double precision if the function is. */
export function finiteDifferences(f: (x: Float64Array) => number, at: ArrayLike<number>, step: number): Float64Array {
  const x = Float64Array.from({ length: at.length }, (_, i) => at[i] as number);
  return x.map((value, i) => {
    x[i] = value + step;
    const above = f(x);
    x[i] = value - step;
    const below = f(x);
    x[i] = value;
    return (above - below) / (2 * step);
  });
}
