/** Depthwise convolution and its two gradients: four channels at a time, the 3x3 kernel held in registers. */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { madd } from '../assembly/simd';
import { DepthwiseField as F } from './fields';

/** Output pixels whose filter gradient is summed in registers before the sums are written to memory. */
const BLOCK = 128;

/** Pictures `first` to `last` (exclusive) of y = depthwise(x, kernel) + bias. */
export function depthwiseConv2d(d: usize, thread: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const picture = field(d, F.height) * field(d, F.width) * channels * 4;
  const outPicture = field(d, F.outHeight) * field(d, F.outWidth) * channels * 4;
  const rowBytes = field(d, F.paddedWidth) * channels * 4;
  const scratch = prepared(d, thread, rowBytes);
  for (let n = first; n < last; n++) {
    placePicture(
      pointer(d, F.input) + n * picture,
      field(d, F.height),
      field(d, F.width),
      channels * 4,
      scratch,
      rowBytes,
      field(d, F.top),
      field(d, F.left),
      1,
      1,
    );
    filterPicture(
      scratch,
      rowBytes,
      field(d, F.strideDown),
      field(d, F.strideRight),
      pointer(d, F.kernel),
      false,
      field(d, F.kernelHeight),
      field(d, F.kernelWidth),
      pointer(d, F.bias),
      pointer(d, F.output) + n * outPicture,
      field(d, F.outHeight),
      field(d, F.outWidth),
      channels,
      false,
    );
  }
}

/**
 * The input's gradient: slides the kernel, rotated by 180 degrees, over the output's gradient (field `input`, its size in height
 * and width), which is spread by the stride and padded.
 */
export function depthwiseBackpropInput(d: usize, thread: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const picture = field(d, F.height) * field(d, F.width) * channels * 4;
  const outPicture = field(d, F.outHeight) * field(d, F.outWidth) * channels * 4;
  const rowBytes = field(d, F.paddedWidth) * channels * 4;
  const scratch = prepared(d, thread, rowBytes);
  for (let n = first; n < last; n++) {
    placePicture(
      pointer(d, F.input) + n * picture,
      field(d, F.height),
      field(d, F.width),
      channels * 4,
      scratch,
      rowBytes,
      field(d, F.top),
      field(d, F.left),
      field(d, F.strideDown),
      field(d, F.strideRight),
    );
    filterPicture(
      scratch,
      rowBytes,
      1,
      1,
      pointer(d, F.kernel),
      true,
      field(d, F.kernelHeight),
      field(d, F.kernelWidth),
      pointer(d, F.bias),
      pointer(d, F.output) + n * outPicture,
      field(d, F.outHeight),
      field(d, F.outWidth),
      channels,
      field(d, F.accumulate) != 0,
    );
  }
}

/**
 * The filter's gradient; the field `output` is the gradient of the output. @param result its address; old values there are replaced
 */
export function depthwiseBackpropFilter(d: usize, thread: i32, first: i32, last: i32, result: usize): void {
  const channels = field(d, F.channels);
  const outHeight = field(d, F.outHeight);
  const outWidth = field(d, F.outWidth);
  const picture = field(d, F.height) * field(d, F.width) * channels * 4;
  const outPicture = outHeight * outWidth * channels * 4;
  const rowBytes = field(d, F.paddedWidth) * channels * 4;
  const scratch = prepared(d, thread, rowBytes);
  const inRow = field(d, F.strideDown) * rowBytes;
  const inColumn = field(d, F.strideRight) * channels * 4;
  const kernelHeight = field(d, F.kernelHeight);
  const kernelWidth = field(d, F.kernelWidth);
  memory.fill(result, 0, kernelHeight * kernelWidth * channels * 4);
  const rows = max(1, BLOCK / outWidth);
  for (let n = first; n < last; n++) {
    placePicture(
      pointer(d, F.input) + n * picture,
      field(d, F.height),
      field(d, F.width),
      channels * 4,
      scratch,
      rowBytes,
      field(d, F.top),
      field(d, F.left),
      1,
      1,
    );
    const dy = pointer(d, F.output) + n * outPicture;
    for (let row = 0; row < outHeight; row += rows) {
      const count = min(rows, outHeight - row);
      const from = scratch + row * inRow;
      const gradient = dy + row * outWidth * channels * 4;
      let c = 0;
      for (; c + 4 <= channels; c += 4) {
        const x = from + c * 4;
        const g = gradient + c * 4;
        const to = result + c * 4;
        if (kernelHeight == 3 && kernelWidth == 3) sum3x3(x, inRow, inColumn, rowBytes, g, count, outWidth, channels * 4, to);
        else
          for (let tap = 0; tap < kernelHeight; tap++)
            for (let tapColumn = 0; tapColumn < kernelWidth; tapColumn++)
              sumTap(
                x + tap * rowBytes + tapColumn * channels * 4,
                inRow,
                inColumn,
                g,
                count,
                outWidth,
                channels * 4,
                to + (tap * kernelWidth + tapColumn) * channels * 4,
              );
      }
      for (; c < channels; c++)
        for (let tap = 0; tap < kernelHeight; tap++)
          for (let tapColumn = 0; tapColumn < kernelWidth; tapColumn++) {
            const at = result + ((tap * kernelWidth + tapColumn) * channels + c) * 4;
            const x = from + tap * rowBytes + (tapColumn * channels + c) * 4;
            f32.store(at, f32.load(at) + sumScalar(x, inRow, inColumn, gradient + c * 4, count, outWidth, channels * 4));
          }
    }
  }
}

/** This thread's padded picture, all zeros. */
function prepared(d: usize, thread: i32, rowBytes: i32): usize {
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  memory.fill(scratch, 0, field(d, F.paddedHeight) * rowBytes);
  return scratch;
}

/** Slides the kernel over one padded picture. */
function filterPicture(
  input: usize,
  rowBytes: i32,
  strideDown: i32,
  strideRight: i32,
  kernel: usize,
  turned: bool,
  kernelHeight: i32,
  kernelWidth: i32,
  bias: usize,
  output: usize,
  outHeight: i32,
  outWidth: i32,
  channels: i32,
  accumulate: bool,
): void {
  const pixel = channels * 4;
  const inColumn = strideRight * pixel;
  const size = kernelHeight * kernelWidth;
  // The rotated kernel is read from its last tap to its first.
  const firstTap = turned ? kernel + (size - 1) * pixel : kernel;
  const tapStep = turned ? -pixel : pixel;
  for (let row = 0; row < outHeight; row++) {
    const from = input + row * strideDown * rowBytes;
    const to = output + row * outWidth * pixel;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const w = firstTap + c * 4;
      const x = from + c * 4;
      const y = to + c * 4;
      const start = v128.load(bias + c * 4);
      if (kernelHeight == 3 && kernelWidth == 3) row3x3(x, rowBytes, pixel, inColumn, w, tapStep, start, y, outWidth, accumulate);
      else
        for (let column = 0; column < outWidth; column++) {
          let sum = accumulate ? v128.load(y + column * pixel) : start;
          let tapAt = w;
          for (let tap = 0; tap < kernelHeight; tap++) {
            let at = x + tap * rowBytes + column * inColumn;
            for (let tapColumn = 0; tapColumn < kernelWidth; tapColumn++) {
              sum = madd(v128.load(at), v128.load(tapAt), sum);
              at += pixel;
              tapAt += tapStep;
            }
          }
          v128.store(y + column * pixel, sum);
        }
    }
    for (; c < channels; c++)
      for (let column = 0; column < outWidth; column++) {
        const y = to + column * pixel + c * 4;
        let sum: f32 = accumulate ? f32.load(y) : f32.load(bias + c * 4);
        let tapAt = firstTap + c * 4;
        for (let tap = 0; tap < kernelHeight; tap++) {
          let at = from + tap * rowBytes + column * inColumn + c * 4;
          for (let tapColumn = 0; tapColumn < kernelWidth; tapColumn++) {
            sum += f32.load(at) * f32.load(tapAt);
            at += pixel;
            tapAt += tapStep;
          }
        }
        f32.store(y, sum);
      }
  }
}

function row3x3(
  x: usize,
  rowBytes: i32,
  pixel: i32,
  inColumn: i32,
  w: usize,
  tapStep: i32,
  start: v128,
  y: usize,
  outWidth: i32,
  accumulate: bool,
): void {
  const w0 = v128.load(w);
  const w1 = v128.load(w + tapStep);
  const w2 = v128.load(w + 2 * tapStep);
  const w3 = v128.load(w + 3 * tapStep);
  const w4 = v128.load(w + 4 * tapStep);
  const w5 = v128.load(w + 5 * tapStep);
  const w6 = v128.load(w + 6 * tapStep);
  const w7 = v128.load(w + 7 * tapStep);
  const w8 = v128.load(w + 8 * tapStep);
  let x1 = x + rowBytes;
  let x2 = x1 + rowBytes;
  for (let column = 0; column < outWidth; column++) {
    let sum = accumulate ? v128.load(y) : start;
    sum = madd(v128.load(x), w0, sum);
    let other = f32x4.mul(v128.load(x1), w3);
    sum = madd(v128.load(x + pixel), w1, sum);
    other = madd(v128.load(x1 + pixel), w4, other);
    sum = madd(v128.load(x + 2 * pixel), w2, sum);
    other = madd(v128.load(x1 + 2 * pixel), w5, other);
    sum = madd(v128.load(x2), w6, sum);
    other = madd(v128.load(x2 + pixel), w7, other);
    sum = madd(v128.load(x2 + 2 * pixel), w8, sum);
    v128.store(y, f32x4.add(sum, other));
    x += inColumn;
    x1 += inColumn;
    x2 += inColumn;
    y += pixel;
  }
}

function sum3x3(
  input: usize,
  inRow: i32,
  inColumn: i32,
  rowBytes: i32,
  gradient: usize,
  rows: i32,
  width: i32,
  pixel: i32,
  to: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  let a6 = a0;
  let a7 = a0;
  let a8 = a0;
  for (let row = 0; row < rows; row++) {
    let x = input + row * inRow;
    let x1 = x + rowBytes;
    let x2 = x1 + rowBytes;
    for (let end = gradient + width * pixel; gradient < end; gradient += pixel) {
      const g = v128.load(gradient);
      a0 = madd(v128.load(x), g, a0);
      a1 = madd(v128.load(x + pixel), g, a1);
      a2 = madd(v128.load(x + 2 * pixel), g, a2);
      a3 = madd(v128.load(x1), g, a3);
      a4 = madd(v128.load(x1 + pixel), g, a4);
      a5 = madd(v128.load(x1 + 2 * pixel), g, a5);
      a6 = madd(v128.load(x2), g, a6);
      a7 = madd(v128.load(x2 + pixel), g, a7);
      a8 = madd(v128.load(x2 + 2 * pixel), g, a8);
      x += inColumn;
      x1 += inColumn;
      x2 += inColumn;
    }
  }
  addTo(to, a0);
  addTo(to + pixel, a1);
  addTo(to + 2 * pixel, a2);
  addTo(to + 3 * pixel, a3);
  addTo(to + 4 * pixel, a4);
  addTo(to + 5 * pixel, a5);
  addTo(to + 6 * pixel, a6);
  addTo(to + 7 * pixel, a7);
  addTo(to + 8 * pixel, a8);
}

function sumTap(x: usize, inRow: i32, inColumn: i32, gradient: usize, rows: i32, width: i32, pixel: i32, to: usize): void {
  let sum = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let at = x + row * inRow;
    for (let end = gradient + width * pixel; gradient < end; gradient += pixel) {
      sum = madd(v128.load(at), v128.load(gradient), sum);
      at += inColumn;
    }
  }
  addTo(to, sum);
}

function sumScalar(x: usize, inRow: i32, inColumn: i32, gradient: usize, rows: i32, width: i32, pixel: i32): f32 {
  let sum: f32 = 0;
  for (let row = 0; row < rows; row++) {
    let at = x + row * inRow;
    for (let end = gradient + width * pixel; gradient < end; gradient += pixel) {
      sum += f32.load(at) * f32.load(gradient);
      at += inColumn;
    }
  }
  return sum;
}

@inline
function addTo(to: usize, sum: v128): void {
  v128.store(to, f32x4.add(v128.load(to), sum));
}
