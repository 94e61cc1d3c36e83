import { clamp, requantizer } from '../fixedPoint';
import { pictureOf, rangeOf, type DepthwiseConv2d, type QuantizedValues, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';
import { padded } from './padded';

/** As a convolution, with a filter per channel that reads its own channel alone. */
export const depthwiseConv2d: Kernel<DepthwiseConv2d & QuantizedValues> = (operation, inputs, tensors, to, flavour) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const { weights, bias, kernel, stride } = operation;
  const range = rangeOf(operation.activation, to);
  const [height, width, channels] = pictureOf(to);
  const picture = padded(input, from, operation, [height, width]);
  const scaled = requantizer(flavour, { input: from.scale, weights: operation.weightScales, output: to.scale }, true);
  const output = new Int8Array(height * width * channels);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let channel = 0; channel < channels; channel++, at++) {
        let sum = bias[channel] as number;
        for (let line = 0; line < kernel[0]; line++)
          for (let step = 0; step < kernel[1]; step++) {
            const pixel = (row * stride[0] + line) * picture.width + column * stride[1] + step;
            const value = (picture.values[pixel * channels + channel] as number) - from.zeroPoint;
            sum += value * (weights[(line * kernel[1] + step) * channels + channel] as number);
          }
        output[at] = clamp(scaled(sum, channel) + to.zeroPoint, range);
      }
  return output;
};
