/** What int8 networks and networks of floats have each in its own way in a file: how tensors are scaled, and what weights hold. */
import { sayLater, type Told } from '../../core/language/told';
import type { FloatValues } from '../../core/quantize/floatGraph';
import type { GraphTensor, QuantizedTensor, QuantizedValues } from '../../core/quantize/graph';
import * as s from './schema';

/** What a file says of a tensor. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly data: Uint8Array;
}

export type Fail = (why: Told) => never;

export interface Numbers<Tensor extends GraphTensor, Values> {
  readonly name: 'int8' | 'float32';
  /** Codes of the numbers that are computed, and of those of weights and biases. */
  readonly type: number;
  readonly weights: number;
  readonly bias: number;
  /** @param shape without the batch */
  tensor(tensor: FileTensor, shape: readonly number[], fail: Fail): Tensor;
  /** @param bias null where the layer has none. @param channels that it makes */
  values(weights: FileTensor, bias: FileTensor | null, channels: number, fail: Fail): Omit<Values, 'activation'>;
  /** Fails where an operation that only moves numbers would have to rescale them. */
  assertUnscaled(operation: string, from: Tensor, to: Tensor, fail: Fail): void;
  assertSoftmax(to: Tensor, fail: Fail): void;
}

export const typeNames: Readonly<Record<number, string>> = {
  [s.types.FLOAT32]: 'float32',
  [s.types.FLOAT16]: 'float16',
  [s.types.INT32]: 'int32',
  [s.types.UINT8]: 'uint8',
  [s.types.INT16]: 'int16',
  [s.types.INT8]: 'int8',
};

export const int8: Numbers<QuantizedTensor, QuantizedValues> = {
  name: 'int8',
  type: s.types.INT8,
  weights: s.types.INT8,
  bias: s.types.INT32,
  tensor({ name, scales, zeroPoints }, shape, fail) {
    if (scales.length !== 1 || zeroPoints.length !== 1 || !((scales[0] as number) > 0))
      fail(sayLater('"{name}" has no scale of its own.', { name }));
    return { name, shape, scale: scales[0] as number, zeroPoint: zeroPoints[0] as number };
  },
  values({ name, shape, scales, zeroPoints, data }, bias, channels, fail) {
    if (scales.length !== 1 && scales.length !== channels)
      fail(sayLater('the weights "{name}" have {count} scales for {channels} channels.', { name, count: scales.length, channels }));
    if (zeroPoints.some(Boolean)) fail(sayLater('the weights "{name}" have zero points other than 0.', { name }));
    // Of a dense layer a single scale says how runtimes round; convolutions treat it as one for each channel.
    const weightScales =
      shape.length === 2 || scales.length > 1 ? Float32Array.from(scales) : new Float32Array(channels).fill(scales[0] as number);
    return {
      weights: new Int8Array(data.buffer),
      weightScales,
      bias: bias ? new Int32Array(bias.data.buffer) : new Int32Array(channels),
    };
  },
  assertUnscaled(operation, from, to, fail) {
    if (from.scale !== to.scale || from.zeroPoint !== to.zeroPoint)
      fail(sayLater('a {operation} changes the scale from "{from}" to "{to}".', { operation, from: from.name, to: to.name }));
  },
  assertSoftmax(to, fail) {
    if (to.scale !== 1 / 256 || to.zeroPoint !== -128)
      fail(sayLater('the output "{name}" of a SOFTMAX has another scale than 1/256 from -128.', { name: to.name }));
  },
};

export const float32: Numbers<GraphTensor, FloatValues> = {
  name: 'float32',
  type: s.types.FLOAT32,
  weights: s.types.FLOAT32,
  bias: s.types.FLOAT32,
  tensor: ({ name }, shape) => ({ name, shape }),
  values(weights, bias, channels, fail) {
    const floats = ({ name, data }: FileTensor) => {
      const numbers = new Float32Array(data.buffer);
      return numbers.every(Number.isFinite) ? numbers : fail(sayLater('"{name}" holds numbers that are not finite.', { name }));
    };
    return { weights: floats(weights), bias: bias ? floats(bias) : new Float32Array(channels) };
  },
  assertUnscaled() {},
  assertSoftmax() {},
};
