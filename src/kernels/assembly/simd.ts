/** Vector arithmetic that differs between the plain SIMD and the relaxed SIMD build. */

/** a * b + c, in one rounding where the build has it. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of the four lanes. */
@inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Stores the first `lanes` (1 to 8) of two vectors. */
@inline
export function store8(to: usize, low: v128, high: v128, lanes: i32): void {
  if (lanes >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
  } else storeSome(to, low, high, lanes);
}

function storeSome(to: usize, low: v128, high: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(to, low);
    low = high;
    to += 16;
    lanes -= 4;
  }
  if (lanes > 0) f32.store(to, f32x4.extract_lane(low, 0));
  if (lanes > 1) f32.store(to, f32x4.extract_lane(low, 1), 4);
  if (lanes > 2) f32.store(to, f32x4.extract_lane(low, 2), 8);
}
