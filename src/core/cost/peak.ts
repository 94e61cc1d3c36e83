import { cast, customGrad, div, equal, max, mul, sum, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

/** The largest value, with its gradient shared evenly by all values that are the largest. */
export const peak = customGrad((x, save) => {
  const values = x as Tensor1D;
  const value = max(values);
  (save as (tensors: Tensor[]) => void)([values, value]);
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [all, top] = saved as [Tensor1D, Scalar];
      const where = cast(equal(all, top), 'float32');
      return mul(dy, div(where, sum(where)));
    },
  };
}) as unknown as (values: Tensor1D) => Scalar;
