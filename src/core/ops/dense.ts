import { add, matMul, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { ToldError } from '../errors';
import { sayLater } from '../language/told';
import { only, type Operation, type Shape } from './operation';
import { positiveInteger } from './window';

const schema = v.strictObject({ op: v.literal('dense'), units: positiveInteger, bias: v.boolean() });

export type Dense = v.InferOutput<typeof schema>;

function width(shape: Shape): number {
  if (shape.length !== 1)
    throw new ToldError(
      sayLater('dense needs a flat input, not [{shape}]; put a flatten or a globalAvgPool before it', { shape: shape.join(', ') }),
    );
  return shape[0] as number;
}

/** Fully connected layer; kernel [in, out]. */
export const dense: Operation<Dense> = {
  op: 'dense',
  schema,
  inputs: 'one',
  channels: { resized: (attributes, units) => ({ ...attributes, units }) },
  outputShape({ units }, inputs) {
    width(only(inputs));
    return [units];
  },
  parameters({ units, bias }, inputs) {
    const fanIn = width(only(inputs));
    const weights = {
      name: 'kernel',
      shape: [fanIn, units],
      channelAxes: ['in', 'out'],
      initializer: { kind: 'heNormal', fanIn },
      trainable: true,
    } as const;
    const offset = { name: 'bias', shape: [units], channelAxes: ['out'], initializer: { kind: 'zeros' }, trainable: true } as const;
    return bias ? [weights, offset] : [weights];
  },
  forward({ bias }, inputs, context) {
    const y = matMul(only(inputs) as Tensor2D, context.parameter('kernel') as Tensor2D);
    return bias ? add(y, context.parameter('bias') as Tensor1D) : y;
  },
  costFeatures({ units, bias }, inputs) {
    return { kind: 'dense', inChannels: width(only(inputs)), outChannels: units, kernel: [1, 1], output: [1, 1], bias };
  },
};
