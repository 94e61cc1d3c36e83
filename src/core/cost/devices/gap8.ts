import { word } from '../../language/say';
import { gap8Cycles } from '../gap8Cycles';
import type { Device } from './device';

/** GreenWaves GAP8, one controller and eight RISC-V cores. */
export const gap8: Device = {
  id: 'gap8',
  name: 'GAP8',
  // 100 MHz: what scripts of the paper assume (github.com/eml-eda/multi-constraint-nas).
  clockHz: 100e6,
  // The flash is a chip of its own, of any size.
  flashBytes: null,
  // 512 KiB of level-2 memory, as on the paper's platform.
  ramBytes: 512 * 1024,
  // No measurement of a known network at a known clock was found.
  powerW: null,
  fixedCycles: 0,
  source: word('PLiNIO, cost/gap8_latency.py; the clock is the 100 MHz that scripts of the paper assume'),
  cycles: gap8Cycles,
};
