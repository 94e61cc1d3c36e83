import { avgPool as tfAvgPool, type Tensor4D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { asImage, free, noParameters, only, type Operation } from './operation';
import { pair, heightAndWidth, slide } from './window';

const schema = v.strictObject({ op: v.literal('avgPool'), kernel: pair, stride: pair, padding: v.picklist(['same', 'valid']) });

type AvgPool = v.InferOutput<typeof schema>;

/** Mean over a window that slides over height and width; padded pixels take no part. */
export const avgPool: Operation<AvgPool> = {
  op: 'avgPool',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape({ kernel, stride, padding }, inputs) {
    const channels = asImage('avgPool', only(inputs))[2];
    return [...slide('avgPool', heightAndWidth(only(inputs)), kernel, stride, padding), channels];
  },
  parameters: noParameters,
  forward: ({ kernel, stride, padding }, inputs) => tfAvgPool(only(inputs) as Tensor4D, kernel, stride, padding),
  costFeatures: free,
};
