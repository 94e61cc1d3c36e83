/** A linear autoencoder, which shows how hard it is to tell unusual examples from usual ones. */
import { createRandom } from '../random';
import type { Dataset } from './dataset';
import { addScaled, dot } from './vectors';

/** Numbers that it keeps of an example: as many as MLPerf Tiny's autoencoder has units in its narrowest layer. */
export const COMPONENTS = 8;
/** Rounds of orthogonal iteration. */
const ROUNDS = 60;

/**
 * The mean squared difference between each test example and its projection on the first principal components of the training examples,
 * which is the least error that an autoencoder without activation functions can have on these. It is in the values' own units: a
 * normalisation that all values share only scales it.
 * @param components how many; there must be fewer than values in an example
 */
export function linearErrors({ train, test, shape }: Pick<Dataset, 'train' | 'test' | 'shape'>, components = COMPONENTS): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const mean = new Float64Array(size);
  train.values.forEach((value: number, index: number) => {
    mean[index % size] = (mean[index % size] as number) + value / train.count;
  });
  const axes = principalAxes(covariance(train.values, mean), size, components);
  const row = new Float64Array(size);
  return Float32Array.from({ length: test.count }, (_, index) => {
    for (let at = 0; at < size; at++) row[at] = (test.values[index * size + at] as number) - (mean[at] as number);
    // The axes are orthogonal, so that what is left is perpendicular to all of them.
    for (const axis of axes) addScaled(row, axis, -dot(row, axis));
    return dot(row, row) / size;
  });
}

/** The sums of products of each two centred values, row by row: the covariance times the number of examples. */
function covariance(values: ArrayLike<number>, mean: Float64Array): Float64Array {
  const size = mean.length;
  const sums = new Float64Array(size * size);
  const row = new Float64Array(size);
  for (let start = 0; start < values.length; start += size) {
    for (let at = 0; at < size; at++) row[at] = (values[start + at] as number) - (mean[at] as number);
    for (let at = 0; at < size; at++) {
      const scale = row[at] as number;
      // It is symmetric, so half of it is enough here.
      for (let other = at; other < size; other++) {
        const place = at * size + other;
        sums[place] = (sums[place] as number) + scale * (row[other] as number);
      }
    }
  }
  for (let at = 0; at < size; at++) for (let other = 0; other < at; other++) sums[at * size + other] = sums[other * size + at] as number;
  return sums;
}

/**
 * Eigenvectors of the greatest eigenvalues of a symmetric matrix, of length 1. Source: orthogonal iteration, Golub and Van Loan, Matrix
 * Computations, 4th edition, section 8.2.4.
 */
function principalAxes(matrix: Float64Array, size: number, count: number): Float64Array[] {
  const random = createRandom(1, 'principal axes');
  let axes = Array.from({ length: count }, () => Float64Array.from({ length: size }, () => random.normal()));
  for (let round = 0; round < ROUNDS; round++) {
    axes = axes.map((axis) => axis.map((_, at) => dot(matrix.subarray(at * size, (at + 1) * size), axis)));
    axes.forEach((axis, index) => {
      for (const earlier of axes.slice(0, index)) addScaled(axis, earlier, -dot(axis, earlier));
      const length = Math.sqrt(dot(axis, axis));
      for (let at = 0; at < size; at++) axis[at] = (axis[at] as number) / (length || 1);
    });
  }
  return axes;
}
