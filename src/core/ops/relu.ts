import { relu as tfRelu } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('relu') });

export type Relu = v.InferOutput<typeof schema>;

/** max(x, 0). */
export const relu: Operation<Relu> = {
  op: 'relu',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => only(inputs),
  parameters: noParameters,
  forward: (_attributes, inputs) => tfRelu(only(inputs)),
  costFeatures: free,
};
