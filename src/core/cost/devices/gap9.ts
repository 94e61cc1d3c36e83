import { WorkbenchError } from '../../errors';
import { unfoldedBatchNorm } from '../flashBytes';
import type { LayerRow } from '../layerTable';
import { blocks } from '../rounding';
import type { Device } from './device';
import { fitted } from './fitted';

/** GreenWaves GAP9 with its accelerator NE16, which runs every layer. */
export const gap9: Device = {
  id: 'gap9',
  name: 'GAP9 with NE16',
  // 370 MHz at 0.8 V: mlcommons/tiny_results_v1.0, greenwaves-technologies/gap9_800_370.
  clockHz: 370e6,
  // 2 MB of flash, 1.5 MB of level-2 memory: the same submission's system description.
  flashBytes: 2 * 1024 ** 2,
  ramBytes: 1.5 * 1024 ** 2,
  powerW: fitted.gap9.powerW,
  fixedCycles: 0,
  source: 'PLiNIO, cost/ne16_latency.py, after github.com/pulp-platform/ne16; clock, memory and power from MLPerf Tiny 1.0',
  cycles: ne16Cycles,
};

// Sizes and delays of the accelerator, from PLiNIO, cost/ne16_latency.py, for 8-bit weights and activations.
/** Height and width of a tile of output pixels, and channels of a tile of inputs. */
const TILE = 3;
const IN_CHANNELS = 16;
/** Output channels of a tile, in an ordinary and in a depthwise pass. */
const OUT_CHANNELS = 32;
const OUT_CHANNELS_DEPTHWISE = 16;
const WEIGHT_BITS = 8;
const FIFO = 6;
const UPDATE_INDEX = 2;
/** 6 + 5 x 5 pixels of a 3x3 pass; 10 + 3 x 3 pixels of a 1x1 pass. */
const LOAD = { area: FIFO + 25, point: 10 + 9 };
const STREAM_OUT = 3 + TILE * TILE + 1;

type Pass = 'area' | 'point' | 'depthwise';

/**
 * Cycles on NE16, which has 3x3, 1x1 and depthwise 3x3 passes. A larger kernel takes one pass for each 3x3 block that fits
 * into it and a 1x1 pass for each weight left over. Transfers from and to level-2 memory are not counted.
 */
function ne16Cycles(row: LayerRow): number {
  const [height, width] = row.kernel;
  switch (row.kind) {
    case 'conv2d': {
      const areas = Math.floor(height / 3) * Math.floor(width / 3);
      return areas * passCycles('area', row) + (height * width - 9 * areas) * passCycles('point', row);
    }
    case 'depthwiseConv2d':
      if (height !== 3 || width !== 3)
        throw new WorkbenchError(
          'invalid-network',
          `NE16 runs depthwise convolutions with 3x3 kernels only; "${row.path}" has ${height}x${width}`,
        );
      return passCycles('depthwise', row);
    case 'dense':
      return passCycles('point', row);
    case 'batchNorm':
      throw unfoldedBatchNorm(row);
    default:
      return row.kind satisfies never;
  }
}

function passCycles(pass: Pass, { inChannels, outChannels, output }: LayerRow): number {
  const tile = pass === 'depthwise' ? OUT_CHANNELS_DEPTHWISE : OUT_CHANNELS;
  const whole = Math.floor(outChannels / tile);
  const rest = outChannels % tile;
  const pixels = blocks(output[0], TILE) * blocks(output[1], TILE);
  return pixels * (whole * tileCycles(pass, tile, inChannels) + (rest > 0 ? tileCycles(pass, rest, inChannels) : 0));
}

/** One tile of pixels for some output channels. */
function tileCycles(pass: Pass, channels: number, inChannels: number): number {
  const product = FIFO + channels * (pass === 'point' ? 1 : WEIGHT_BITS);
  const normalise = 9 + channels;
  if (pass === 'depthwise') return LOAD.area + (FIFO + channels) + product + UPDATE_INDEX + normalise + STREAM_OUT;
  return blocks(inChannels, IN_CHANNELS) * (LOAD[pass] + FIFO + product + UPDATE_INDEX) + normalise + STREAM_OUT;
}
