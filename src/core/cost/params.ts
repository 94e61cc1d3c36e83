import type { LayerRow } from './layerTable';
import { channels, term, type CostTerm } from './terms';

/** Trainable weights and biases of a layer, batch norm left out. Source: PLiNIO, cost/params.py. */
export function params(row: LayerRow): CostTerm[] {
  return [...weights(row), ...(row.bias ? [term(1, null, channels)] : [])];
}

/** Weights of a layer without biases. */
export function weights({ kind, kernel }: LayerRow): CostTerm[] {
  const area = kernel[0] * kernel[1];
  switch (kind) {
    case 'conv2d':
    case 'dense':
      return [term(area, channels, channels)];
    case 'depthwiseConv2d':
      return [term(area, null, channels)];
    case 'batchNorm':
      return [];
    default:
      return kind satisfies never;
  }
}
