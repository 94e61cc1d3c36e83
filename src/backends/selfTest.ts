/**
 * Checks at the start that a backend computes gradients correctly, since some graphics drivers silently return zeros or nonsense.
 * It compares the gradients of a small strided convolution with batch norm on the backend with those on the CPU.
 */
import {
  conv2d,
  grads,
  mul,
  relu,
  setBackend,
  sum,
  tensor1d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { word } from '../core/language/say';
import { normalizeBatch } from '../core/ops/normalizeBatch';
import { createRandom } from '../core/random';

/** What is said when a gradient is wrong, in the order of `gradientsOn`; in English. */
const wrong: readonly string[] = [
  word('its gradient of the input is wrong (self-test against the CPU)'),
  word('its gradient of the kernel is wrong (self-test against the CPU)'),
  word('its gradient of the scale is wrong (self-test against the CPU)'),
  word('its gradient of the offset is wrong (self-test against the CPU)'),
];

/** Largest accepted difference, relative to the largest entry. Differences by rounding are about a hundred times smaller. */
const TOLERANCE = 1e-3;

/**
 * Needs the cpu backend to be registered. Leaves the tested backend active.
 * @returns null when all gradients agree, else what is wrong, in English
 */
export async function selfTest(backendName: string): Promise<string | null> {
  const expected = await gradientsOn('cpu');
  const actual = await gradientsOn(backendName);
  for (const [index, values] of expected.entries()) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[index]?.[i] ?? NaN))), 0);
    // NaN fails this comparison, so it is reported as well.
    if (!(worst <= TOLERANCE * largest)) return wrong[index] as string;
  }
  return null;
}

async function gradientsOn(backendName: string): Promise<Float32Array[]> {
  await setBackend(backendName);
  const random = createRandom(1, 'self-test');
  const values = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const results = tidy(() => {
    const x = tensor4d(values(2 * 9 * 9 * 5), [2, 9, 9, 5]);
    const kernel = tensor4d(values(3 * 3 * 5 * 6), [3, 3, 5, 6]);
    const scale = tensor1d(values(6));
    const offset = tensor1d(values(6));
    const weights = tensor4d(values(2 * 5 * 5 * 6), [2, 5, 5, 6]);
    const loss = (...args: Tensor[]) => {
      const [image, filter, gamma, beta] = args as [Tensor4D, Tensor4D, Tensor1D, Tensor1D];
      const convolved = conv2d(image, filter, 2, [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]);
      return sum(mul(relu(normalizeBatch(convolved, gamma, beta, 1e-5, () => {})), weights));
    };
    return grads(loss)([x, kernel, scale, offset]);
  });
  const read = await Promise.all(results.map((result) => result.data() as Promise<Float32Array>));
  for (const result of results) result.dispose();
  return read;
}
