/** Shared by the WebGPU kernels of the combine operation: the table of branches and the coefficients of each. */
import { Coefficient } from './fields';

/** A row of a branch's coefficients, as long as the channels. */
export type CoefficientRow = Exclude<keyof typeof Coefficient, 'count'>;

/** A branch of `combineStatistics` and `combineGradients`, as a row of their table. Positions are in vectors of four. */
export interface BranchRow {
  /** 1 for a batch norm. */
  readonly normalized: number;
  readonly coefficientsAt: number;
  readonly sumsAt: number;
  readonly gammaAt: number;
  readonly betaAt: number;
  readonly movingMeanAt: number;
  readonly movingVarianceAt: number;
  /** The candidate whose weight the branch carries, -1 for weight 1. */
  readonly candidate: number;
  /** Position of the shares of the weight's gradient, one number per vector of channels; in numbers. */
  readonly sharesAt: number;
  /** Position of the channel factors among the weights, and of their gradient among the shares, -1 for none; in numbers. */
  readonly maskAt: number;
  readonly maskGradientAt: number;
  /** The share of the old running statistics that is kept. */
  readonly momentum: number;
  readonly epsilon: number;
}

const columns = [
  'normalized',
  'coefficientsAt',
  'sumsAt',
  'gammaAt',
  'betaAt',
  'movingMeanAt',
  'movingVarianceAt',
  'candidate',
  'sharesAt',
  'maskAt',
  'maskGradientAt',
  'momentum',
  'epsilon',
] as const satisfies readonly (keyof BranchRow)[];

/** Contents of the table; reals are stored as their bits. */
export function branchTable(rows: readonly BranchRow[]): Int32Array {
  const table = new Int32Array(rows.length * columns.length);
  const reals = new Float32Array(table.buffer);
  rows.forEach((row, index) =>
    columns.forEach((column, at) => {
      const place = index * columns.length + at;
      if (column === 'momentum' || column === 'epsilon') reals[place] = row[column];
      else table[place] = row[column];
    }),
  );
  return table;
}

/** Text that reads the mask of channel vector `c`: ones when the branch has no mask. */
export const readMask = `  var mask = vec4f(1);
  if (maskAt >= 0) {
    let first = maskAt + 4 * c;
    mask = vec4f(weights[first], weights[first + 1], weights[first + 2], weights[first + 3]);
  }`;

/** Text that reads some columns of a branch's row of the table into constants named after them. */
export const readBranch = (names: readonly (keyof BranchRow)[]) =>
  names
    .map((name) => {
      const value = `table[branch * ${columns.length} + ${columns.indexOf(name)}]`;
      return `  let ${name} = ${name === 'momentum' || name === 'epsilon' ? `bitcast<f32>(${value})` : value};`;
    })
    .join('\n');
