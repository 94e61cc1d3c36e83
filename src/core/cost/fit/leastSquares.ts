/** Least squares without negative coefficients. */

/** Coordinate descent stops when no coefficient moves by more than this share of the largest one. */
const PRECISION = 1e-12;
const MOST_SWEEPS = 20_000;

/**
 * The x >= 0 that minimises |A x - b|, by coordinate descent: each coefficient in turn moves to its own optimum, but not below 0,
 * until none moves. The problem is convex, so this ends at the global minimum.
 *
 * @param rows A, one row per equation; its columns should be of about the same size and none may be all 0
 */
export function nonNegativeLeastSquares(rows: readonly (readonly number[])[], b: readonly number[]): number[] {
  const count = rows[0]?.length ?? 0;
  const column = (index: number) => rows.map((row) => row[index] as number);
  const columns = Array.from({ length: count }, (_, index) => column(index));
  const squares = columns.map((values) => dot(values, values));
  const x = new Array<number>(count).fill(0);
  const left = [...b];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = 0;
    columns.forEach((values, index) => {
      const before = x[index] as number;
      const after = Math.max(0, before + dot(values, left) / (squares[index] as number));
      if (after === before) return;
      x[index] = after;
      values.forEach((value, row) => (left[row] = (left[row] as number) - value * (after - before)));
      moved = Math.max(moved, Math.abs(after - before));
    });
    if (moved <= PRECISION * Math.max(...x)) break;
  }
  return x;
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, index) => total + value * (b[index] as number), 0);
}
