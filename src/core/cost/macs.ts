import type { LayerRow } from './layerTable';
import { params } from './params';
import type { CostTerm } from './terms';

/** Multiply-accumulates for one input; a bias counts as one per output value. Source: PLiNIO, cost/ops.py. */
export function macs(row: LayerRow): CostTerm[] {
  const pixels = row.output[0] * row.output[1];
  return params(row).map((term) => ({ ...term, constant: term.constant * pixels }));
}
