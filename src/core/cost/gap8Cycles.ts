import type { LayerRow } from './layerTable';
import { blocks } from './rounding';
import { blocksOf, channels, term, type CostTerm } from './terms';

/**
 * Cycles on the eight cores of GAP8 as PLiNIO models the PULP-NN kernels (cost/gap8_latency.py, after
 * ieeexplore.ieee.org/document/8445101): a convolution works on 2 rows by 8 columns at a time, copies its input window
 * (im2col) and multiplies four output channels by four inputs. Memory transfers, biases, batch norm,
 * sums and pooling are not counted.
 */
export function gap8Cycles({ kind, kernel, output }: LayerRow): CostTerm[] {
  const area = kernel[0] * kernel[1];
  const [height, width] = output;
  switch (kind) {
    case 'conv2d': {
      const tiles = blocks(height, 2) * blocks(width, 8);
      const im2col = term(tiles * 2 * area, channels, null);
      const product = term(tiles * 14, blocksOf(4, area), blocksOf(4));
      const overhead = term(tiles * (5 + 10), null, blocksOf(4));
      return [im2col, product, overhead];
    }
    case 'depthwiseConv2d':
      return [term(4 * height * width * area, null, blocksOf(4))];
    case 'dense':
      return [term(1, blocksOf(2), blocksOf(4))];
    case 'batchNorm':
      return [];
    default:
      return kind satisfies never;
  }
}
