/** What every built-in data set must keep to, and measures of how hard one is. */
import { expect } from 'vitest';
import { exampleAt, type Dataset, type Examples } from '../../src/core/data/dataset';

/** The same seed gives the same examples, a longer set starts with the shorter one, and another seed gives others. */
export function expectRepeatable(make: (trainCount: number, testCount: number, seed: number) => Dataset): void {
  const [short, again, long, other] = [make(6, 4, 1), make(6, 4, 1), make(10, 8, 1), make(6, 4, 2)];
  for (const part of ['train', 'test'] as const) {
    const [a, b] = [short[part], long[part]];
    expect(b.count).toBeGreaterThan(a.count);
    expect(sameNumbers(b.values.subarray(0, a.values.length), a.values)).toBe(true);
    expect(sameNumbers(b.labels.subarray(0, a.count), a.labels)).toBe(true);
    expect(sameNumbers(other[part].values, a.values)).toBe(false);
    expect(sameNumbers(again[part].values, a.values)).toBe(true);
  }
}

/** Much faster than `toEqual` on pictures and sounds. */
const sameNumbers = (a: Examples['values'], b: Examples['values']) =>
  a.length === b.length && a.every((value: number, index: number) => value === b[index]);

/** Every example occurs once, so that no training example is tested. */
export function expectAllDifferent(dataset: Dataset): void {
  const keys = [dataset.train, dataset.test].flatMap((examples) =>
    Array.from({ length: examples.count }, (_, index) => exampleAt(dataset, examples, index).join()),
  );
  expect(new Set(keys).size).toBe(keys.length);
}

export function expectBalanced({ classNames }: Dataset, { labels, count }: Examples): void {
  const counts = classNames.map((_, label) => labels.filter((value) => value === label).length);
  for (const found of counts) expect(Math.abs(found - count / classNames.length)).toBeLessThan(1);
}

/** Mean and mean square of each channel of a picture: its colour, lightness and contrast. */
export function colours(picture: Uint8Array | Float32Array): number[] {
  const sums = [0, 0, 0, 0, 0, 0];
  picture.forEach((value: number, index: number) => {
    sums[index % 3] = (sums[index % 3] as number) + value;
    sums[3 + (index % 3)] = (sums[3 + (index % 3)] as number) + value * value;
  });
  return sums;
}

/** The share of pairs of a faulty and a normal recording in which the faulty one has the higher score: the area under the ROC curve. */
export function areaUnderCurve(scores: readonly number[], faulty: readonly boolean[]): number {
  const [high, low] = [true, false].map((wanted) => scores.filter((_, index) => faulty[index] === wanted)) as [number[], number[]];
  const won = high.flatMap((score) => low.map((other): number => (score > other ? 1 : score === other ? 0.5 : 0)));
  return won.reduce((sum, one) => sum + one, 0) / won.length;
}
