import { word } from '../../language/say';
import { unfoldedBatchNorm } from '../flashBytes';
import type { LayerRow } from '../layerTable';
import { macs } from '../macs';
import { binaryFraction } from './cycleModel';
import type { Device } from './device';

/** MPIC, a RISC-V core with mixed-precision dot products, at 8-bit weights and activations. */
export const mpic: Device = {
  id: 'mpic',
  name: 'MPIC',
  // 250 MHz: PLiNIO, cost/mpic_energy.py.
  clockHz: 250e6,
  flashBytes: null,
  ramBytes: null,
  // Mean of 5.30, 5.39, 5.46 and 5.38 mW: the same file.
  powerW: 5.3825e-3,
  fixedCycles: 0,
  source: word('PLiNIO, cost/mpic_latency.py and mpic_energy.py, after arXiv 2010.04073'),
  cycles(row: LayerRow) {
    if (row.kind === 'batchNorm') throw unfoldedBatchNorm(row);
    return macs(row).map((term) => ({ ...term, constant: term.constant * CYCLES_PER_MAC }));
  },
};

/** At 8-bit weights and activations: PLiNIO, cost/mpic_latency.py, has 2.1 multiply-accumulates per cycle. */
const CYCLES_PER_MAC = binaryFraction(1 / 2.1);
