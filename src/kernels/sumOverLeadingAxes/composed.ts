import { avgPool, mul, reshape, util, type KernelConfig, type Rank, type Tensor } from '@tensorflow/tfjs-core';

/** With fewer values than this the stock kernel is as fast. */
const WORTHWHILE = 4096;
/** Rows per partial sum: a limit here bounds the rounding error of a sum in single precision. */
const CHUNK = 1024;

/**
 * Sums per channel (over every axis but the last) through average pooling. Batch norm and bias gradients need this sum, and the
 * WASM backend's own kernel transposes the whole input first, which takes about ten times as long. Other sums use the stock kernel.
 *
 * @param stock the backend's own kernel; its set-up runs as before
 */
export function sumOverLeadingAxes(stock: KernelConfig): Omit<KernelConfig, 'backendName'> {
  return {
    ...stock,
    kernelFunc(params) {
      const x = params.inputs.x as Tensor;
      const { axis, keepDims } = params.attrs as unknown as { axis: number | number[]; keepDims: boolean };
      const axes = util.parseAxisParam(axis, x.shape);
      const leading = axes.length === x.rank - 1 && !axes.includes(x.rank - 1);
      const channels = x.shape.at(-1) as number;
      const rows = x.size / channels;
      if (!leading || x.dtype !== 'float32' || x.size < WORTHWHILE || rows % 2 !== 0) return stock.kernelFunc(params);
      const chunk = largestDivisor(rows, CHUNK);
      const means = avgPool(reshape<Rank.R4>(x, [rows / chunk, chunk, 1, channels]), [chunk, 1], 1, 'valid');
      const partial = mul(reshape(means, [rows / chunk, channels]), chunk);
      const total = stock.kernelFunc({ ...params, inputs: { x: partial }, attrs: { axis: 0, keepDims: false } }) as Tensor;
      return { dataId: total.dataId, dtype: total.dtype, shape: keepDims ? [...axes.map(() => 1), channels] : [channels] };
    },
  };
}

function largestDivisor(value: number, bound: number): number {
  for (let divisor = Math.min(bound, value); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}
