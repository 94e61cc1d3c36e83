import type { LayerRow } from './layerTable';
import { params } from './params';

/** Multiply-accumulates for one input; a bias counts as one per output value. Source: PLiNIO, cost/ops.py. */
export function macs(row: LayerRow): number {
  return params(row) * row.output[0] * row.output[1];
}
