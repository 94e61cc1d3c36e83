import { dropout as tfDropout } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('dropout'), rate: v.pipe(v.number(), v.minValue(0), v.ltValue(1)) });

type Dropout = v.InferOutput<typeof schema>;

/** While training, zeroes values at random with probability `rate` and scales the others by 1 / (1 - rate). */
export const dropout: Operation<Dropout> = {
  op: 'dropout',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => only(inputs),
  parameters: noParameters,
  forward({ rate }, inputs, context) {
    const x = only(inputs);
    return context.training && rate > 0 ? tfDropout(x, rate, undefined, context.randomSeed()) : x;
  },
  costFeatures: free,
};
