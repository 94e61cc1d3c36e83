/** A linear classifier, which shows how hard a data set is. */
import { exampleAt, type Dataset, type Examples } from './dataset';
import { addScaled, dot } from './vectors';

/** Steps of gradient descent. */
const STEPS = 40;

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
