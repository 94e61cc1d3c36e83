/** Functions that round on the way forward and let gradients pass as if they had not. */
import {
  add,
  argMax,
  cast,
  customGrad,
  div,
  floor,
  greater,
  oneHot,
  reshape,
  sub,
  where,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/**
 * How many blocks of n cover x, entry by entry: floor((x + n - 1) / n), which for whole x is ceil(x / n). Its gradient to x
 * is 1, not 1 / n, as in PLiNIO.
 *
 * @param sizes n per entry; 0 leaves the entry as it is
 */
export function roundUpToBlocks(x: Tensor1D, sizes: Tensor1D): Tensor1D {
  const round = customGrad((...args) => {
    const value = args[0] as Tensor1D;
    const blocks = floor(div(add(value, sub(sizes, 1)), sizes));
    return { value: where(greater(sizes, 0), blocks, value), gradFunc: (dy: Tensor) => [dy] };
  });
  return round(x) as Tensor1D;
}

/** 1 where x exceeds the threshold, else 0; its gradient is 1 everywhere. */
export function binarize(x: Tensor1D, threshold: number): Tensor1D {
  const round = customGrad((...args) => ({
    value: cast(greater(args[0] as Tensor1D, threshold), 'float32'),
    gradFunc: (dy: Tensor) => [dy],
  }));
  return round(x) as Tensor1D;
}

/** 1 at the largest entry (the first of equals), 0 elsewhere; its gradient is 1 everywhere. */
export function largestOnly(x: Tensor1D): Tensor1D {
  const round = customGrad((...args) => ({
    // The index of a vector's largest entry has rank 0, on WebGPU rank 1.
    value: cast(reshape(oneHot(argMax(args[0] as Tensor1D), x.shape[0]), x.shape), 'float32'),
    gradFunc: (dy: Tensor) => [dy],
  }));
  return round(x) as Tensor1D;
}
