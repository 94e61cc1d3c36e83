import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { free, noParameters, only, type Operation } from './operation';
import { numbersIn } from './shape';

const schema = v.strictObject({ op: v.literal('flatten') });

type Flatten = v.InferOutput<typeof schema>;

/** All axes but the batch in one. */
export const flatten: Operation<Flatten> = {
  op: 'flatten',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape: (_attributes, inputs) => [numbersIn(only(inputs))],
  parameters: noParameters,
  forward(_attributes, inputs) {
    const x = only(inputs) as Tensor;
    return reshape(x, [x.shape[0] as number, -1]);
  },
  costFeatures: free,
};
