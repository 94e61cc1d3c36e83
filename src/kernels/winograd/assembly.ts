/**
 * Convolutions of stride 1 with kernels of 3x3 and 5x5 by Winograd's algorithm. It transforms a tile of 6x6 or 8x8 inputs,
 * multiplies it entry by entry with the transformed kernel, and transforms the product back into 4x4 outputs. That takes 36 or 64
 * multiplications instead of the 144 or 400 of a sum over the window. Source: Lavin and Gray, Fast Algorithms for Convolutional
 * Neural Networks, 2016.
 *
 * Transformed tiles lie entry by entry, [36 or 64][tiles][channels], so the products are 36 or 64 matrix products, which the direct
 * convolution's inner part computes. If a picture has few tiles, those of several pictures go through it together.
 */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { slide } from '../conv2d/assembly';
import { sumTiles } from '../conv2dBackpropFilter/assembly';
import { WinogradField as F, WinogradPackField as P } from './fields';
import { filterLine, gradientLine, inputLine, kernelLine, outputLine } from './assemblyLines';

/** Output pixels of a tile, along one side. */
const TILE = 4;
/** Bytes between two entries. Strides of powers of two would put all entries into the same few sets of the cache. */
const GAP = 64;

/** Pictures `first` to `last` (exclusive) of y = conv2d(x, kernel) + bias or, with a rotated kernel, of the input's gradient. */
export function winogradConv2d(d: usize, thread: i32, first: i32, last: i32): void {
  multiplyTiles(d, pointer(d, F.scratch) + thread * field(d, F.scratchStride), first, last, false);
}

/**
 * The gradient with respect to the kernel, over pictures `first` to `last` (exclusive). @param result its address; old values there
 * are replaced
 */
export function winogradFilter(d: usize, thread: i32, first: i32, last: i32, result: usize): void {
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  multiplyTiles(d, scratch, first, last, true);
  transformFilter(d, scratch, result);
}

/**
 * Works chunk by chunk: either inputs times weights into outputs, or inputs times the output's gradients into the filter's sums.
 */
function multiplyTiles(d: usize, scratch: usize, first: i32, last: i32, filterGradient: bool): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const entries = field(d, F.side) * field(d, F.side);
  const tilesRight = field(d, F.tilesRight);
  const tilesDown = field(d, F.tilesDown);
  const pictures = field(d, F.pictures);
  const chunk = field(d, F.chunk);
  const inputs = scratch + field(d, F.inputsAt);
  const outputs = scratch + field(d, F.outputsAt);
  const sums = scratch + field(d, F.filterAt);
  // The bias is added when outputs are transformed back.
  const noBias = scratch + field(d, F.tileAt) + entries * 16;
  const weights = pointer(d, F.weights);
  const weightPlane = ((filters + 7) / 8) * channels * 32 + GAP;
  const sumPlane = channels * filters * 4 + GAP;
  memory.fill(scratch, 0, field(d, F.paddedHeight) * field(d, F.paddedWidth) * channels * 4);
  memory.fill(noBias, 0, (filters + 8) * 4);
  for (let n = first; n < last; n += pictures) {
    const end = min(n + pictures, last);
    for (let row = 0; row < tilesDown; row += chunk) {
      const rows = min(chunk, tilesDown - row);
      const ofPicture = rows * tilesRight;
      const tiles = ofPicture * (end - n);
      const inputPlane = tiles * channels * 4 + GAP;
      const outputPlane = tiles * filters * 4 + GAP;
      for (let picture = n; picture < end; picture++) {
        const skipped = (picture - n) * ofPicture;
        // A picture of several chunks is alone in its group, so its padded copy is still in place.
        if (row == 0) place(d, scratch, picture);
        transformInputs(d, scratch, row, rows, inputs + skipped * channels * 4, inputPlane);
        if (filterGradient) transformGradients(d, scratch, picture, row, rows, outputs + skipped * filters * 4, outputPlane);
      }
      for (let k = 0; k < entries; k++) {
        const input = inputs + k * inputPlane;
        const output = outputs + k * outputPlane;
        if (filterGradient)
          sumTiles(input, 0, channels * 4, 1, 0, channels, output, 1, tiles, filters, sums + k * sumPlane, n > first || row > 0);
        else
          slide(
            input,
            0,
            channels * 4,
            1,
            0,
            channels,
            weights + k * weightPlane,
            noBias,
            output,
            0,
            filters * 4,
            1,
            tiles,
            filters,
            false,
          );
      }
      if (!filterGradient)
        for (let picture = n; picture < end; picture++)
          transformOutputs(d, scratch, picture, row, rows, outputs + (picture - n) * ofPicture * filters * 4, outputPlane);
    }
  }
}

/**
 * Transforms a kernel [3 or 5, as many, channels, filters] into the layout of the products: four channels by four filters at a
 * time.
 */
export function winogradPack(d: usize): void {
  const channels = field(d, P.channels);
  const filters = field(d, P.filters);
  // The loops follow the output's order, so that consecutive writes are neighbours in memory.
  if (field(d, P.turned))
    for (let channel = 0; channel < channels; channel += 4)
      for (let filter = 0; filter < filters; filter += 4) packSquare(d, channel, filter);
  else
    for (let filter = 0; filter < filters; filter += 4)
      for (let channel = 0; channel < channels; channel += 4) packSquare(d, channel, filter);
}

function packSquare(d: usize, channel: i32, filter: i32): void {
  const side = field(d, P.side);
  const entries = side * side;
  const channels = field(d, P.channels);
  const filters = field(d, P.filters);
  const turned = field(d, P.turned) != 0;
  const weights = pointer(d, P.weights);
  const plane = GAP + (turned ? ((channels + 7) / 8) * filters * 32 : ((filters + 7) / 8) * channels * 32);
  const tiles = weights + entries * plane;
  for (let c = 0; c < 4; c++) packTile(d, channel + c, filter, tiles + c * entries * 16, tiles + 4 * entries * 16);
  let to = turned
    ? weights + ((channel >> 3) * filters + filter) * 32 + (channel & 7) * 4
    : weights + ((filter >> 3) * channels + channel) * 32 + (filter & 7) * 4;
  for (let k = 0; k < entries; k++) {
    const from = tiles + k * 16;
    const a = v128.load(from);
    const b = v128.load(from + entries * 16);
    const c = v128.load(from + entries * 32);
    const e = v128.load(from + entries * 48);
    if (turned) {
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ce = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const ceHigh = v128.shuffle<f32>(c, e, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab, ce, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(ab, ce, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(abHigh, ceHigh, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(abHigh, ceHigh, 2, 3, 6, 7), 96);
    } else {
      v128.store(to, a);
      v128.store(to, b, 32);
      v128.store(to, c, 64);
      v128.store(to, e, 96);
    }
    to += plane;
  }
}

/** Transforms one channel of four filters. @param lines room for a tile in between */
function packTile(d: usize, channel: i32, filter: i32, tile: usize, lines: usize): void {
  const side = field(d, P.side);
  const kernelSide = side + 1 - TILE;
  const tap = field(d, P.channels) * field(d, P.filters) * 4;
  const step = field(d, P.turned) ? -tap : tap;
  let from = pointer(d, P.kernel) + (channel * field(d, P.filters) + filter) * 4;
  if (step < 0) from += (kernelSide * kernelSide - 1) * tap;
  for (let column = 0; column < kernelSide; column++)
    kernelLine(side, from + column * step, kernelSide * step, lines + column * 16, kernelSide * 16);
  for (let row = 0; row < side; row++) kernelLine(side, lines + row * kernelSide * 16, 16, tile + row * side * 16, 16);
}

function place(d: usize, scratch: usize, n: i32): void {
  const height = field(d, F.height);
  const width = field(d, F.width);
  const pixel = field(d, F.channels) * 4;
  const from = pointer(d, F.input) + n * height * width * pixel;
  placePicture(from, height, width, pixel, scratch, field(d, F.paddedWidth) * pixel, field(d, F.top), field(d, F.left), 1, 1);
}

/** Transforms tiles of inputs, which start 4 pixels apart; their entries lie `plane` bytes apart. */
function transformInputs(d: usize, scratch: usize, row: i32, rows: i32, to: usize, plane: i32): void {
  const side = field(d, F.side);
  const tilesRight = field(d, F.tilesRight);
  const pixel = field(d, F.channels) * 4;
  const line = field(d, F.paddedWidth) * pixel;
  const tile = scratch + field(d, F.tileAt);
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const from = scratch + down * TILE * line + right * TILE * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let column = 0; column < side; column++) inputLine(side, from + column * pixel + c, line, tile + column * 16, side * 16);
        for (let k = 0; k < side; k++) inputLine(side, tile + k * side * 16, 16, to + k * side * plane + c, plane);
      }
      to += pixel;
    }
}

/** Transforms products back into outputs, and drops the parts of tiles that lie beyond the picture. */
function transformOutputs(d: usize, scratch: usize, n: i32, row: i32, rows: i32, from: usize, plane: i32): void {
  const side = field(d, F.side);
  const tilesRight = field(d, F.tilesRight);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const pixel = field(d, F.filters) * 4;
  const tile = scratch + field(d, F.tileAt);
  const bias = pointer(d, F.bias);
  const accumulate = field(d, F.accumulate) != 0;
  const picture = pointer(d, F.output) + n * outHeight * outWidth * pixel;
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const downTo = min(TILE, outHeight - down * TILE);
      const rightTo = min(TILE, outWidth - right * TILE);
      const to = picture + (down * TILE * outWidth + right * TILE) * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let column = 0; column < side; column++)
          outputLine(side, from + column * plane + c, side * plane, tile + column * 16, side * 16);
        const b = v128.load(bias + c);
        for (let y = 0; y < downTo; y++) {
          outputLine(side, tile + y * side * 16, 16, tile + y * side * 16, 16);
          let at = to + y * outWidth * pixel + c;
          for (let x = 0; x < rightTo; x++) {
            const value = v128.load(tile + (y * side + x) * 16);
            v128.store(at, f32x4.add(value, accumulate ? v128.load(at) : b));
            at += pixel;
          }
        }
      }
      from += pixel;
    }
}

/** Transforms tiles of the output's gradient: the transpose of `transformOutputs`. */
function transformGradients(d: usize, scratch: usize, n: i32, row: i32, rows: i32, to: usize, plane: i32): void {
  const side = field(d, F.side);
  const tilesRight = field(d, F.tilesRight);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const pixel = field(d, F.filters) * 4;
  const tile = scratch + field(d, F.tileAt);
  const picture = pointer(d, F.output) + n * outHeight * outWidth * pixel;
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const downTo = min(TILE, outHeight - down * TILE);
      const rightTo = min(TILE, outWidth - right * TILE);
      const from = picture + (down * TILE * outWidth + right * TILE) * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let x = 0; x < TILE; x++) {
          const at = from + x * pixel + c;
          const line = tile + x * 16;
          for (let y = 0; y < TILE; y++)
            v128.store(line + y * side * 16, y < downTo && x < rightTo ? v128.load(at + y * outWidth * pixel) : f32x4.splat(0));
          gradientLine(side, line, side * 16, line, side * 16);
        }
        for (let k = 0; k < side; k++) gradientLine(side, tile + k * side * 16, 16, to + k * side * plane + c, plane);
      }
      to += pixel;
    }
}

/** Transforms the sums of products back into the kernel's gradient. */
function transformFilter(d: usize, scratch: usize, result: usize): void {
  const side = field(d, F.side);
  const kernelSide = side + 1 - TILE;
  const tile = scratch + field(d, F.tileAt);
  const sums = scratch + field(d, F.filterAt);
  const tap = field(d, F.channels) * field(d, F.filters) * 4;
  const plane = tap + GAP;
  for (let at = 0; at < tap; at += 16) {
    for (let column = 0; column < side; column++) filterLine(side, sums + column * plane + at, side * plane, tile + column * 16, side * 16);
    for (let row = 0; row < kernelSide; row++) {
      filterLine(side, tile + row * side * 16, 16, tile + row * side * 16, 16);
      for (let column = 0; column < kernelSide; column++)
        v128.store(result + (row * kernelSide + column) * tap + at, v128.load(tile + (row * side + column) * 16));
    }
  }
}
