import type { LayerRow } from './layerTable';
import { blocks } from './rounding';

/**
 * Cycles on the eight cores of GAP8 as PLiNIO models the PULP-NN kernels (cost/gap8_latency.py, after
 * ieeexplore.ieee.org/document/8445101): a convolution works on 2 rows by 8 columns at a time, copies its input window
 * (im2col) and multiplies four output channels by four inputs. Memory transfers, biases, batch norm,
 * sums and pooling are not counted.
 */
export function gap8Cycles({ kind, inChannels, outChannels, kernel, output }: LayerRow): number {
  const area = kernel[0] * kernel[1];
  const [height, width] = output;
  switch (kind) {
    case 'conv2d': {
      const im2col = 2 * area * inChannels;
      const product = blocks(outChannels, 4) * (5 + 14 * blocks(area * inChannels, 4) + 10);
      return blocks(height, 2) * blocks(width, 8) * (im2col + product);
    }
    case 'depthwiseConv2d':
      return 4 * blocks(outChannels, 4) * height * width * area;
    case 'dense':
      return blocks(inChannels, 2) * blocks(outChannels, 4);
    case 'batchNorm':
      return 0;
    default:
      return kind satisfies never;
  }
}
