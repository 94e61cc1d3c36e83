import { abs, grad, ones, sum, tensor, tidy, unstack, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { forward, plain } from '../../network/forward';
import type { Weights } from '../../network/parameters';
import { operationsOf } from '../../network/plan';
import { read } from '../training/readout';
import type { Score } from './score';

/**
 * The synaptic flow of the initial weights, as a logarithm: ln Σ |θ · ∂R/∂θ| over the kernels, where R is the sum of the outputs for
 * an input of ones when every kernel has its absolute values, biases are 0 and batch norms change nothing. Without a unit; it reads
 * no examples.
 *
 * A layer's output is linear in its kernel, and everything is positive. So a layer's share is the derivative of R with respect to
 * a factor on the layer's output, at 1 (Euler), and no gradient of a kernel is computed.
 *
 * Source: Tanaka et al., arXiv 2006.05467, equation 1; summed over a network by Abdelfattah et al., arXiv 2101.08134, section 3.2.
 */
export const synflow: Score = {
  id: 'synflow',
  most: 2000,
  async of({ plan, weights }) {
    const values = weights();
    const paths = plan.layers
      .flatMap(operationsOf)
      .filter(({ parameters }) => parameters.some(({ name }) => name === 'kernel'))
      .map(({ path }) => path);
    const flow = tidy(() => {
      const outputs = (factors: Tensor) => {
        const of = new Map(unstack(factors).map((factor, at) => [paths[at], factor]));
        return sum(
          forward(plan, ones([1, ...plan.network.input]), {
            ...plain,
            batchNorm: 'running',
            training: false,
            parameter: (name) => positive(name, values[name] as Weights[string]),
            mask: (path) => of.get(path),
          }),
        );
      };
      return sum(grad(outputs)(ones([paths.length])));
    });
    const [found] = await read(flow);
    return Math.log(found as number);
  },
};

function positive(name: string, { shape, data }: Weights[string]): Tensor {
  const value = tensor(data as Float32Array, shape as [number]);
  return name.endsWith('/kernel') ? abs(value) : name.endsWith('/bias') ? zerosLike(value) : value;
}
