/**
 * Convolution, NHWC by HWIO, without an im2col: in a zero-padded picture the window's rows are runs of consecutive numbers,
 * and so are the kernel's. Four output pixels by eight output channels are summed in registers.
 */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { madd, store8 } from '../assembly/simd';
import { Conv2dField as F, PackField as P } from './fields';

/** Pictures `first` to `last` (exclusive) of y = conv2d(x, kernel) + bias. */
export function conv2d(d: usize, thread: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const outWidth = field(d, F.outWidth);
  const run = field(d, F.kernelWidth) * channels;
  const taps = field(d, F.kernelHeight);
  const picture = field(d, F.height) * field(d, F.width) * channels * 4;
  const outPicture = field(d, F.outHeight) * outWidth * filters * 4;
  const input = pointer(d, F.input);
  const output = pointer(d, F.output);
  if (field(d, F.flat)) {
    // A dense layer is one row of pixels, one per example.
    slide(
      input + first * picture,
      picture,
      picture,
      taps,
      0,
      run,
      pointer(d, F.packed),
      pointer(d, F.bias),
      output + first * outPicture,
      outPicture,
      outPicture,
      1,
      last - first,
      filters,
      false,
    );
    return;
  }
  const padded = isPadded(d);
  const rowBytes = field(d, F.paddedWidth) * channels * 4;
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  if (padded) memory.fill(scratch, 0, field(d, F.paddedHeight) * rowBytes);
  for (let n = first; n < last; n++) {
    let from = input + n * picture;
    if (padded) {
      placePicture(from, field(d, F.height), field(d, F.width), channels * 4, scratch, rowBytes, field(d, F.top), field(d, F.left), 1, 1);
      from = scratch;
    }
    slide(
      from,
      field(d, F.strideDown) * rowBytes,
      field(d, F.strideRight) * channels * 4,
      taps,
      rowBytes,
      run,
      pointer(d, F.packed),
      pointer(d, F.bias),
      output + n * outPicture,
      outWidth * filters * 4,
      filters * 4,
      field(d, F.outHeight),
      outWidth,
      filters,
      false,
    );
  }
}

export function isPadded(d: usize): bool {
  return field(d, F.paddedHeight) != field(d, F.height) || field(d, F.paddedWidth) != field(d, F.width);
}

/** Copies a kernel [rows][filters] into [filters / 8][rows][8], and fills the last block up with zeros. */
export function packKernel(d: usize): void {
  const rows = field(d, P.rows);
  const filters = field(d, P.filters);
  let to = pointer(d, P.packed);
  for (let c = 0; c < filters; c += 8) {
    let from = pointer(d, P.kernel) + c * 4;
    const lanes = min(8, filters - c);
    for (let row = 0; row < rows; row++) {
      if (lanes == 8) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        v128.store(to, f32x4.splat(0));
        v128.store(to, f32x4.splat(0), 16);
        for (let lane = 0; lane < lanes; lane++) f32.store(to + lane * 4, f32.load(from + lane * 4));
      }
      from += filters * 4;
      to += 32;
    }
  }
}

/**
 * The inner part that the convolution and its input gradient share: slides a window over one picture. Eight sums, four inputs and
 * two weights fit into the fifteen vector registers that V8 allocates on x64. With six pixels, or with the innermost loop unrolled,
 * V8 loads everything first and keeps half of it on the stack.
 *
 * @param inRow, inColumn bytes in the input between vertical and horizontal neighbours of the output
 * @param taps rows of the window, `tapBytes` apart, of `run` consecutive numbers each
 * @param weights [channels / 8][taps x run][8]
 * @param bias one number per channel, filled up to a multiple of 8
 * @param outRow, outColumn bytes between neighbours of the output
 * @param accumulate adds to the output instead of replacing it, and leaves out the bias
 */
export function slide(
  input: usize,
  inRow: i32,
  inColumn: i32,
  taps: i32,
  tapBytes: i32,
  run: i32,
  weights: usize,
  bias: usize,
  output: usize,
  outRow: i32,
  outColumn: i32,
  height: i32,
  width: i32,
  channels: i32,
  accumulate: bool,
): void {
  const block = taps * run * 32;
  for (let c = 0; c < channels; c += 8) {
    const lanes = channels - c;
    let x = 0;
    let y = 0;
    // A tile that reaches beyond the last pixel computes that pixel again, and stores the same sums twice.
    for (let left = height * width; left > 0; left -= 4) {
      const p0 = input + y * inRow + x * inColumn;
      const q0 = output + y * outRow + x * outColumn;
      if (left > 1 && ++x == width) {
        x = 0;
        y++;
      }
      const p1 = input + y * inRow + x * inColumn;
      const q1 = output + y * outRow + x * outColumn;
      if (left > 2 && ++x == width) {
        x = 0;
        y++;
      }
      const p2 = input + y * inRow + x * inColumn;
      const q2 = output + y * outRow + x * outColumn;
      if (left > 3 && ++x == width) {
        x = 0;
        y++;
      }
      const p3 = input + y * inRow + x * inColumn;
      const q3 = output + y * outRow + x * outColumn;
      if (++x == width) {
        x = 0;
        y++;
      }
      let a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128, a3: v128, b3: v128;
      if (accumulate) {
        a0 = v128.load(q0);
        b0 = v128.load(q0, 16);
        a1 = v128.load(q1);
        b1 = v128.load(q1, 16);
        a2 = v128.load(q2);
        b2 = v128.load(q2, 16);
        a3 = v128.load(q3);
        b3 = v128.load(q3, 16);
      } else {
        a0 = v128.load(bias);
        b0 = v128.load(bias, 16);
        a1 = a0;
        b1 = b0;
        a2 = a0;
        b2 = b0;
        a3 = a0;
        b3 = b0;
      }
      let w = weights;
      for (let tap = 0; tap < taps; tap++) {
        const skip = tap * tapBytes;
        let s0 = p0 + skip;
        let s1 = p1 + skip;
        let s2 = p2 + skip;
        let s3 = p3 + skip;
        for (const end = s0 + (run << 2); s0 < end; s0 += 4) {
          const low = v128.load(w);
          const high = v128.load(w, 16);
          let s = v128.load32_splat(s0);
          a0 = madd(s, low, a0);
          b0 = madd(s, high, b0);
          s = v128.load32_splat(s1);
          a1 = madd(s, low, a1);
          b1 = madd(s, high, b1);
          s = v128.load32_splat(s2);
          a2 = madd(s, low, a2);
          b2 = madd(s, high, b2);
          s = v128.load32_splat(s3);
          a3 = madd(s, low, a3);
          b3 = madd(s, high, b3);
          s1 += 4;
          s2 += 4;
          s3 += 4;
          w += 32;
        }
      }
      store8(q0, a0, b0, lanes);
      store8(q1, a1, b1, lanes);
      store8(q2, a2, b2, lanes);
      store8(q3, a3, b3, lanes);
    }
    weights += block;
    bias += 32;
    output += 32;
  }
}
