/** Mean over a picture's pixels, and its gradient. */
import { field, pointer } from '../assembly/descriptor';
import { PoolField as F } from './fields';

/** Pictures `first` to `last` (exclusive) of output[n, c] = mean over pixels of input[n, pixel, c]. */
export function globalAvgPool(d: usize, first: i32, last: i32): void {
  const pixels = field(d, F.pixels);
  const channels = field(d, F.channels);
  const share = <f32>1 / <f32>pixels;
  for (let n = first; n < last; n++) {
    const x = pointer(d, F.input) + n * pixels * channels * 4;
    const y = pointer(d, F.output) + n * channels * 4;
    for (let c = 0; c < channels; c++) {
      let sum: f32 = 0;
      for (let pixel = 0; pixel < pixels; pixel++) sum += f32.load(x + (pixel * channels + c) * 4);
      f32.store(y + c * 4, sum * share);
    }
  }
}

/** `input` is the gradient of the output, `output` that of the input. */
export function globalAvgPoolBack(d: usize, first: i32, last: i32): void {
  const pixels = field(d, F.pixels);
  const channels = field(d, F.channels);
  const accumulate = field(d, F.accumulate) != 0;
  const share = <f32>1 / <f32>pixels;
  for (let n = first; n < last; n++) {
    const dy = pointer(d, F.input) + n * channels * 4;
    let to = pointer(d, F.output) + n * pixels * channels * 4;
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let c = 0; c < channels; c++) {
        const g = f32.load(dy + c * 4) * share;
        f32.store(to, accumulate ? f32.load(to) + g : g);
        to += 4;
      }
  }
}
