import { gap8Cycles } from '../gap8Cycles';
import type { Device } from './device';

/** GreenWaves GAP8, one controller and eight RISC-V cores. */
export const gap8: Device = {
  id: 'gap8',
  name: 'GAP8',
  clockHz: 100e6,
  source: 'PLiNIO, cost/gap8_latency.py; the clock is the 100 MHz that scripts of the paper assume',
  cycles: gap8Cycles,
};
