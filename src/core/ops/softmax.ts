import { softmax as tfSoftmax } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('softmax') });

export type Softmax = v.InferOutput<typeof schema>;

/** Probabilities over the last axis. */
export const softmax: Operation<Softmax> = {
  op: 'softmax',
  schema,
  inputs: 'one',
  channels: 'mixed',
  outputShape: (_attributes, inputs) => only(inputs),
  parameters: noParameters,
  forward: (_attributes, inputs) => tfSoftmax(only(inputs)),
  costFeatures: free,
};
