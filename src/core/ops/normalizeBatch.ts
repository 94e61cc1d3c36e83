/**
 * Batch norm with the statistics of the batch, and its gradient in closed form. tfjs's autograd would get the same
 * numbers by about twenty small operations per layer. `normalizeBatch.test.ts` compares the two.
 */
import {
  add,
  customGrad,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * @param x any rank; the last axis holds the channels
 * @param gamma scale per channel
 * @param beta offset per channel
 * @param report receives mean and variance per channel, which the surrounding tidy disposes
 */
export function normalizeBatch(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
  report: (mean: Tensor, variance: Tensor) => void,
): Tensor {
  const channels = x.shape.at(-1) as number;
  const normalize = customGrad((...args) => {
    const [flat, scale, offset] = args.slice(0, 3) as [Tensor2D, Tensor1D, Tensor1D];
    const save = args[3] as unknown as GradSaveFunc;
    const count = flat.shape[0];
    const mean = mul(sum(flat, 0), 1 / count);
    const centred = sub(flat, mean);
    const variance = mul(sum(square(centred), 0), 1 / count);
    const inverse = rsqrt(add(variance, epsilon));
    const normalized = mul(centred, inverse);
    report(mean, variance);
    save([normalized, scale, inverse]);
    return { value: add(mul(normalized, scale), offset), gradFunc: normalizeGradient };
  });
  return reshape(normalize(reshape(x, [-1, channels]), gamma, beta), x.shape);
}

/**
 * With x^ the normalised input, s = gamma / sqrt(variance + epsilon) and means over the batch:
 * dx = s (dy - mean(dy) - x^ mean(dy x^)), dgamma = sum(dy x^), dbeta = sum(dy).
 * Source: Ioffe and Szegedy, Batch Normalization, 2015, section 3, terms collected.
 */
function normalizeGradient(dy: Tensor, saved: Tensor[]): Tensor[] {
  const [normalized, scale, inverse] = saved as [Tensor2D, Tensor1D, Tensor1D];
  const count = normalized.shape[0];
  const dBeta = sum(dy, 0);
  const dGamma = sum(mul(dy, normalized), 0);
  const correction = add(mul(normalized, mul(dGamma, 1 / count)), mul(dBeta, 1 / count));
  const dx = mul(sub(dy, correction), mul(scale, inverse));
  return [dx, dGamma, dBeta];
}
