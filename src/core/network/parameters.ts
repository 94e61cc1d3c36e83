/** Values of a network's parameters: drawn at random, kept as tfjs variables, and copied from one network to another. */
import { tensor, variable, type Rank, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Initializer } from '../ops/operation';
import type { Random } from '../random';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { NetworkPlan, PlannedParameter } from './plan';
import { numbersIn } from '../ops/shape';

/** Variables by full parameter name, in network order. */
export type Parameters = ReadonlyMap<string, Variable>;

/** Parameter values as plain data: how networks with weights are stored and sent. */
export type Weights = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | readonly number[] }>>;

/** Draws initial values; the order of the draws is the network's order. */
export function initialWeights(plan: NetworkPlan, random: Random): Weights {
  return Object.fromEntries(
    plan.parameters.map(({ fullName, shape, initializer }) => {
      const size = numbersIn(shape);
      return [fullName, { shape, data: draw(initializer, size, random) }];
    }),
  );
}

function draw(initializer: Initializer, size: number, random: Random): Float32Array {
  const data = new Float32Array(size);
  switch (initializer.kind) {
    case 'zeros':
      return data;
    case 'ones':
      return data.fill(1);
    case 'heNormal': {
      const deviation = Math.sqrt(2 / initializer.fanIn);
      for (let i = 0; i < size; i++) data[i] = deviation * random.normal();
      return data;
    }
    default:
      return initializer satisfies never;
  }
}

/**
 * Makes variables for a network from named values. The caller owns them (`disposeParameters`). Values for other
 * networks' parameters are ignored, so a derived network can be made from its supernet's values.
 *
 * @throws WorkbenchError `invalid-network` when a value is missing or has another shape
 */
export function createParameters(plan: NetworkPlan, weights: Weights): Parameters {
  return new Map(plan.parameters.map((spec) => [spec.fullName, createVariable(spec, weights[spec.fullName])]));
}

function createVariable(spec: PlannedParameter, value: Weights[string] | undefined): Variable {
  if (value?.shape.join() !== spec.shape.join())
    throw new WorkbenchError(
      'invalid-network',
      value
        ? sayLater('parameter "{name}" should have shape [{shape}]; it has [{other}]', {
            ...{ name: spec.fullName, shape: spec.shape.join(', '), other: value.shape.join(', ') },
          })
        : sayLater('parameter "{name}" should have shape [{shape}]; it is missing', { name: spec.fullName, shape: spec.shape.join(', ') }),
    );
  const initial = tensor(value.data as Float32Array, [...spec.shape] as number[] as never as [number], 'float32');
  const made = variable(initial as Tensor<Rank>, spec.trainable);
  initial.dispose();
  return made;
}

/**
 * New variables for a network with another network's values of the same names. The values are not read back as
 * plain numbers in between.
 */
export function shareParameters(plan: NetworkPlan, from: Parameters): Parameters {
  return new Map(
    plan.parameters.map(({ fullName, trainable }) => {
      const value = (from.get(fullName) as Variable).clone();
      const made = variable(value, trainable);
      value.dispose();
      return [fullName, made];
    }),
  );
}

/** Reads every value back. Waits for the backend. */
export async function readWeights(parameters: Parameters): Promise<Weights> {
  const entries = [...parameters].map(
    async ([name, value]) => [name, { shape: value.shape, data: (await value.data()) as Float32Array }] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

export function disposeParameters(parameters: Parameters): void {
  for (const value of parameters.values()) value.dispose();
}
