import { maxPool as tfMaxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { asImage, free, noParameters, only, type Operation } from './operation';
import { pair, heightAndWidth, slide } from './window';

const schema = v.strictObject({ op: v.literal('maxPool'), kernel: pair, stride: pair, padding: v.picklist(['same', 'valid']) });

type MaxPool = v.InferOutput<typeof schema>;

/** Maximum over a window that slides over height and width; padded pixels take no part. */
export const maxPool: Operation<MaxPool> = {
  op: 'maxPool',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape({ kernel, stride, padding }, inputs) {
    const channels = asImage('maxPool', only(inputs))[2];
    return [...slide('maxPool', heightAndWidth(only(inputs)), kernel, stride, padding), channels];
  },
  parameters: noParameters,
  forward: ({ kernel, stride, padding }, inputs) => tfMaxPool(only(inputs) as Tensor4D, kernel, stride, padding),
  costFeatures: free,
};
