/** Fields of a branch that both directions of the combine operation read. */
import { field, pointer } from '../assembly/descriptor';
import { PartField as P } from '../calls';
import { BranchField as B } from './fields';

/** Numbers of a branch per round of work: few enough that a second read finds them in the first-level cache. */
const CHUNK = 2048;

@inline
export function chunkOf(channels: i32): i32 {
  return max(1, CHUNK / channels);
}

@inline
export function coefficient(branch: usize, thread: i32, channels: i32, row: i32): usize {
  return pointer(branch, B.coefficients) + thread * field(branch, B.coefficientsStride) + row * channels * 4;
}

/** Whether a branch has factors per channel. */
@inline
export function perChannel(branch: usize): bool {
  return pointer(branch, B.gamma) != 0 || pointer(branch, B.mask) != 0;
}

@inline
export function maskOf(branch: usize, channel: i32): f64 {
  const at = pointer(branch, B.mask);
  return at ? <f64>f32.load(at + channel * 4) : 1;
}

@inline
export function weightOf(branch: usize): f32 {
  const at = pointer(branch, B.weight);
  return at ? f32.load(at) : 1;
}

/** Adds four floats to four doubles. */
@inline
export function addDouble(to: usize, v: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3))), 16);
}

@inline
export function picturesOf(parts: usize, part: i32): i32 {
  const own = parts + part * P.size * 4;
  return field(own, P.end) - field(own, P.first);
}
