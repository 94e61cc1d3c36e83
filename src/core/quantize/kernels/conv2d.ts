import { clamp, requantizer } from '../fixedPoint';
import { pictureOf, rangeOf, type Conv2d, type QuantizedValues, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';
import { padded } from './padded';

/** q = clamp(scaled(bias + sum of (input - zero point) * weight) + zero point of the output). */
export const conv2d: Kernel<Conv2d & QuantizedValues> = (operation, inputs, tensors, to, flavour) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const { weights, bias, kernel, stride } = operation;
  const range = rangeOf(operation.activation, to);
  const [height, width, filters] = pictureOf(to);
  const [, , channels] = pictureOf(from);
  const picture = padded(input, from, operation, [height, width]);
  const scaled = requantizer(flavour, { input: from.scale, weights: operation.weightScales, output: to.scale }, true);
  const run = kernel[1] * channels;
  const size = kernel[0] * run;
  const start = startingSums(weights, bias, size, from.zeroPoint);
  const output = new Int8Array(height * width * filters);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const corner = (row * stride[0] * picture.width + column * stride[1]) * channels;
      for (let filter = 0; filter < filters; filter++, at++) {
        let sum = start[filter] as number;
        for (let line = 0; line < kernel[0]; line++) {
          const values = corner + line * picture.width * channels;
          const factors = filter * size + line * run;
          // Engines multiply 32-bit integers faster than floats.
          for (let i = 0; i < run; i++) sum = (sum + Math.imul(picture.values[values + i] as number, weights[factors + i] as number)) | 0;
        }
        output[at] = clamp(scaled(sum, filter) + to.zeroPoint, range);
      }
    }
  return output;
};

/** The bias less what the input's zero point adds to every sum, since (q - z) * w = q * w - z * w. */
function startingSums(weights: Int8Array, bias: Int32Array, size: number, zeroPoint: number): Int32Array {
  return Int32Array.from(bias, (value, filter) => {
    let sum = 0;
    for (let i = filter * size; i < (filter + 1) * size; i++) sum += weights[i] as number;
    return value - zeroPoint * sum;
  });
}
