import { describe, expect, it } from 'vitest';
import { cholesky, logDeterminant, solve, type Matrix } from './cholesky';

const matrix: Matrix = [
  [4, 2, -2],
  [2, 10, 2],
  [-2, 2, 5],
];

describe('the Cholesky decomposition', () => {
  it('is the one worked out by hand', () => {
    expect(cholesky(matrix)).toEqual([[2], [1, 3], [-1, 1, Math.sqrt(3)]]);
  });

  it('gives the determinant and solves', () => {
    const lower = cholesky(matrix) as Matrix;
    // 2² · 3² · 3
    expect(logDeterminant(lower)).toBeCloseTo(Math.log(108), 12);
    const x = [1, -2, 3];
    const right = matrix.map((row) => row.reduce((sum, value, at) => sum + value * (x[at] as number), 0));
    solve(lower, right).forEach((value, at) => expect(value).toBeCloseTo(x[at] as number, 12));
  });

  it('says where there is none', () => {
    expect(
      cholesky([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
    expect(cholesky([[NaN]])).toBeNull();
  });
});
