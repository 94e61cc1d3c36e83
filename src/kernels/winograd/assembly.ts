/**
 * Convolutions of stride 1 with kernels of 3x3 and 5x5 by Winograd's algorithm: a tile of 6x6 inputs, transformed, times the
 * transformed kernel entry by entry, transformed back, gives 4x4 or 2x2 outputs. That is 36 multiplications where the sum over
 * the window has 144 or 100. Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
 *
 * Both kernel sizes use the points 0, 1, -1, 2, -2 and infinity, so they share the transform of the input. Transformed tiles lie
 * entry by entry, [36][tiles][channels]: the products are 36 matrix products, which the direct convolution's inner part computes.
 */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { madd } from '../assembly/simd';
import { slide } from '../conv2d/assembly';
import { sumTiles } from '../conv2dBackpropFilter/assembly';
import { WinogradField as F, WinogradPackField as P } from './fields';

const ENTRIES = 36;

/** Pictures `first` to `last` (exclusive) of y = conv2d(x, kernel) + bias, or, of a turned kernel, of the input's gradient. */
export function winogradConv2d(d: usize, thread: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const tilesRight = field(d, F.tilesRight);
  const tilesDown = field(d, F.tilesDown);
  const chunk = field(d, F.chunk);
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  const inputs = scratch + field(d, F.inputsAt);
  const outputs = scratch + field(d, F.outputsAt);
  const weights = pointer(d, F.weights);
  const weightPlane = ((filters + 7) / 8) * channels * 32;
  clearPadding(d, scratch);
  for (let n = first; n < last; n++) {
    place(d, scratch, n);
    for (let row = 0; row < tilesDown; row += chunk) {
      const rows = min(chunk, tilesDown - row);
      const tiles = rows * tilesRight;
      transformInputs(d, scratch, row, rows);
      for (let k = 0; k < ENTRIES; k++)
        slide(
          inputs + k * tiles * channels * 4,
          0,
          channels * 4,
          1,
          0,
          channels,
          weights + k * weightPlane,
          // The bias is added where outputs are whole again.
          scratch + field(d, F.tileAt) + ENTRIES * 16,
          outputs + k * tiles * filters * 4,
          0,
          filters * 4,
          1,
          tiles,
          filters,
          false,
        );
      transformOutputs(d, scratch, n, row, rows);
    }
  }
}

/** The gradient with respect to the kernel, over pictures `first` to `last` (exclusive), added to what the result holds. */
export function winogradFilter(d: usize, thread: i32, first: i32, last: i32, share: usize): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const tilesRight = field(d, F.tilesRight);
  const tilesDown = field(d, F.tilesDown);
  const chunk = field(d, F.chunk);
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  const inputs = scratch + field(d, F.inputsAt);
  const outputs = scratch + field(d, F.outputsAt);
  const sums = scratch + field(d, F.filterAt);
  const plane = channels * filters * 4;
  memory.fill(sums, 0, ENTRIES * plane);
  clearPadding(d, scratch);
  for (let n = first; n < last; n++) {
    place(d, scratch, n);
    for (let row = 0; row < tilesDown; row += chunk) {
      const rows = min(chunk, tilesDown - row);
      const tiles = rows * tilesRight;
      transformInputs(d, scratch, row, rows);
      transformGradients(d, scratch, n, row, rows);
      for (let k = 0; k < ENTRIES; k++)
        sumTiles(
          inputs + k * tiles * channels * 4,
          0,
          channels * 4,
          1,
          0,
          channels,
          outputs + k * tiles * filters * 4,
          1,
          tiles,
          filters,
          sums + k * plane,
        );
    }
  }
  transformFilter(d, scratch, pointer(d, F.kernel) + share);
}

/** A kernel [side, side, channels, filters] as the products need it. */
export function winogradPack(d: usize): void {
  const side = field(d, P.side);
  const channels = field(d, P.channels);
  const filters = field(d, P.filters);
  const turned = field(d, P.turned) != 0;
  const weights = pointer(d, P.weights);
  const tap = channels * filters * 4;
  const plane = turned ? ((channels + 7) / 8) * filters * 32 : ((filters + 7) / 8) * channels * 32;
  const last = side * side - 1;
  const tile = weights + ENTRIES * plane;
  for (let channel = 0; channel < channels; channel++)
    for (let filter = 0; filter < filters; filter += 4) {
      const from = pointer(d, P.kernel) + (channel * filters + filter) * 4;
      for (let column = 0; column < side; column++) {
        const at = turned ? from + (last - column) * tap : from + column * tap;
        const step = turned ? -side * tap : side * tap;
        kernelLine(at, step, side, tile + column * 16, 96);
      }
      for (let row = 0; row < 6; row++) {
        kernelLine(tile + row * 96, 16, side, tile + 576, 16);
        for (let column = 0; column < 6; column++) {
          const value = v128.load(tile + 576 + column * 16);
          const to = weights + (row * 6 + column) * plane;
          if (turned) {
            const at = to + ((channel >> 3) * filters + filter) * 32 + (channel & 7) * 4;
            f32.store(at, f32x4.extract_lane(value, 0));
            f32.store(at, f32x4.extract_lane(value, 1), 32);
            f32.store(at, f32x4.extract_lane(value, 2), 64);
            f32.store(at, f32x4.extract_lane(value, 3), 96);
          } else v128.store(to + ((filter >> 3) * channels + channel) * 32 + (filter & 7) * 4, value);
        }
      }
    }
}

/** One line of a kernel, 3 or 5 vectors `step` bytes apart, into 6 vectors `toStep` apart. */
@inline
function kernelLine(from: usize, step: i32, side: i32, to: usize, toStep: i32): void {
  const k0 = v128.load(from);
  const k1 = v128.load(from + step);
  const k2 = v128.load(from + 2 * step);
  let last = k2;
  let even = f32x4.add(k0, k2);
  let odd = k1;
  let evenOfTwo = madd(f32x4.splat(4), k2, k0);
  let oddOfTwo = f32x4.add(k1, k1);
  if (side == 5) {
    const k3 = v128.load(from + 3 * step);
    last = v128.load(from + 4 * step);
    even = f32x4.add(even, last);
    odd = f32x4.add(odd, k3);
    evenOfTwo = madd(f32x4.splat(16), last, evenOfTwo);
    oddOfTwo = madd(f32x4.splat(8), k3, oddOfTwo);
  }
  const sixth = f32x4.splat(-1.0 / 6.0);
  const part = f32x4.splat(1.0 / 24.0);
  v128.store(to, f32x4.mul(k0, f32x4.splat(0.25)));
  v128.store(to + toStep, f32x4.mul(f32x4.add(even, odd), sixth));
  v128.store(to + 2 * toStep, f32x4.mul(f32x4.sub(even, odd), sixth));
  v128.store(to + 3 * toStep, f32x4.mul(f32x4.add(evenOfTwo, oddOfTwo), part));
  v128.store(to + 4 * toStep, f32x4.mul(f32x4.sub(evenOfTwo, oddOfTwo), part));
  v128.store(to + 5 * toStep, last);
}

function clearPadding(d: usize, scratch: usize): void {
  memory.fill(scratch, 0, field(d, F.paddedHeight) * field(d, F.paddedWidth) * field(d, F.channels) * 4);
  // A bias of zeros for the products, behind the tile.
  memory.fill(scratch + field(d, F.tileAt) + ENTRIES * 16, 0, (field(d, F.filters) + 8) * 4);
}

function place(d: usize, scratch: usize, n: i32): void {
  const height = field(d, F.height);
  const width = field(d, F.width);
  const pixel = field(d, F.channels) * 4;
  const from = pointer(d, F.input) + n * height * width * pixel;
  placePicture(from, height, width, pixel, scratch, field(d, F.paddedWidth) * pixel, field(d, F.top), field(d, F.left), 1, 1);
}

/** Tiles of 6x6 inputs, a tile's side apart. */
function transformInputs(d: usize, scratch: usize, row: i32, rows: i32): void {
  const channels = field(d, F.channels);
  const side = field(d, F.tile);
  const tilesRight = field(d, F.tilesRight);
  const pixel = channels * 4;
  const line = field(d, F.paddedWidth) * pixel;
  const tile = scratch + field(d, F.tileAt);
  const plane = rows * tilesRight * pixel;
  let to = scratch + field(d, F.inputsAt);
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const from = scratch + down * side * line + right * side * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let column = 0; column < 6; column++) inputLine(from + column * pixel + c, line, tile + column * 16, 96);
        for (let k = 0; k < 6; k++) inputLine(tile + k * 96, 16, to + k * 6 * plane + c, plane);
      }
      to += pixel;
    }
}

/** Six vectors `step` bytes apart, transformed, `toStep` apart. */
@inline
function inputLine(from: usize, step: i32, to: usize, toStep: i32): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const d4 = v128.load(from + 4 * step);
  const d5 = v128.load(from + 5 * step);
  const four = f32x4.splat(4);
  const minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  const two = f32x4.splat(2);
  const even = madd(minusFour, d2, d4);
  const odd = madd(minusFour, d1, d3);
  const evenOfTwo = f32x4.sub(d4, d2);
  const oddOfTwo = f32x4.mul(two, f32x4.sub(d3, d1));
  v128.store(to, madd(four, d0, madd(minusFive, d2, d4)));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(evenOfTwo, oddOfTwo));
  v128.store(to + 4 * toStep, f32x4.sub(evenOfTwo, oddOfTwo));
  v128.store(to + 5 * toStep, madd(four, d1, madd(minusFive, d3, d5)));
}

/** Products back into outputs. What of a tile lies beyond the picture is dropped. */
function transformOutputs(d: usize, scratch: usize, n: i32, row: i32, rows: i32): void {
  const side = field(d, F.tile);
  const tilesRight = field(d, F.tilesRight);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const pixel = field(d, F.filters) * 4;
  const tile = scratch + field(d, F.tileAt);
  const plane = rows * tilesRight * pixel;
  const bias = pointer(d, F.bias);
  const accumulate = field(d, F.accumulate) != 0;
  const picture = pointer(d, F.output) + n * outHeight * outWidth * pixel;
  let from = scratch + field(d, F.outputsAt);
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const downTo = min(side, outHeight - down * side);
      const rightTo = min(side, outWidth - right * side);
      const to = picture + (down * side * outWidth + right * side) * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let column = 0; column < 6; column++) outputLine(from + column * plane + c, 6 * plane, side, tile + column * 16, 96);
        const b = v128.load(bias + c);
        for (let y = 0; y < downTo; y++) {
          outputLine(tile + y * 96, 16, side, tile + y * 96, 16);
          let at = to + y * outWidth * pixel + c;
          for (let x = 0; x < rightTo; x++) {
            const value = v128.load(tile + y * 96 + x * 16);
            v128.store(at, f32x4.add(value, accumulate ? v128.load(at) : b));
            at += pixel;
          }
        }
      }
      from += pixel;
    }
}

/** Six vectors into the tile's side of them, 2 or 4. Reads all before it writes. */
@inline
function outputLine(from: usize, step: i32, side: i32, to: usize, toStep: i32): void {
  const t0 = v128.load(from);
  const t1 = v128.load(from + step);
  const t2 = v128.load(from + 2 * step);
  const t3 = v128.load(from + 3 * step);
  const t4 = v128.load(from + 4 * step);
  const t5 = v128.load(from + 5 * step);
  const sum = f32x4.add(t1, t2);
  const difference = f32x4.sub(t1, t2);
  const sumOfTwo = f32x4.add(t3, t4);
  const differenceOfTwo = f32x4.sub(t3, t4);
  v128.store(to, f32x4.add(t0, f32x4.add(sum, sumOfTwo)));
  const second = madd(f32x4.splat(2), differenceOfTwo, difference);
  if (side == 2) v128.store(to + toStep, f32x4.add(second, t5));
  else {
    v128.store(to + toStep, second);
    v128.store(to + 2 * toStep, madd(f32x4.splat(4), sumOfTwo, sum));
    v128.store(to + 3 * toStep, f32x4.add(madd(f32x4.splat(8), differenceOfTwo, difference), t5));
  }
}

/** Tiles of the output's gradient, as the transpose of `transformOutputs` takes them apart. */
function transformGradients(d: usize, scratch: usize, n: i32, row: i32, rows: i32): void {
  const side = field(d, F.tile);
  const tilesRight = field(d, F.tilesRight);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const pixel = field(d, F.filters) * 4;
  const tile = scratch + field(d, F.tileAt);
  const plane = rows * tilesRight * pixel;
  const picture = pointer(d, F.output) + n * outHeight * outWidth * pixel;
  let to = scratch + field(d, F.outputsAt);
  for (let down = row; down < row + rows; down++)
    for (let right = 0; right < tilesRight; right++) {
      const downTo = min(side, outHeight - down * side);
      const rightTo = min(side, outWidth - right * side);
      const from = picture + (down * side * outWidth + right * side) * pixel;
      for (let c = 0; c < pixel; c += 16) {
        for (let x = 0; x < side; x++) {
          const at = from + x * pixel + c;
          const line = tile + x * 16;
          for (let y = 0; y < side; y++)
            v128.store(line + y * 96, y < downTo && x < rightTo ? v128.load(at + y * outWidth * pixel) : f32x4.splat(0));
          gradientLine(line, 96, side, line, 96);
        }
        for (let k = 0; k < 6; k++) gradientLine(tile + k * 96, 16, side, to + k * 6 * plane + c, plane);
      }
      to += pixel;
    }
}

/** 2 or 4 vectors into six. Reads all before it writes. */
@inline
function gradientLine(from: usize, step: i32, side: i32, to: usize, toStep: i32): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + step);
  let even = y0;
  let odd = y1;
  let evenOfTwo = y0;
  let oddOfTwo = f32x4.add(y1, y1);
  let last = y1;
  if (side == 4) {
    const y2 = v128.load(from + 2 * step);
    last = v128.load(from + 3 * step);
    even = f32x4.add(y0, y2);
    odd = f32x4.add(y1, last);
    evenOfTwo = madd(f32x4.splat(4), y2, y0);
    oddOfTwo = madd(f32x4.splat(8), last, oddOfTwo);
  }
  v128.store(to, y0);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(evenOfTwo, oddOfTwo));
  v128.store(to + 4 * toStep, f32x4.sub(evenOfTwo, oddOfTwo));
  v128.store(to + 5 * toStep, last);
}

/** The sums of products into the kernel's gradient, which they are added to. */
function transformFilter(d: usize, scratch: usize, result: usize): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const side = 7 - field(d, F.tile);
  const tile = scratch + field(d, F.tileAt);
  const sums = scratch + field(d, F.filterAt);
  const plane = channels * filters * 4;
  for (let at = 0; at < plane; at += 16) {
    for (let column = 0; column < 6; column++) filterLine(sums + column * plane + at, 6 * plane, side, tile + column * 16, 96);
    for (let row = 0; row < side; row++) {
      filterLine(tile + row * 96, 16, side, tile + row * 96, 16);
      for (let column = 0; column < side; column++) {
        const to = result + (row * side + column) * plane + at;
        v128.store(to, f32x4.add(v128.load(to), v128.load(tile + row * 96 + column * 16)));
      }
    }
  }
}

/** Six vectors into 3 or 5: the transpose of `kernelLine`. Reads all before it writes. */
@inline
function filterLine(from: usize, step: i32, side: i32, to: usize, toStep: i32): void {
  const t0 = f32x4.mul(v128.load(from), f32x4.splat(0.25));
  const t1 = v128.load(from + step);
  const t2 = v128.load(from + 2 * step);
  const t3 = v128.load(from + 3 * step);
  const t4 = v128.load(from + 4 * step);
  const t5 = v128.load(from + 5 * step);
  const sixth = f32x4.splat(-1.0 / 6.0);
  const part = f32x4.splat(1.0 / 24.0);
  const sum = f32x4.mul(f32x4.add(t1, t2), sixth);
  const difference = f32x4.mul(f32x4.sub(t1, t2), sixth);
  const sumOfTwo = f32x4.mul(f32x4.add(t3, t4), part);
  const differenceOfTwo = f32x4.mul(f32x4.sub(t3, t4), part);
  v128.store(to, f32x4.add(t0, f32x4.add(sum, sumOfTwo)));
  v128.store(to + toStep, madd(f32x4.splat(2), differenceOfTwo, difference));
  const third = madd(f32x4.splat(4), sumOfTwo, sum);
  if (side == 3) v128.store(to + 2 * toStep, f32x4.add(third, t5));
  else {
    v128.store(to + 2 * toStep, third);
    v128.store(to + 3 * toStep, madd(f32x4.splat(8), differenceOfTwo, difference));
    v128.store(to + 4 * toStep, f32x4.add(madd(f32x4.splat(16), sumOfTwo, sum), t5));
  }
}
