import { mul, tensor } from '@tensorflow/tfjs-core';
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
    return context.training && rate > 0 ? mul(x, tensor(dropoutFactors(context.randomSeed(), x.size, rate), x.shape)) : x;
  },
  costFeatures: free,
};

/**
 * What dropout multiplies the numbers of a batch by. A factor depends on the layer's seed and the number's position alone, so that
 * faster steps can compute it on any number of threads, and again for the gradient.
 */
export function dropoutFactors(seed: number, count: number, rate: number): Float32Array {
  const dropped = Math.min(2 ** 32 - 1, Math.round(rate * 2 ** 32));
  return Float32Array.from({ length: count }, (_, index) => (mixed(seed + index) < dropped ? 0 : 1 / (1 - rate)));
}

/**
 * The seed of a dropout layer in a step.
 * @param step the step's own seed, an integer
 * @param layer the dropout layer's number among those with a rate above 0, in network order from 0
 */
export const dropoutSeed = (step: number, layer: number): number => mixed(mixed(step) + layer);

/** A hash of 32 bits, from 0 to 2^32 - 1. Source: github.com/skeeto/hash-prospector, "lowbias32". */
function mixed(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
