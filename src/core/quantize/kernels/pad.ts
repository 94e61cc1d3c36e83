import { pictureOf, type Pad, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';

/** The zero point stands for real 0. */
export const pad: Kernel<Pad> = ({ padding: [[top], [left]] }, inputs, tensors, to) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const [height, width, channels] = pictureOf(from);
  const [outHeight, outWidth] = pictureOf(to);
  const output = new Int8Array(outHeight * outWidth * channels).fill(to.zeroPoint);
  for (let row = 0; row < height; row++)
    output.set(input.subarray(row * width * channels, (row + 1) * width * channels), ((row + top) * outWidth + left) * channels);
  return output;
};
