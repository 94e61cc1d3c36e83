/** Dropout in place on WebGPU, on values and on their gradients alike. A number's hash depends on its position in the batch. */
import { dispatch, fours, kernel, type Dispatch } from '../wgsl';
import { FIRST, SECOND } from './fields';

export interface DropoutShape {
  /** Pixels of the whole batch. */
  readonly pixels: number;
  readonly channels: number;
  /** The layer's number among dropout layers. */
  readonly layer: number;
  /** Hashes below this one, as unsigned integers, drop their number. */
  readonly dropped: number;
  readonly factor: number;
}

/** Positions count channels as they are, without those that fill a pixel up to fours. */
export function dropout({ pixels, ...fields }: DropoutShape, buffers: { readonly values: number; readonly seed: number }): Dispatch {
  return dispatch(dropoutKernel, pixels * fours(fields.channels), fields, buffers);
}

const dropoutKernel = kernel({
  key: 'dropout',
  fields: { channels: 'i32', layer: 'i32', dropped: 'i32', factor: 'f32' },
  buffers: { values: 'write vec4f', seed: 'read i32' },
  declarations: `fn mixed(value: u32) -> u32 {
  var x = (value ^ (value >> 16)) * ${FIRST}u;
  x = (x ^ (x >> 15)) * ${SECOND}u;
  return x ^ (x >> 16);
}`,
  perThread: `
  let channels4 = (fields.channels + 3) / 4;
  let start = mixed(mixed(u32(seed[0])) + u32(fields.layer)) + u32(index / channels4 * fields.channels + index % channels4 * 4);
  let hashes = vec4u(mixed(start), mixed(start + 1), mixed(start + 2), mixed(start + 3));
  values[index] = select(values[index] * fields.factor, vec4f(), hashes < vec4u(bitcast<u32>(fields.dropped)));`,
});
