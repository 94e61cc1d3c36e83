import { clamp, roundHalfAway } from './fixedPoint';
import type { Affine } from './graph';

/** Real numbers as int8: rounded, and clipped where they lie outside the tensor's range. */
export function toInt8(values: Float32Array, { scale, zeroPoint }: Affine): Int8Array {
  return Int8Array.from(values, (value) => clamp(roundHalfAway(value / scale) + zeroPoint, [-128, 127]));
}

/** The real numbers that int8 ones stand for. */
export function toReal(values: Int8Array, { scale, zeroPoint }: Affine): Float32Array {
  return Float32Array.from(values, (value) => scale * (value - zeroPoint));
}
