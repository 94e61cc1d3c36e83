import type { QuantizedTensor, Window } from '../graph';
import { pictureOf } from '../graph';

/** A picture with its padding filled in, so that no window reaches beyond it. */
export interface Padded {
  readonly values: Int8Array;
  readonly width: number;
}

/** @param output height and width of the output; rows and columns that no window reaches are left out */
export function padded(
  input: Int8Array,
  from: QuantizedTensor,
  { kernel, stride, padding }: Window,
  output: readonly [number, number],
): Padded {
  const [height, width, channels] = pictureOf(from);
  const [[top], [left]] = padding;
  const rows = (output[0] - 1) * stride[0] + kernel[0];
  const columns = (output[1] - 1) * stride[1] + kernel[1];
  const values = new Int8Array(rows * columns * channels).fill(from.zeroPoint);
  const inside = Math.min(width, columns - left);
  for (let row = 0; row < height && row + top < rows; row++)
    values.set(input.subarray(row * width * channels, (row * width + inside) * channels), ((row + top) * columns + left) * channels);
  return { values, width: columns };
}
