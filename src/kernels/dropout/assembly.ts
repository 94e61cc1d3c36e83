/** Dropout in place, on values and on their gradients alike. A number's hash depends on its position in the batch, not on threads. */
import { field, pointer, real } from '../assembly/descriptor';
import { DropoutField as F, FIRST, SECOND } from './fields';

/** Examples `first` to `last` (exclusive). */
export function dropout(d: usize, first: i32, last: i32): void {
  const perRow = field(d, F.perRow);
  const counted = field(d, F.counted);
  const rows = field(d, F.rows);
  const seed = mixed(mixed(<u32>i32.load(pointer(d, F.seed))) + <u32>field(d, F.layer));
  const dropped = i32x4.splat(field(d, F.dropped));
  const factor = f32x4.splat(real(d, F.factor));
  let at = pointer(d, F.values) + first * rows * perRow * 4;
  for (let row = first * rows; row < last * rows; row++) {
    const end = at + perRow * 4;
    let count = i32x4.add(i32x4.splat(<i32>seed + row * counted), i32x4(0, 1, 2, 3));
    for (; at + 16 <= end; at += 16) {
      const kept = i32x4.ge_u(mixedVector(count), dropped);
      v128.store(at, v128.and(f32x4.mul(v128.load(at), factor), kept));
      count = i32x4.add(count, i32x4.splat(4));
    }
    for (let next = <u32>i32x4.extract_lane(count, 0); at < end; at += 4, next++)
      f32.store(at, mixed(next) < <u32>field(d, F.dropped) ? 0 : f32.load(at) * real(d, F.factor));
  }
}

@inline
function mixed(value: u32): u32 {
  let x = (value ^ (value >> 16)) * <u32>FIRST;
  x = (x ^ (x >> 15)) * <u32>SECOND;
  return x ^ (x >> 16);
}

@inline
function mixedVector(value: v128): v128 {
  let x = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 16)), i32x4.splat(<i32>FIRST));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>SECOND));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
