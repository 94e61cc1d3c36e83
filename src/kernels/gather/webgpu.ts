/** Makes a batch from an example set that lies on the device, on WebGPU: picks examples, mirrors, shifts and normalises them. */
import { dispatch, fours, kernel, type Dispatch } from '../wgsl';

interface GatherShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * input[n, row, column, c] = (pixel / 255 - mean[c]) / deviation[c], and 0, the mean colour, where the shifted picture leaves the
 * frame. One thread serves four channels of a pixel.
 * @param buffers `pixels`, four bytes to an integer; `normalization`, all means and then all deviations; `picks`, per example its
 * index, 1 to mirror it, and its shift down and to the right
 */
export function gather(
  { batch, height, width, channels }: GatherShape,
  buffers: { readonly pixels: number; readonly normalization: number; readonly picks: number; readonly input: number },
): Dispatch {
  const channels4 = fours(channels);
  return dispatch(gatherKernel, batch * height * width * channels4, { height, width, channels, channels4 }, buffers);
}

const gatherKernel = kernel({
  key: 'gather',
  fields: { height: 'i32', width: 'i32', channels: 'i32', channels4: 'i32' },
  buffers: { pixels: 'read i32', normalization: 'read f32', picks: 'read vec4i', input: 'write vec4f' },
  perThread: `
  let first = index % fields.channels4 * 4;
  let pixel = index / fields.channels4;
  let column = pixel % fields.width;
  let row = pixel / fields.width % fields.height;
  let pick = picks[pixel / (fields.width * fields.height)];
  let fromRow = row - pick.z;
  let shifted = column - pick.w;
  var value = vec4f();
  if (fromRow >= 0 && fromRow < fields.height && shifted >= 0 && shifted < fields.width) {
    let fromColumn = select(shifted, fields.width - 1 - shifted, pick.y != 0);
    let start = ((pick.x * fields.height + fromRow) * fields.width + fromColumn) * fields.channels + first;
    for (var c = 0; c < min(4, fields.channels - first); c++) {
      let at = start + c;
      let byte = extractBits(u32(pixels[at / 4]), u32(at % 4) * 8u, 8u);
      value[c] = (f32(byte) / 255 - normalization[first + c]) / normalization[fields.channels + first + c];
    }
  }
  input[index] = value;`,
});
