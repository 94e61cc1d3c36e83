import { clamp, quantizeMultiplier, requantizeDouble, roundHalfEven, type Multiplier } from '../fixedPoint';
import { rangeOf, type Add, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';

/** Both inputs are scaled up by 2^20 before they are brought to one step. */
export const ADD_SHIFT = 20;

type Adder = (first: number, second: number) => number;

/** Element by element. TensorFlow Lite Micro rounds an add twice even where its convolutions round once. */
export const add: Kernel<Add> = ({ activation }, inputs, tensors, to, flavour) => {
  const [first, second] = inputs as readonly [Int8Array, Int8Array];
  const [left, right] = tensors as readonly [QuantizedTensor, QuantizedTensor];
  const range = rangeOf(activation, to);
  const sum = flavour === 'float32' ? xnnpackAdder(left, right, to) : adder(left, right, to);
  return first.map((value, index) => clamp(sum(value, second[index] as number) + to.zeroPoint, range));
};

/** The fixed-point factors of an add: of each input, and of their sum. Source: tensorflow/lite/micro/kernels/add_common.cc. */
export function addMultipliers(
  left: QuantizedTensor,
  right: QuantizedTensor,
  to: QuantizedTensor,
): readonly [Multiplier, Multiplier, Multiplier] {
  const twice = 2 * Math.max(left.scale, right.scale);
  return [
    quantizeMultiplier(left.scale / twice),
    quantizeMultiplier(right.scale / twice),
    quantizeMultiplier(twice / (2 ** ADD_SHIFT * to.scale)),
  ];
}

function adder(left: QuantizedTensor, right: QuantizedTensor, to: QuantizedTensor): Adder {
  const [ofLeft, ofRight, ofSum] = addMultipliers(left, right, to);
  const raised = (value: number, { zeroPoint }: QuantizedTensor, multiplier: Multiplier) =>
    requantizeDouble((value - zeroPoint) * 2 ** ADD_SHIFT, multiplier);
  return (first, second) => requantizeDouble(raised(first, left, ofLeft) + raised(second, right, ofRight), ofSum);
}

/** Source: google/XNNPACK src/microparams-init.c (xnn_init_qs8_add_minmax), src/qs8-vadd. */
function xnnpackAdder(left: QuantizedTensor, right: QuantizedTensor, to: QuantizedTensor): Adder {
  const [a, b] = [Math.fround(left.scale / to.scale), Math.fround(right.scale / to.scale)];
  const shift = ADD_SHIFT - Math.floor(Math.log2(Math.max(a, b)));
  const [first, second] = [roundHalfEven(a * 2 ** shift), roundHalfEven(b * 2 ** shift)];
  const bias = 2 ** (shift - 1) - first * left.zeroPoint - second * right.zeroPoint;
  return (x, y) => Math.floor((bias + first * x + second * y) / 2 ** shift);
}
