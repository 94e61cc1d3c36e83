import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import type { Examples } from './dataset';
import { linearErrors } from './linearAutoencoder';

const SIZE = 6;
const random = createRandom(1, 'test');
const examples = (rows: readonly (readonly number[])[]): Examples => ({
  count: rows.length,
  values: Float32Array.from(rows.flat()),
  labels: new Uint8Array(rows.length),
});
const rowOf = (make: (at: number) => number) => Array.from({ length: SIZE }, (_, at) => make(at));
const plane = [rowOf(() => random.normal()), rowOf(() => random.normal())] as const;
const centre = rowOf((at) => 10 + at);
/** A point of a plane that does not hold 0. */
const onPlane = (a: number, b: number) =>
  rowOf((at) => (centre[at] as number) + a * (plane[0][at] as number) + b * (plane[1][at] as number));

describe('the error of a linear autoencoder', () => {
  const train = examples(Array.from({ length: 40 }, () => onPlane(3 * random.normal(), random.normal())));
  const errors = (rows: readonly (readonly number[])[], components: number) => [
    ...linearErrors({ train, test: examples(rows), shape: [SIZE] }, components),
  ];

  it('is 0 on the plane that the training examples lie in, however far off', () => {
    for (const error of errors([onPlane(0, 0), onPlane(5, -7), onPlane(-100, 20)], 2)) expect(error).toBeLessThan(1e-6);
  });

  it('is the squared distance from that plane for each value of an example', () => {
    // What is left of any direction after the plane's own two are taken off.
    const [u, v] = plane;
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
    const less = (a: readonly number[], b: readonly number[], share: number) => a.map((value, at) => value - share * (b[at] as number));
    const w = less(v, u, dot(u, v) / dot(u, u));
    const start = rowOf((at) => (at === 0 ? 1 : 0));
    const off = less(less(start, u, dot(start, u) / dot(u, u)), w, dot(start, w) / dot(w, w));
    const [error] = errors([onPlane(2, 1).map((value, at) => value + 4 * (off[at] as number))], 2);
    expect(error).toBeCloseTo((16 * dot(off, off)) / SIZE, 4);
  });

  it('falls with every component on the training examples, from their variance on', () => {
    const noisy = examples(Array.from({ length: 50 }, () => rowOf((at) => (at + 1) * random.normal())));
    const means = [0, 1, 2, 3, 4, 5].map((components) => {
      const all = linearErrors({ train: noisy, test: noisy, shape: [SIZE] }, components);
      return all.reduce((sum, error) => sum + error, 0) / all.length;
    });
    const variance = rowOf((at) => {
      const column = Array.from({ length: 50 }, (_, row) => noisy.values[row * SIZE + at] as number);
      const mean = column.reduce((sum, value) => sum + value, 0) / 50;
      return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 50;
    });
    expect(means[0]).toBeCloseTo(variance.reduce((sum, value) => sum + value, 0) / SIZE, 4);
    for (let components = 1; components < SIZE; components++) expect(means[components]).toBeLessThan(means[components - 1] as number);
  });

  it('is the distance from the mean where the training examples are all alike', () => {
    const same = examples([centre, centre, centre]);
    const [far] = linearErrors({ train: same, test: examples([centre.map((value) => value + 2)]), shape: [SIZE] }, 2);
    expect(far).toBeCloseTo(4, 5);
  });
});
