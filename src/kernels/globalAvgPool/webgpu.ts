/** Mean over a picture's pixels, and its gradient, on WebGPU. Shapes [pictures, pixels, channels]. */
import { dispatch, fours, kernel, type Dispatch } from '../wgsl';

interface PoolShape {
  readonly pictures: number;
  readonly pixels: number;
  readonly channels: number;
}

/** output[n, c] = mean over pixels of input[n, pixel, c]; a thread per four channels of a picture. */
export function globalAvgPool(
  { pictures, pixels, channels }: PoolShape,
  buffers: { readonly input: number; readonly output: number },
): Dispatch {
  const channels4 = fours(channels);
  return dispatch(globalAvgPoolKernel, pictures * channels4, { pixels, channels4 }, buffers);
}

/** Every pixel gets its share of the gradient; a thread per four channels of a pixel. */
export function globalAvgPoolBack(
  { pictures, pixels, channels }: PoolShape,
  accumulate: boolean,
  buffers: { readonly gradient: number; readonly result: number },
): Dispatch {
  const channels4 = fours(channels);
  return dispatch(globalAvgPoolBackKernel, pictures * pixels * channels4, { pixels, channels4, accumulate: Number(accumulate) }, buffers);
}

const globalAvgPoolKernel = kernel({
  key: 'globalAvgPool',
  fields: { pixels: 'i32', channels4: 'i32' },
  buffers: { input: 'read vec4f', output: 'write vec4f' },
  perThread: `
  let origin = index / fields.channels4 * fields.pixels * fields.channels4 + index % fields.channels4;
  var sum = vec4f();
  for (var pixel = 0; pixel < fields.pixels; pixel++) { sum += input[origin + pixel * fields.channels4]; }
  output[index] = sum / f32(fields.pixels);`,
});

const globalAvgPoolBackKernel = kernel({
  key: 'globalAvgPoolBack',
  fields: { pixels: 'i32', channels4: 'i32', accumulate: 'i32' },
  buffers: { gradient: 'read vec4f', result: 'write vec4f' },
  perThread: `
  let picture = index / (fields.pixels * fields.channels4);
  var g = gradient[picture * fields.channels4 + index % fields.channels4] / f32(fields.pixels);
  if (fields.accumulate != 0) { g += result[index]; }
  result[index] = g;`,
});
