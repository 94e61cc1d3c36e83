import { add, mul, rsqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { normalizeBatch } from './normalizeBatch';
import { only, type Operation, type Shape } from './operation';

const schema = v.strictObject({
  op: v.literal('batchNorm'),
  /** Share of the old running value that is kept at each step. */
  momentum: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  epsilon: v.pipe(v.number(), v.gtValue(0)),
});

export type BatchNorm = v.InferOutput<typeof schema>;

const channels = (inputs: readonly Shape[]) => only(inputs).at(-1) as number;

/**
 * Batch normalisation over every axis but the channels: (x - mean) / sqrt(variance + epsilon) * gamma + beta, with the
 * variance not corrected for the sample size. On a device it folds into the layer before it where there is one.
 */
export const batchNorm: Operation<BatchNorm> = {
  op: 'batchNorm',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => only(inputs),
  parameters(_attributes, inputs) {
    const perChannel = { shape: [channels(inputs)], channelAxes: ['out'] } as const;
    return [
      { name: 'gamma', ...perChannel, initializer: { kind: 'ones' }, trainable: true },
      { name: 'beta', ...perChannel, initializer: { kind: 'zeros' }, trainable: true },
      { name: 'movingMean', ...perChannel, initializer: { kind: 'zeros' }, trainable: false },
      { name: 'movingVariance', ...perChannel, initializer: { kind: 'ones' }, trainable: false },
    ];
  },
  forward({ epsilon }, inputs, context) {
    const x = only(inputs);
    const gamma = context.parameter('gamma');
    const beta = context.parameter('beta');
    if (context.batchNorm === 'running') return normalizeRunning(x, gamma, beta, epsilon, context.parameter.bind(context));
    return normalizeBatch(x, gamma, beta, epsilon, (mean, variance) => context.reportStatistics(mean, variance));
  },
  costFeatures(_attributes, inputs) {
    const count = channels(inputs);
    return { kind: 'batchNorm', inChannels: count, outChannels: count, kernel: [1, 1], output: [1, 1], bias: false };
  },
};

function normalizeRunning(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number, parameter: (name: string) => Tensor): Tensor {
  const scale = mul(gamma, rsqrt(add(parameter('movingVariance'), epsilon)));
  return add(mul(x, scale), sub(beta, mul(parameter('movingMean'), scale)));
}
