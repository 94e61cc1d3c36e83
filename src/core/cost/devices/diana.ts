import { word } from '../../language/say';
import { unfoldedBatchNorm } from '../flashBytes';
import type { LayerRow } from '../layerTable';
import { blocks } from '../rounding';
import { blocksOf, channels, term, type CostTerm } from '../terms';
import type { Device } from './device';

/** The digital accelerator of DIANA, 16 x 16 processing elements with 8-bit weights. */
export const diana: Device = {
  id: 'diana',
  name: 'DIANA, digital',
  // 260 MHz: PLiNIO, cost/diana_latency.py.
  clockHz: 260e6,
  flashBytes: null,
  ramBytes: null,
  powerW: null,
  fixedCycles: 0,
  source: word('PLiNIO, cost/diana_latency.py, after ieeexplore.ieee.org/document/9731716'),
  cycles: dianaCycles,
};

/**
 * Cycles as PLiNIO models them: 16 output channels and 16 rows of pixels at a time, and 8 bytes of activations moved per
 * cycle. A depthwise convolution has one output channel per group, so it uses one of the 16.
 */
function dianaCycles(row: LayerRow): CostTerm[] {
  if (row.kind === 'batchNorm') throw unfoldedBatchNorm(row);
  const { kind, kernel, output } = row;
  const [height, width] = output;
  const pass = blocks(height, 16) * width * kernel[0] * kernel[1];
  const compute = term(pass, channels, kind === 'depthwiseConv2d' ? null : blocksOf(16));
  const moved = (height * width) / 8;
  return [compute, term(moved, null, channels), term(moved, channels, null)];
}
