/** The combine operation backward: `combineBackSums`, barrier, `combineBackApply`. */
import { field, pointer } from '../assembly/descriptor';
import { madd, sumLanes } from '../assembly/simd';
import { chunkOf, coefficient, perChannel, maskOf, weightOf, addDouble } from './assemblyBranch';
import { BranchField as B, Coefficient as K, CombineField as F } from './fields';

/** Writes a part's sums of g and g * (x - mean) per channel, and of g * x for weighted branches without factors per channel. */
export function combineBackSums(d: usize, thread: i32, part: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const perPicture = field(d, F.pixels);
  const pixels = (last - first) * perPicture;
  const start = first * perPicture * channels * 4;
  const relu = field(d, F.relu) != 0;
  const chunk = chunkOf(channels);
  let branch = pointer(d, F.branches);
  for (let index = field(d, F.branchCount); index > 0; index--, branch += B.size * 4) {
    const byChannel = perChannel(branch);
    if (!byChannel && !pointer(branch, B.weight)) continue;
    const sums = pointer(branch, B.sums) + part * field(branch, B.sumsStride);
    if (byChannel) memory.fill(sums, 0, channels * 16);
    const branchRelu = field(branch, B.relu) != 0;
    let weightSum: f64 = 0;
    for (let done = 0; done < pixels; done += chunk) {
      const size = min(chunk, pixels - done);
      const at = start + done * channels * 4;
      const x = pointer(branch, B.input) + at;
      const dy = pointer(d, F.gradient) + at;
      const y = pointer(d, F.output) + at;
      if (byChannel) {
        const own = coefficient(branch, thread, channels, 0);
        if (relu) {
          if (branchRelu) gradientSums(x, dy, y, size, channels, own, sums, true, true);
          else gradientSums(x, dy, y, size, channels, own, sums, true, false);
        } else {
          if (branchRelu) gradientSums(x, dy, y, size, channels, own, sums, false, true);
          else gradientSums(x, dy, y, size, channels, own, sums, false, false);
        }
      } else weightSum += <f64>productSum(x, dy, y, size * channels, relu, branchRelu);
    }
    if (!byChannel) f64.store(pointer(branch, B.weightGradient) + part * field(branch, B.weightStride), weightSum);
  }
}

@inline
function gradientSums(
  x: usize,
  dy: usize,
  y: usize,
  pixels: i32,
  channels: i32,
  own: usize,
  sums: usize,
  relu: bool,
  branchRelu: bool,
): void {
  const zero = f32x4.splat(0);
  const row = channels * 4;
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    const mean = v128.load(own + K.mean * row + c * 4);
    const scale = v128.load(own + K.scale * row + c * 4);
    const offset = v128.load(own + K.offset * row + c * 4);
    let sum = zero;
    let products = zero;
    let at = c * 4;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = v128.load(x + at);
      let g = v128.load(dy + at);
      if (relu) g = v128.and(g, f32x4.gt(v128.load(y + at), zero));
      if (branchRelu) g = v128.and(g, f32x4.gt(madd(value, scale, offset), zero));
      sum = f32x4.add(sum, g);
      products = madd(g, f32x4.sub(value, mean), products);
      at += row;
    }
    addDouble(sums + c * 8, sum);
    addDouble(sums + (channels + c) * 8, products);
  }
  for (; c < channels; c++) {
    const mean = f32.load(own + K.mean * row + c * 4);
    const scale = f32.load(own + K.scale * row + c * 4);
    const offset = f32.load(own + K.offset * row + c * 4);
    let sum: f32 = 0;
    let products: f32 = 0;
    let at = c * 4;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = f32.load(x + at);
      let g = f32.load(dy + at);
      if (relu && !(f32.load(y + at) > 0)) g = 0;
      if (branchRelu && !(value * scale + offset > 0)) g = 0;
      sum += g;
      products += g * (value - mean);
      at += row;
    }
    f64.store(sums + c * 8, f64.load(sums + c * 8) + <f64>sum);
    f64.store(sums + (channels + c) * 8, f64.load(sums + (channels + c) * 8) + <f64>products);
  }
}

function productSum(x: usize, dy: usize, y: usize, count: i32, relu: bool, branchRelu: bool): f32 {
  const zero = f32x4.splat(0);
  let sums = zero;
  let at = 0;
  const fours = (count & ~3) * 4;
  for (; at < fours; at += 16) {
    let value = v128.load(x + at);
    let g = v128.load(dy + at);
    if (relu) g = v128.and(g, f32x4.gt(v128.load(y + at), zero));
    if (branchRelu) value = f32x4.max(value, zero);
    sums = madd(g, value, sums);
  }
  let sum = sumLanes(sums);
  for (; at < count * 4; at += 4) {
    let value = f32.load(x + at);
    let g = f32.load(dy + at);
    if (relu && !(f32.load(y + at) > 0)) g = 0;
    if (branchRelu) value = max<f32>(value, 0);
    sum += g * value;
  }
  return sum;
}

/**
 * Computes the gradients of inputs, scales, offsets and weights. The first thread writes those of the parameters into their first
 * share.
 */
export function combineBackApply(d: usize, thread: i32, first: i32, last: i32, batch: i32, partCount: i32): void {
  const channels = field(d, F.channels);
  const perPicture = field(d, F.pixels);
  const pixels = (last - first) * perPicture;
  const start = first * perPicture * channels * 4;
  const branches = pointer(d, F.branches);
  const count = field(d, F.branchCount);
  let branch = branches;
  for (let index = count; index > 0; index--, branch += B.size * 4)
    if (perChannel(branch)) finishGradients(branch, thread, channels, batch * perPicture, partCount);
  const chunk = chunkOf(channels);
  const relu = field(d, F.relu) != 0;
  for (let done = 0; done < pixels; done += chunk) {
    const size = min(chunk, pixels - done);
    const at = start + done * channels * 4;
    const dy = pointer(d, F.gradient) + at;
    const y = pointer(d, F.output) + at;
    branch = branches;
    for (let index = count; index > 0; index--, branch += B.size * 4) {
      const to = pointer(branch, B.inputGradient);
      if (!to) continue;
      const x = pointer(branch, B.input) + at;
      const accumulate = field(branch, B.accumulate) != 0;
      const branchRelu = field(branch, B.relu) != 0;
      if (perChannel(branch)) {
        const own = coefficient(branch, thread, channels, 0);
        if (relu) {
          if (branchRelu) inputGradient(x, dy, y, to + at, size, channels, own, true, true, accumulate);
          else inputGradient(x, dy, y, to + at, size, channels, own, true, false, accumulate);
        } else {
          if (branchRelu) inputGradient(x, dy, y, to + at, size, channels, own, false, true, accumulate);
          else inputGradient(x, dy, y, to + at, size, channels, own, false, false, accumulate);
        }
      } else plainGradient(x, dy, y, to + at, size * channels, weightOf(branch), relu, branchRelu, accumulate);
    }
  }
}

/**
 * With G = sum g, H = sum g (x - mean), n pixels, i = 1 / sqrt(variance + epsilon), w the branch's weight, m the mask:
 * dgamma = w m i H, dbeta = w m G, dw = sum of m (gamma i H + beta G), dm = w (gamma i H + beta G),
 * dx = w m gamma i (g - G / n - (x - mean) i^2 H / n). Without batch norm: dw = sum of m H, dm = w H, dx = w m g.
 */
function finishGradients(branch: usize, thread: i32, channels: i32, pixels: i32, partCount: i32): void {
  const own = coefficient(branch, thread, channels, 0);
  const row = channels * 4;
  const weight = <f64>weightOf(branch);
  const n = <f64>pixels;
  const normalized = pointer(branch, B.gamma) != 0;
  const maskGradient = pointer(branch, B.maskGradient);
  let weightGradient: f64 = 0;
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    let products: f64 = 0;
    for (let part = 0; part < partCount; part++) {
      const sums = pointer(branch, B.sums) + part * field(branch, B.sumsStride);
      sum += f64.load(sums + c * 8);
      products += f64.load(sums + (channels + c) * 8);
    }
    const mean = <f64>f32.load(own + K.mean * row + c * 4);
    const inverse = <f64>f32.load(own + K.inverse * row + c * 4);
    const mask = maskOf(branch, c);
    const gamma = normalized ? <f64>f32.load(pointer(branch, B.gamma) + c * 4) : 1;
    const slope = weight * mask * gamma * inverse;
    const curve = normalized ? (-slope * inverse * inverse * products) / n : 0;
    f32.store(own + K.slope * row + c * 4, <f32>slope);
    f32.store(own + K.curve * row + c * 4, <f32>curve);
    f32.store(own + K.shift * row + c * 4, normalized ? <f32>((-slope * sum) / n - curve * mean) : 0);
    if (thread > 0) continue;
    let share = gamma * inverse * products;
    if (normalized) {
      f32.store(pointer(branch, B.gammaGradient) + c * 4, <f32>(weight * mask * inverse * products));
      f32.store(pointer(branch, B.betaGradient) + c * 4, <f32>(weight * mask * sum));
      share += <f64>f32.load(pointer(branch, B.beta) + c * 4) * sum;
    }
    if (maskGradient) f64.store(maskGradient + c * 8, weight * share);
    weightGradient += mask * share;
  }
  // The first part's share holds the whole gradient; the other shares stay zero.
  if (thread == 0 && pointer(branch, B.weight)) f64.store(pointer(branch, B.weightGradient), weightGradient);
}

@inline
function inputGradient(
  x: usize,
  dy: usize,
  y: usize,
  to: usize,
  pixels: i32,
  channels: i32,
  own: usize,
  relu: bool,
  branchRelu: bool,
  accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  const row = channels * 4;
  let at = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    for (; c + 16 <= row; c += 16) {
      const value = v128.load(x + at);
      let g = v128.load(dy + at);
      if (relu) g = v128.and(g, f32x4.gt(v128.load(y + at), zero));
      if (branchRelu) g = v128.and(g, f32x4.gt(madd(value, v128.load(own + K.scale * row + c), v128.load(own + K.offset * row + c)), zero));
      let v = madd(value, v128.load(own + K.curve * row + c), v128.load(own + K.shift * row + c));
      v = madd(g, v128.load(own + K.slope * row + c), v);
      if (accumulate) v = f32x4.add(v, v128.load(to + at));
      v128.store(to + at, v);
      at += 16;
    }
    for (; c < row; c += 4) {
      const value = f32.load(x + at);
      let g = f32.load(dy + at);
      if (relu && !(f32.load(y + at) > 0)) g = 0;
      if (branchRelu && !(value * f32.load(own + K.scale * row + c) + f32.load(own + K.offset * row + c) > 0)) g = 0;
      let v = g * f32.load(own + K.slope * row + c) + (value * f32.load(own + K.curve * row + c) + f32.load(own + K.shift * row + c));
      if (accumulate) v += f32.load(to + at);
      f32.store(to + at, v);
      at += 4;
    }
  }
}

function plainGradient(
  x: usize,
  dy: usize,
  y: usize,
  to: usize,
  count: i32,
  weight: f32,
  relu: bool,
  branchRelu: bool,
  accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  const w = f32x4.splat(weight);
  let at = 0;
  const fours = (count & ~3) * 4;
  for (; at < fours; at += 16) {
    let g = f32x4.mul(v128.load(dy + at), w);
    if (relu) g = v128.and(g, f32x4.gt(v128.load(y + at), zero));
    if (branchRelu) g = v128.and(g, f32x4.gt(v128.load(x + at), zero));
    if (accumulate) g = f32x4.add(g, v128.load(to + at));
    v128.store(to + at, g);
  }
  for (; at < count * 4; at += 4) {
    let g = f32.load(dy + at) * weight;
    if (relu && !(f32.load(y + at) > 0)) g = 0;
    if (branchRelu && !(f32.load(x + at) > 0)) g = 0;
    if (accumulate) g += f32.load(to + at);
    f32.store(to + at, g);
  }
}
