/** The Cholesky decomposition of small symmetric matrices, for what little linear algebra the core does outside tensors. */

/** A square matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** A pivot below this share of its diagonal is a rounding error of 0. */
const LEAST_PIVOT = 1e-12;

/** The lower triangle L with L·Lᵀ = matrix; null if the matrix is not positive definite. */
export function cholesky(matrix: Matrix): Matrix | null {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    for (let j = 0; j < i; j++) own.push(((row[j] as number) - dot(own, lower[j] as number[], j)) / (lower[j]?.[j] as number));
    const pivot = (row[i] as number) - dot(own, own, i);
    if (!(pivot > LEAST_PIVOT * (row[i] as number))) return null;
    lower.push([...own, Math.sqrt(pivot)]);
  }
  return lower;
}

/** The logarithm of the determinant of L·Lᵀ. */
export function logDeterminant(lower: Matrix): number {
  return lower.reduce((sum, row, i) => sum + 2 * Math.log(row[i] as number), 0);
}

/** The x with L·Lᵀ·x = right. */
export function solve(lower: Matrix, right: readonly number[]): number[] {
  const y: number[] = [];
  for (const [i, row] of lower.entries()) y.push(((right[i] as number) - dot(row, y, i)) / (row[i] as number));
  const x = [...y];
  for (let i = lower.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < lower.length; j++) x[i] = (x[i] as number) - (lower[j]?.[i] as number) * (x[j] as number);
    x[i] = (x[i] as number) / (lower[i]?.[i] as number);
  }
  return x;
}

/** The product of the first elements. */
function dot(a: readonly number[], b: readonly number[], count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
