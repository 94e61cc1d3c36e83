import { clamp, requantizer } from '../fixedPoint';
import { rangeOf, type Dense, type QuantizedValues, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';

/** As a convolution over a single pixel. */
export const dense: Kernel<Dense & QuantizedValues> = (operation, inputs, tensors, to, flavour) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const { weights, bias, weightScales } = operation;
  const range = rangeOf(operation.activation, to);
  const scaled = requantizer(flavour, { input: from.scale, weights: weightScales, output: to.scale }, weightScales.length > 1);
  return Int8Array.from(bias, (offset, unit) => {
    let sum = offset;
    for (let i = 0; i < input.length; i++) sum += ((input[i] as number) - from.zeroPoint) * (weights[unit * input.length + i] as number);
    return clamp(scaled(sum, unit) + to.zeroPoint, range);
  });
};
