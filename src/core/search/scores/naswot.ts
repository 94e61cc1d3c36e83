import { add, div, greater, matMul, reshape, tensor, tidy, where, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { cholesky, logDeterminant, type Matrix } from '../../cholesky';
import { forward, plain } from '../../network/forward';
import { read } from '../training/readout';
import type { Weights } from '../../network/parameters';
import type { Score } from './score';

/**
 * How differently a network with its initial weights treats examples: ln det K, where K(i, j) is the number of rectifiers that are
 * on for both examples i and j or off for both. Batch norms use the statistics of these examples. Without a unit; -Infinity where two
 * examples switch every rectifier alike.
 *
 * Source: Mellor et al., arXiv 2006.04647, equation 2 and the end of section 3.
 */
export const naswot: Score = {
  id: 'naswot',
  most: 200,
  async of({ plan, weights, examples }) {
    const count = examples.length / plan.network.input.reduce((size, extent) => size * extent, 1);
    const values = weights();
    const kernel = tidy(() => {
      let agreeing: Tensor2D = zeros([count, count]);
      forward(plan, tensor(examples, [count, ...plan.network.input]), {
        ...plain,
        batchNorm: 'batch',
        training: false,
        parameter: (name) => valueOf(values[name] as Weights[string]),
        onOutput: ({ attributes }, output) => {
          if (attributes.op === 'relu') agreeing = add(agreeing, agreement(reshape(output, [count, -1])));
        },
      });
      return agreeing;
    });
    const lower = cholesky(rowsOf(await read(kernel), count));
    return lower ? logDeterminant(lower) : -Infinity;
  },
};

/** Of the columns, how many are above 0 in both rows or in neither, for every pair of rows. */
function agreement(outputs: Tensor): Tensor2D {
  const [, columns = 0] = outputs.shape;
  const signs = where(greater(outputs, 0), 1, -1) as Tensor2D;
  return div(add(matMul(signs, signs, false, true), columns), 2);
}

const valueOf = ({ shape, data }: Weights[string]): Tensor => tensor(data as Float32Array, shape as [number]);

function rowsOf(values: Float32Array, size: number): Matrix {
  return Array.from({ length: size }, (_, row) => [...values.subarray(row * size, (row + 1) * size)]);
}
