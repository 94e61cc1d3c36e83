import type { LayerRow } from './layerTable';

/** Trainable weights and biases of a layer, batch norm left out. Source: PLiNIO, cost/params.py. */
export function params(row: LayerRow): number {
  return weights(row) + (row.bias ? row.outChannels : 0);
}

/** Weights of a layer without biases. */
export function weights({ kind, inChannels, outChannels, kernel }: LayerRow): number {
  const area = kernel[0] * kernel[1];
  switch (kind) {
    case 'conv2d':
    case 'dense':
      return outChannels * inChannels * area;
    case 'depthwiseConv2d':
      return outChannels * area;
    case 'batchNorm':
      return 0;
    default:
      return kind satisfies never;
  }
}
