/** Gradient of a convolution with respect to its kernel. */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { madd, store8 } from '../assembly/simd';
import { isPadded } from '../conv2d/assembly';
import { Conv2dField as F } from '../conv2d/fields';

/** Output pixels to sum before the sums are written to memory: few enough that both operands stay in the first-level cache. */
const BLOCK = 64;

/**
 * Sums pictures `first` to `last` (exclusive). The field `output` is the gradient of the output.
 *
 * @param result address of the gradient; old values there are replaced
 */
export function conv2dBackpropFilter(d: usize, thread: i32, first: i32, last: i32, result: usize): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const picture = field(d, F.height) * field(d, F.width) * channels * 4;
  const outPicture = outHeight * outWidth * filters * 4;
  const run = field(d, F.kernelWidth) * channels;
  const taps = field(d, F.kernelHeight);
  const input = pointer(d, F.input);
  const gradient = pointer(d, F.output);
  if (field(d, F.flat)) {
    sumTiles(input + first * picture, 0, picture, taps, 0, run, gradient + first * outPicture, 1, last - first, filters, result, false);
    return;
  }
  const padded = isPadded(d);
  const rowBytes = field(d, F.paddedWidth) * channels * 4;
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  if (padded) memory.fill(scratch, 0, field(d, F.paddedHeight) * rowBytes);
  const inRow = field(d, F.strideDown) * rowBytes;
  const inColumn = field(d, F.strideRight) * channels * 4;
  const rows = max(1, BLOCK / outWidth);
  for (let n = first; n < last; n++) {
    let from = input + n * picture;
    if (padded) {
      placePicture(from, field(d, F.height), field(d, F.width), channels * 4, scratch, rowBytes, field(d, F.top), field(d, F.left), 1, 1);
      from = scratch;
    }
    const dy = gradient + n * outPicture;
    for (let row = 0; row < outHeight; row += rows)
      sumTiles(
        from + row * inRow,
        inRow,
        inColumn,
        taps,
        rowBytes,
        run,
        dy + row * outWidth * filters * 4,
        min(rows, outHeight - row),
        outWidth,
        filters,
        result,
        n > first || row > 0,
      );
  }
}

/**
 * result[k, c] = sum over the pixels of some rows of window[k] * dy[c].
 *
 * @param accumulate adds to the result instead of replacing it
 */
export function sumTiles(
  input: usize,
  inRow: i32,
  inColumn: i32,
  taps: i32,
  tapBytes: i32,
  run: i32,
  dy: usize,
  rows: i32,
  width: i32,
  filters: i32,
  result: usize,
  accumulate: bool,
): void {
  const dyPixel = filters * 4;
  for (let c = 0; c < filters; c += 8) {
    const lanes = filters - c;
    for (let tap = 0; tap < taps; tap++) {
      const from = input + tap * tapBytes;
      const to = result + tap * run * dyPixel;
      let k = 0;
      for (; k + 4 <= run; k += 4) tile4(from + k * 4, inRow, inColumn, dy, dyPixel, rows, width, to + k * dyPixel, lanes, accumulate);
      for (; k < run; k++) tile1(from + k * 4, inRow, inColumn, dy, dyPixel, rows, width, to + k * dyPixel, lanes, accumulate);
    }
    dy += 32;
    result += 32;
  }
}

function tile4(
  input: usize,
  inRow: i32,
  inColumn: i32,
  dy: usize,
  dyPixel: i32,
  rows: i32,
  width: i32,
  to: usize,
  lanes: i32,
  accumulate: bool,
): void {
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  for (let row = 0; row < rows; row++) {
    let x = input + row * inRow;
    for (let end = dy + width * dyPixel; dy < end; dy += dyPixel) {
      const low = v128.load(dy);
      const high = v128.load(dy, 16);
      let s = v128.load32_splat(x);
      a0 = madd(s, low, a0);
      b0 = madd(s, high, b0);
      s = v128.load32_splat(x, 4);
      a1 = madd(s, low, a1);
      b1 = madd(s, high, b1);
      s = v128.load32_splat(x, 8);
      a2 = madd(s, low, a2);
      b2 = madd(s, high, b2);
      s = v128.load32_splat(x, 12);
      a3 = madd(s, low, a3);
      b3 = madd(s, high, b3);
      x += inColumn;
    }
  }
  put(to, a0, b0, lanes, accumulate);
  put(to + dyPixel, a1, b1, lanes, accumulate);
  put(to + 2 * dyPixel, a2, b2, lanes, accumulate);
  put(to + 3 * dyPixel, a3, b3, lanes, accumulate);
}

function tile1(
  input: usize,
  inRow: i32,
  inColumn: i32,
  dy: usize,
  dyPixel: i32,
  rows: i32,
  width: i32,
  to: usize,
  lanes: i32,
  accumulate: bool,
): void {
  let a = f32x4.splat(0);
  let b = a;
  for (let row = 0; row < rows; row++) {
    let x = input + row * inRow;
    for (let end = dy + width * dyPixel; dy < end; dy += dyPixel) {
      const s = v128.load32_splat(x);
      a = madd(s, v128.load(dy), a);
      b = madd(s, v128.load(dy, 16), b);
      x += inColumn;
    }
  }
  put(to, a, b, lanes, accumulate);
}

@inline
function put(to: usize, low: v128, high: v128, lanes: i32, accumulate: bool): void {
  if (accumulate) store8(to, f32x4.add(v128.load(to), low), f32x4.add(v128.load(to, 16), high), lanes);
  else store8(to, low, high, lanes);
}
