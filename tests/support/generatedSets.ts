/** What every built-in data set must keep to, and a linear classifier that shows how hard one is. */
import { expect } from 'vitest';
import type { Dataset, Examples } from '../../src/core/data/dataset';

/** Steps of gradient descent. */
const STEPS = 40;

const sizeOf = ({ shape }: Pick<Dataset, 'shape'>) => shape.reduce((product, length) => product * length, 1);

/** The values of one example. */
export const exampleAt = (dataset: Pick<Dataset, 'shape'>, { values }: Examples, index: number) =>
  values.subarray(index * sizeOf(dataset), (index + 1) * sizeOf(dataset));

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

/**
 * The accuracy on the test examples of multinomial logistic regression, by default on the examples' own values.
 * @param features the numbers that it decides by
 */
export function linearAccuracy(
  dataset: Dataset,
  features: (example: Uint8Array | Float32Array) => ArrayLike<number> = (example) => example,
): number {
  const rows = (examples: Examples) =>
    Array.from({ length: examples.count }, (_, index) => Float64Array.from(features(exampleAt(dataset, examples, index))));
  const [train, test] = [rows(dataset.train), rows(dataset.test)];
  standardise(train, [...train, ...test]);
  const labels = dataset.classNames.map((_, label) => label);
  const size = (train[0] as Float64Array).length;
  const weights = labels.map(() => new Float64Array(size));
  const scoresOf = (row: Float64Array) => weights.map((of) => dot(of, row));
  for (let step = 0; step < STEPS; step++) {
    const shares = train.map((row) => softmax(scoresOf(row)));
    for (const label of labels) {
      const of = weights[label] as Float64Array;
      const change = of.map((weight) => -0.01 * weight);
      train.forEach((row, index) => {
        const error = Number(dataset.train.labels[index] === label) - (shares[index]?.[label] as number);
        addScaled(change, row, error / train.length);
      });
      addScaled(of, change, 5 / Math.sqrt(size));
    }
  }
  const right = test.filter((row, index) => {
    const scores = scoresOf(row);
    return scores.indexOf(Math.max(...scores)) === dataset.test.labels[index];
  });
  return right.length / test.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + scale * (from[at] as number);
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Brings all rows to mean 0 and deviation 1 of the training rows, feature by feature. */
function standardise(train: readonly Float64Array[], rows: readonly Float64Array[]): void {
  const size = (train[0] as Float64Array).length;
  for (let at = 0; at < size; at++) {
    const column = train.map((row) => row[at] as number);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length) || 1;
    for (const row of rows) row[at] = ((row[at] as number) - mean) / deviation;
  }
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
