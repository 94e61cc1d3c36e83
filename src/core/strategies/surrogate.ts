/**
 * Predicts the loss of networks that were not tried from those that were: an ensemble of ridge regressions, each fitted to a resample.
 * Its members agree where there is data and differ where there is none. The idea is that of AnalogNAS (Benmeziane et al., arXiv
 * 2305.10459) and HyT-NAS (Mecharbat et al., arXiv 2303.04440), which fit larger models to more networks.
 */
import { cholesky, solve, type Matrix } from '../cholesky';
import type { Random } from '../random';
import type { Code, Networks } from '../search/networks/networks';

const MEMBERS = 8;

/** Pull of the coefficients to 0, in examples. It makes every system solvable. */
const RIDGE = 1;

export interface Prediction {
  readonly mean: number;
  /** Standard deviation over the members. */
  readonly spread: number;
}

/** A code as numbers: per place a 1 for its candidate among zeros, or per channel group the share of its channels that stays. */
export function featuresOf({ kind, options }: Pick<Networks, 'kind' | 'options'>, code: Code): number[] {
  return kind === 'candidates'
    ? options.flatMap((count, place) => Array.from({ length: count }, (_, candidate) => Number(code[place] === candidate)))
    : options.map((count, group) => ((code[group] as number) + 1) / count);
}

/** Fits an ensemble to rows of features and their values. There must be at least one row. */
export function fitEnsemble(rows: Matrix, values: readonly number[], random: Random): (row: readonly number[]) => Prediction {
  const members = Array.from({ length: MEMBERS }, () => {
    const drawn = rows.map(() => random.integer(rows.length));
    return fitRidge(
      drawn.map((at) => rows[at] as readonly number[]),
      drawn.map((at) => values[at] as number),
      RIDGE,
    );
  });
  return (row) => {
    const predicted = members.map((member) => member(row));
    const mean = meanOf(predicted);
    return { mean, spread: Math.sqrt(meanOf(predicted.map((value) => (value - mean) ** 2))) };
  };
}

/** The linear function with the least squared error plus `ridge` times its squared coefficients; its constant is free. */
export function fitRidge(rows: Matrix, values: readonly number[], ridge: number): (row: readonly number[]) => number {
  const centre = (rows[0] as readonly number[]).map((_, column) => meanOf(rows.map((row) => row[column] as number)));
  const mean = meanOf(values);
  const centred = (row: readonly number[]) => row.map((value, column) => value - (centre[column] as number));
  const moved = rows.map(centred);
  const moments = centre.map((_, i) =>
    centre.map((__, j) => moved.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), i === j ? ridge : 0)),
  );
  const right = centre.map((_, i) => moved.reduce((sum, row, at) => sum + (row[i] as number) * ((values[at] as number) - mean), 0));
  const coefficients = solve(cholesky(moments) as Matrix, right);
  return (row) => centred(row).reduce((sum, value, at) => sum + value * (coefficients[at] as number), mean);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
