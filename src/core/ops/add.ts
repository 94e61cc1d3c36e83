import { addN, type Tensor } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { ToldError } from '../errors';
import { sayLater } from '../language/told';
import { free, noParameters, only, type Operation } from './operation';

const schema = v.strictObject({ op: v.literal('add') });

export type Add = v.InferOutput<typeof schema>;

/** Element-wise sum of inputs of one shape: the join of a residual connection. */
export const add: Operation<Add> = {
  op: 'add',
  schema,
  inputs: 'several',
  channels: 'kept',
  outputShape(_attributes, inputs) {
    const shape = only(inputs).join(', ');
    const other = inputs.find((input) => input.join(', ') !== shape);
    if (other)
      throw new ToldError(sayLater('add needs inputs of one shape, not [{shape}] and [{other}]', { shape, other: other.join(', ') }));
    return only(inputs);
  },
  parameters: noParameters,
  forward: (_attributes, inputs) => addN(inputs as Tensor[]),
  costFeatures: free,
};
