/**
 * The combine operation forward: batch norm with the batch's statistics, ReLU, weights and sum in one pass over the branches. A
 * pass for the sums over the batch comes first: `combineSums`, barrier, `combineApply`. With running statistics `combineApply`
 * alone suffices.
 */
import { field, pointer, real } from '../assembly/descriptor';
import { madd } from '../assembly/simd';
import { PartField as P } from '../calls';
import { chunkOf, coefficient, perChannel, maskOf, weightOf, addDouble, picturesOf } from './assemblyBranch';
import { BranchField as B, Coefficient as K, CombineField as F } from './fields';

/** Writes mean and sum of squared deviations of a part's examples, per channel, for the branches with batch norm. */
export function combineSums(d: usize, part: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const pixels = (last - first) * field(d, F.pixels);
  let branch = pointer(d, F.branches);
  for (let index = field(d, F.branchCount); index > 0; index--, branch += B.size * 4) {
    if (!pointer(branch, B.gamma)) continue;
    const x = pointer(branch, B.input) + first * field(d, F.pixels) * channels * 4;
    const sums = pointer(branch, B.sums) + part * field(branch, B.sumsStride);
    memory.fill(sums, 0, channels * 16);
    // Deviations are taken from the first pixel, which is close enough to the mean that squares do not cancel.
    const chunk = chunkOf(channels);
    for (let done = 0; done < pixels; done += chunk) shiftedSums(x + done * channels * 4, x, min(chunk, pixels - done), channels, sums);
    for (let c = 0; c < channels; c++) {
      const sum = f64.load(sums + c * 8);
      const squares = f64.load(sums + (channels + c) * 8);
      f64.store(sums + c * 8, <f64>f32.load(x + c * 4) + sum / <f64>pixels);
      f64.store(sums + (channels + c) * 8, squares - (sum * sum) / <f64>pixels);
    }
  }
}

function shiftedSums(x: usize, origin: usize, pixels: i32, channels: i32, sums: usize): void {
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    const shift = v128.load(origin + c * 4);
    let sum = f32x4.splat(0);
    let squares = f32x4.splat(0);
    let at = x + c * 4;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const deviation = f32x4.sub(v128.load(at), shift);
      sum = f32x4.add(sum, deviation);
      squares = madd(deviation, deviation, squares);
      at += channels * 4;
    }
    addDouble(sums + c * 8, sum);
    addDouble(sums + (channels + c) * 8, squares);
  }
  for (; c < channels; c++) {
    const shift = f32.load(origin + c * 4);
    let sum: f32 = 0;
    let squares: f32 = 0;
    let at = x + c * 4;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const deviation = f32.load(at) - shift;
      sum += deviation;
      squares += deviation * deviation;
      at += channels * 4;
    }
    f64.store(sums + c * 8, f64.load(sums + c * 8) + <f64>sum);
    f64.store(sums + (channels + c) * 8, f64.load(sums + (channels + c) * 8) + <f64>squares);
  }
}

/** Computes the output. Every thread computes the statistics for itself; the first one also updates the running ones. */
export function combineApply(d: usize, thread: i32, first: i32, last: i32, parts: usize, partCount: i32): void {
  const channels = field(d, F.channels);
  const perPicture = field(d, F.pixels);
  const branches = pointer(d, F.branches);
  const count = field(d, F.branchCount);
  let branch = branches;
  for (let index = count; index > 0; index--, branch += B.size * 4)
    if (pointer(branch, B.gamma)) {
      if (field(d, F.running)) runningStatistics(branch, thread, channels);
      else finishStatistics(branch, thread, channels, perPicture, parts, partCount);
    } else if (pointer(branch, B.mask)) maskAlone(branch, thread, channels);
  const chunk = chunkOf(channels);
  const pixels = (last - first) * perPicture;
  const start = first * perPicture * channels * 4;
  const relu = field(d, F.relu) != 0;
  for (let done = 0; done < pixels; done += chunk) {
    const size = min(chunk, pixels - done);
    const at = start + done * channels * 4;
    const y = pointer(d, F.output) + at;
    branch = branches;
    for (let index = 0; index < count; index++, branch += B.size * 4) {
      const x = pointer(branch, B.input) + at;
      const addTo = index > 0;
      const end = relu && index == count - 1;
      if (perChannel(branch)) {
        const scale = coefficient(branch, thread, channels, K.weightedScale);
        const offset = coefficient(branch, thread, channels, K.weightedOffset);
        if (field(branch, B.relu)) affine(x, scale, offset, y, size, channels, true, addTo, end);
        else affine(x, scale, offset, y, size, channels, false, addTo, end);
      } else plain(x, weightOf(branch), y, size * channels, field(branch, B.relu) != 0, addTo, end);
    }
  }
}

/** Computes mean and variance over all parts, and from them every channel's coefficients. */
function finishStatistics(branch: usize, thread: i32, channels: i32, perPicture: i32, parts: usize, partCount: i32): void {
  const batch = field(parts + (partCount - 1) * P.size * 4, P.end);
  const total = <f64>(batch * perPicture);
  const weight = weightOf(branch);
  const momentum = <f64>real(branch, B.momentum);
  const epsilon = <f64>real(branch, B.epsilon);
  const at = coefficient(branch, thread, channels, 0);
  const row = channels * 4;
  for (let c = 0; c < channels; c++) {
    let mean: f64 = 0;
    for (let part = 0; part < partCount; part++)
      mean += f64.load(pointer(branch, B.sums) + part * field(branch, B.sumsStride) + c * 8) * <f64>(picturesOf(parts, part) * perPicture);
    mean /= total;
    let squares: f64 = 0;
    for (let part = 0; part < partCount; part++) {
      const sums = pointer(branch, B.sums) + part * field(branch, B.sumsStride);
      const difference = f64.load(sums + c * 8) - mean;
      squares += f64.load(sums + (channels + c) * 8) + difference * difference * <f64>(picturesOf(parts, part) * perPicture);
    }
    const variance = squares / total;
    normalise(branch, at, row, c, mean, variance, epsilon, weight);
    if (thread == 0) {
      keepRunning(pointer(branch, B.movingMean) + c * 4, mean, momentum);
      keepRunning(pointer(branch, B.movingVariance) + c * 4, variance, momentum);
    }
  }
}

/** Computes the coefficients from the running statistics, which stay as they are. */
function runningStatistics(branch: usize, thread: i32, channels: i32): void {
  const weight = weightOf(branch);
  const epsilon = <f64>real(branch, B.epsilon);
  const at = coefficient(branch, thread, channels, 0);
  for (let c = 0; c < channels; c++) {
    const mean = <f64>f32.load(pointer(branch, B.movingMean) + c * 4);
    const variance = <f64>f32.load(pointer(branch, B.movingVariance) + c * 4);
    normalise(branch, at, channels * 4, c, mean, variance, epsilon, weight);
  }
}

/** Sets a channel's coefficients for the forward pass. */
@inline
function normalise(branch: usize, at: usize, row: i32, c: i32, mean: f64, variance: f64, epsilon: f64, weight: f32): void {
  const inverse = 1 / Math.sqrt(variance + epsilon);
  const mask = maskOf(branch, c);
  const scale = mask * <f64>f32.load(pointer(branch, B.gamma) + c * 4) * inverse;
  const offset = mask * <f64>f32.load(pointer(branch, B.beta) + c * 4) - mean * scale;
  f32.store(at + K.mean * row + c * 4, <f32>mean);
  f32.store(at + K.inverse * row + c * 4, <f32>inverse);
  f32.store(at + K.scale * row + c * 4, <f32>scale);
  f32.store(at + K.offset * row + c * 4, <f32>offset);
  f32.store(at + K.weightedScale * row + c * 4, <f32>(scale * weight));
  f32.store(at + K.weightedOffset * row + c * 4, <f32>(offset * weight));
}

/** Coefficients of a branch without batch norm: the mask scales. */
function maskAlone(branch: usize, thread: i32, channels: i32): void {
  const weight = weightOf(branch);
  const at = coefficient(branch, thread, channels, 0);
  const row = channels * 4;
  memory.fill(at, 0, K.count * row);
  for (let c = 0; c < channels; c++) {
    const mask = <f32>maskOf(branch, c);
    f32.store(at + K.inverse * row + c * 4, 1);
    f32.store(at + K.scale * row + c * 4, mask);
    f32.store(at + K.weightedScale * row + c * 4, mask * weight);
  }
}

function keepRunning(at: usize, fresh: f64, momentum: f64): void {
  f32.store(at, <f32>(<f64>f32.load(at) * momentum + fresh * (1 - momentum)));
}

@inline
function affine(x: usize, scale: usize, offset: usize, y: usize, pixels: i32, channels: i32, relu: bool, addTo: bool, end: bool): void {
  const zero = f32x4.splat(0);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      let v = madd(v128.load(x), v128.load(scale + c * 4), v128.load(offset + c * 4));
      if (relu) v = f32x4.max(v, zero);
      if (addTo) v = f32x4.add(v, v128.load(y));
      if (end) v = f32x4.max(v, zero);
      v128.store(y, v);
      x += 16;
      y += 16;
    }
    for (; c < channels; c++) {
      let v = f32.load(x) * f32.load(scale + c * 4) + f32.load(offset + c * 4);
      if (relu) v = max<f32>(v, 0);
      if (addTo) v += f32.load(y);
      if (end) v = max<f32>(v, 0);
      f32.store(y, v);
      x += 4;
      y += 4;
    }
  }
}

function plain(x: usize, weight: f32, y: usize, count: i32, relu: bool, addTo: bool, end: bool): void {
  const zero = f32x4.splat(0);
  const w = f32x4.splat(weight);
  let at = 0;
  for (; at + 4 <= count; at += 4) {
    let v = v128.load(x);
    if (relu) v = f32x4.max(v, zero);
    v = f32x4.mul(v, w);
    if (addTo) v = f32x4.add(v, v128.load(y));
    if (end) v = f32x4.max(v, zero);
    v128.store(y, v);
    x += 16;
    y += 16;
  }
  for (; at < count; at++) {
    let v = f32.load(x);
    if (relu) v = max<f32>(v, 0);
    v *= weight;
    if (addTo) v += f32.load(y);
    if (end) v = max<f32>(v, 0);
    f32.store(y, v);
    x += 4;
    y += 4;
  }
}
