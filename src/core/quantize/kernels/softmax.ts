/**
 * Softmax of int8 numbers in fixed point. All flavours compute the same.
 * Sources: tensorflow/lite/kernels/internal/reference/softmax.h, gemmlowp fixedpoint/fixedpoint.h (exp_on_negative_values,
 * one_over_one_plus_x_for_x_in_0_1).
 */
import { divideByPowerOfTwo, highMultiply, quantizeMultiplier, type Multiplier } from '../fixedPoint';
import type { Softmax, QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';

/** Integer bits of what exp reads, and of the sum of exponentials. */
const INPUT_INTEGER_BITS = 5;
const SUM_INTEGER_BITS = 12;
const MOST = 2 ** 31 - 1;

const saturated = (value: number) => Math.max(-(2 ** 31), Math.min(MOST, value));

export const softmax: Kernel<Softmax> = ({ beta }, inputs, tensors) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const row = from.shape.at(-1) as number;
  const output = new Int8Array(input.length);
  for (let start = 0; start < input.length; start += row) output.set(ofRow(input.subarray(start, start + row), from.scale, beta), start);
  return output;
};

/** The factor from differences of int8 to what exp reads, and the least difference whose exponential is not 0. */
export function softmaxFactor(scale: number, beta: number): { readonly factor: Multiplier; readonly least: number } {
  const factor = quantizeMultiplier(Math.min(beta * scale * 2 ** (31 - INPUT_INTEGER_BITS), MOST));
  return { factor, least: -Math.floor(((2 ** INPUT_INTEGER_BITS - 1) * 2 ** (31 - INPUT_INTEGER_BITS)) / 2 ** factor.exponent) };
}

function ofRow(row: Int8Array, scale: number, beta: number): Int8Array {
  const { factor, least } = softmaxFactor(scale, beta);
  const { multiplier, exponent } = factor;
  const top = row.reduce((a, b) => Math.max(a, b));
  const exponentials = Float64Array.from(row, (value) =>
    value - top < least ? -1 : exponential(highMultiply((value - top) * 2 ** exponent, multiplier)),
  );
  const sum = exponentials.reduce((total, value) => (value < 0 ? total : total + divideByPowerOfTwo(value, SUM_INTEGER_BITS)), 0);
  const leading = Math.clz32(sum);
  const share = reciprocal(sum * 2 ** leading - 2 ** 31);
  const shift = SUM_INTEGER_BITS - leading + 31 - 8;
  return Int8Array.from(exponentials, (value) =>
    value < 0 ? -128 : Math.min(127, divideByPowerOfTwo(highMultiply(share, value), shift) - 128),
  );
}

/** exp(-2^k) in Q0.31 for k from -2 to 4. */
const powersOfE = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

/** exp of a number at most 0 in Q5.26, as Q0.31. */
export function exponential(value: number): number {
  if (value === 0) return MOST;
  const quarter = 2 ** 24;
  const inQuarter = (value & (quarter - 1)) - quarter;
  // A Taylor series around -1/8.
  const y = inQuarter * 2 ** INPUT_INTEGER_BITS + 2 ** 28;
  const y2 = highMultiply(y, y);
  const y3 = highMultiply(y2, y);
  const y4 = highMultiply(y2, y2);
  const tail = divideByPowerOfTwo(highMultiply(divideByPowerOfTwo(y4, 2) + y3, 715827883) + y2, 1);
  const atMinusEighth = 1895147668;
  let result = atMinusEighth + highMultiply(atMinusEighth, y + tail);
  const rest = inQuarter - value;
  powersOfE.forEach((factor, index) => {
    if (rest & (1 << (24 + index))) result = highMultiply(result, factor);
  });
  return result;
}

/** 1 / (1 + a) of a number from 0 to 1, both in Q0.31, by Newton's iteration. */
export function reciprocal(a: number): number {
  const sum = a + MOST;
  const half = Math.trunc((sum + (sum >= 0 ? 1 : -1)) / 2);
  // 48/17 - 32/17 * half in Q2.29.
  let x = 1515870810 + highMultiply(half, -1010580540);
  for (let round = 0; round < 3; round++) x += saturated(4 * highMultiply(x, 2 ** 29 - highMultiply(half, x)));
  return saturated(2 * x);
}
