import { WorkbenchError } from '../../errors';
import { word } from '../../language/say';
import { sayLater } from '../../language/told';
import { unfoldedBatchNorm } from '../flashBytes';
import type { LayerRow } from '../layerTable';
import { blocks } from '../rounding';
import { blocksOf, channels, term, type CostTerm } from '../terms';
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
  modelErrors: fitted.gap9.modelErrors,
  fixedCycles: 0,
  source: word('PLiNIO, cost/ne16_latency.py, after github.com/pulp-platform/ne16; clock, memory and power from MLPerf Tiny 1.0'),
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
function ne16Cycles(row: LayerRow): CostTerm[] {
  const [height, width] = row.kernel;
  switch (row.kind) {
    case 'conv2d': {
      const areas = Math.floor(height / 3) * Math.floor(width / 3);
      return [...passes(areas, 'area', row), ...passes(height * width - 9 * areas, 'point', row)];
    }
    case 'depthwiseConv2d':
      if (height !== 3 || width !== 3)
        throw new WorkbenchError(
          'invalid-network',
          sayLater('NE16 runs depthwise convolutions with 3x3 kernels only; "{layer}" has {kernel}', {
            layer: row.path,
            kernel: `${height}x${width}`,
          }),
        );
      return passes(1, 'depthwise', row);
    case 'dense':
      return passes(1, 'point', row);
    case 'batchNorm':
      throw unfoldedBatchNorm(row);
    default:
      return row.kind satisfies never;
  }
}

/**
 * The cycles of a number of passes over a layer. A tile's cycles grow linearly with its output channels, so their sum is a part per tile
 * and a part per channel, however many channels the last tile has.
 */
function passes(count: number, pass: Pass, { output }: LayerRow): CostTerm[] {
  if (count === 0) return [];
  const tiles = count * blocks(output[0], TILE) * blocks(output[1], TILE);
  const normalise = 9;
  if (pass === 'depthwise') {
    const perTile = LOAD.area + 2 * FIFO + UPDATE_INDEX + normalise + STREAM_OUT;
    const perChannel = 1 + WEIGHT_BITS + 1;
    return [term(tiles * perTile, null, blocksOf(OUT_CHANNELS_DEPTHWISE)), term(tiles * perChannel, null, channels)];
  }
  const inTiles = blocksOf(IN_CHANNELS);
  const outTiles = blocksOf(OUT_CHANNELS);
  return [
    term(tiles * (LOAD[pass] + 2 * FIFO + UPDATE_INDEX), inTiles, outTiles),
    term(tiles * (pass === 'point' ? 1 : WEIGHT_BITS), inTiles, channels),
    term(tiles * (normalise + STREAM_OUT), null, outTiles),
    term(tiles, null, channels),
  ];
}
