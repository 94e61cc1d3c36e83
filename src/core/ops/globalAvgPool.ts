import { mean, type Tensor4D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { asImage, free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('globalAvgPool') });

type GlobalAvgPool = v.InferOutput<typeof schema>;

/** Mean over height and width: [height, width, channels] becomes [channels]. */
export const globalAvgPool: Operation<GlobalAvgPool> = {
  op: 'globalAvgPool',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => [asImage('globalAvgPool', only(inputs))[2]],
  parameters: noParameters,
  forward: (_attributes, inputs) => mean(only(inputs) as Tensor4D, [1, 2]),
  costFeatures: free,
};
