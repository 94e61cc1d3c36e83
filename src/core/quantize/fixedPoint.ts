/**
 * Scaling a sum of int8 products to the output's step without floating point, number for number as devices and runtimes do it.
 *
 * Sources: tensorflow/lite/kernels/internal/quantization_util.cc (QuantizeMultiplier), common.h and gemmlowp's fixedpoint.h (double
 * rounding, and single rounding under TFLITE_SINGLE_ROUNDING), google/XNNPACK src/microparams-init.c and src/qs8-qc8w-gemm (float32).
 */

/**
 * How a sum is rounded to the output's step. `double`: TensorFlow Lite Micro, CMSIS-NN and the exported C. `single`: the same with
 * their option for one rounding. `float32`: XNNPACK, which LiteRT runs on a CPU, and ONNX Runtime.
 */
export type Flavour = 'double' | 'single' | 'float32';

/** The number multiplier * 2^(exponent - 31), with a multiplier of 0 or from 2^30 to 2^31 - 1. */
export interface Multiplier {
  readonly multiplier: number;
  readonly exponent: number;
}

/** @param factor at least 0 */
export function quantizeMultiplier(factor: number): Multiplier {
  if (factor === 0) return { multiplier: 0, exponent: 0 };
  let exponent = Math.floor(Math.log2(factor)) + 1;
  // log2 is rounded, so a factor beside a power of two may come out on its wrong side.
  if (factor / 2 ** exponent >= 1) exponent++;
  else if (factor / 2 ** exponent < 0.5) exponent--;
  let multiplier = Math.round((factor / 2 ** exponent) * 2 ** 31);
  if (multiplier === 2 ** 31) {
    multiplier /= 2;
    exponent++;
  }
  return exponent < -31 ? { multiplier: 0, exponent: 0 } : { multiplier, exponent };
}

/** floor((a * b + 2^30) / 2^31), exact for any a and b of 32 bits. */
export function highMultiply(a: number, b: number): number {
  // The product of 62 bits would not fit a double's 53, so b is taken in two parts.
  const high = Math.floor(b / 65536);
  const low = b - high * 65536;
  return Math.floor((a * high + Math.floor((a * low + 2 ** 30) / 65536)) / 32768);
}

/** value / 2^power, halves rounded away from zero. */
export function divideByPowerOfTwo(value: number, power: number): number {
  const divisor = 2 ** power;
  const rounded = Math.floor(Math.abs(value) / divisor + 0.5);
  return value < 0 ? -rounded : rounded;
}

/** value * multiplier * 2^(exponent - 31), rounded once to 31 bits of fraction and once more by the shift to the right. */
export function requantizeDouble(value: number, { multiplier, exponent }: Multiplier): number {
  const left = Math.max(exponent, 0);
  return divideByPowerOfTwo(highMultiply(value * 2 ** left, multiplier), Math.max(-exponent, 0));
}

/** The same with one rounding, halves upwards. */
export function requantizeSingle(value: number, { multiplier, exponent }: Multiplier): number {
  return Number((BigInt(value) * BigInt(multiplier) + (1n << BigInt(30 - exponent))) >> BigInt(31 - exponent));
}

/** Halves to the even neighbour, as float32 instructions of CPUs round. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** Halves away from zero, as C's `round` does. */
export function roundHalfAway(value: number): number {
  return value < 0 ? -Math.floor(-value + 0.5) : Math.floor(value + 0.5);
}

/** The scales of a layer whose sums are scaled to its output's step. */
export interface LayerScales {
  readonly input: number;
  readonly weights: Float32Array;
  readonly output: number;
}

/** The factor of each weight scale, as fixed point. With a single scale, runtimes take its product with the input's as a float32. */
export function layerMultipliers({ input, weights, output }: LayerScales, perChannel: boolean): Multiplier[] {
  return Array.from(weights, (weight) => quantizeMultiplier((perChannel ? input * weight : Math.fround(input * weight)) / output));
}

/**
 * Makes the function that scales the sum of an output channel to the output's step, before its zero point is added.
 * @param perChannel whether the file states the weight scales channel by channel
 */
export function requantizer(flavour: Flavour, scales: LayerScales, perChannel: boolean): (sum: number, channel: number) => number {
  const { input, weights, output } = scales;
  if (flavour === 'float32') {
    const factors = Float32Array.from(weights, (weight) => Math.fround(Math.fround(input * weight) / output));
    const of = perChannel ? (channel: number) => factors[channel] as number : () => factors[0] as number;
    return (sum, channel) => roundHalfEven(Math.fround(Math.fround(sum) * of(channel)));
  }
  const multipliers = layerMultipliers(scales, perChannel);
  const of = perChannel ? (channel: number) => multipliers[channel] as Multiplier : () => multipliers[0] as Multiplier;
  const round = flavour === 'double' ? requantizeDouble : requantizeSingle;
  return (sum, channel) => round(sum, of(channel));
}

/** An int8 within a range. */
export function clamp(value: number, [low, high]: readonly [number, number]): number {
  return value < low ? low : value > high ? high : value;
}
