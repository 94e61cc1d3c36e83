import * as v from 'valibot';
import { free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('identity') });

export type Identity = v.InferOutput<typeof schema>;

/** Passes its input on: the candidate that skips a layer. */
export const identity: Operation<Identity> = {
  op: 'identity',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => only(inputs),
  parameters: noParameters,
  forward: (_attributes, inputs) => only(inputs),
  costFeatures: free,
};
