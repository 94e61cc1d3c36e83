/**
 * Layers as the seed networks, the spaces, the benchmarks and the tests write them. Only types are imported, because the main thread
 * reads seed networks but must not load operations.
 */
import type { Attributes } from '../ops/index';
import type { Padding, Pair } from '../ops/window';
import type { Layer } from './network';

/** Batch norm as PyTorch has it. */
export const batchNorm: Attributes = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };
/**
 * Batch norm with the epsilon of Keras. Its running statistics follow as fast as PyTorch's: with Keras's momentum of 0.99 they lag
 * hundreds of steps behind, more than a short training has.
 */
export const kerasBatchNorm: Attributes = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-3 };
export const relu: Attributes = { op: 'relu' };

/** @param kernel one number for a square; the stride likewise */
export function conv(
  filters: number,
  kernel: Pair | number,
  stride: Pair | number = 1,
  padding = around(kernel),
  bias = false,
): Attributes {
  return { op: 'conv2d', filters, kernel: square(kernel), stride: square(stride), padding, bias };
}

/** @param kernel one number for a square; the stride likewise */
export function depthwise(kernel: Pair | number, stride: Pair | number = 1, padding = around(kernel), bias = false): Attributes {
  return { op: 'depthwiseConv2d', kernel: square(kernel), stride: square(stride), padding, bias };
}

const square = (extent: Pair | number): Pair => (typeof extent === 'number' ? [extent, extent] : extent);

/** The padding with which a kernel of odd extents and stride 1 keeps a picture's size. */
function around(kernel: Pair | number): Padding {
  const [height, width] = square(kernel);
  const edges = (extent: number): [number, number] => [(extent - 1) / 2, (extent - 1) / 2];
  return [edges(height), edges(width)];
}

/** Layers one after the other, each with its name; the first reads `from`. */
export function inRow(from: string, layers: readonly (readonly [id: string, attributes: Attributes])[]): Layer[] {
  return layers.map(([id, attributes], index) => ({ ...attributes, id, inputs: [layers[index - 1]?.[0] ?? from] }));
}
