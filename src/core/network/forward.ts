/** Runs a network on a batch with tfjs operations. */
import { add, mul, reshape, slice, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { BatchNormMode, ForwardContext } from '../ops/operation';
import { INPUT } from './input';
import type { NetworkPlan, PlannedCandidate, PlannedMixedOp, PlannedOperation } from './plan';

export interface ForwardOptions {
  readonly batchNorm: BatchNormMode;
  /** True while training: dropout acts. */
  readonly training: boolean;
  /** A parameter's value by its full name. */
  parameter(fullName: string): Tensor;
  /** Weights of a mixed operation's candidates: one non-negative number each, summing to 1. */
  mixing(mixedOpId: string): Tensor1D;
  /** The factors of an operation's output, one per channel; undefined leaves the output as it is. */
  mask?(path: string): Tensor | undefined;
  /** Receives the statistics of each batch norm in `batch` mode; `path` is the prefix of its parameters' names. */
  onStatistics?(path: string, mean: Tensor, variance: Tensor): void;
  /** Receives each operation's output; it is disposed with the pass. */
  onOutput?(operation: PlannedOperation, output: Tensor): void;
  /** Integer seeds for operations that draw random numbers, each asked for once, in network order. */
  randomSeed?(): number;
}

/** A context for networks without mixed operations and masks. */
export const plain: Pick<ForwardOptions, 'mixing' | 'mask'> = {
  mixing(id) {
    throw new Error(`the mixed operation "${id}" needs weights`);
  },
};

/**
 * @param x [batch, ...input]
 * @returns the last layer's output, [batch, ...output]
 */
export function forward(plan: NetworkPlan, x: Tensor, options: ForwardOptions): Tensor {
  const values = new Map<string, Tensor>([[INPUT, x]]);
  let output = x;
  for (const layer of plan.layers) {
    const inputs = layer.inputs.map((input) => values.get(input) as Tensor);
    output = layer.kind === 'operation' ? run(layer.operation, inputs, options) : mix(layer, inputs[0] as Tensor, options);
    values.set(layer.id, output);
  }
  return output;
}

function run(planned: PlannedOperation, inputs: readonly Tensor[], options: ForwardOptions): Tensor {
  const { operation, attributes, path } = planned;
  const context: ForwardContext = {
    batchNorm: options.batchNorm,
    training: options.training,
    parameter: (name) => options.parameter(`${path}/${name}`),
    reportStatistics: (mean, variance) => options.onStatistics?.(path, mean, variance),
    randomSeed: () => options.randomSeed?.() ?? 0,
  };
  const output = operation.forward(attributes, inputs, context);
  const mask = options.mask?.(path);
  const passed = mask ? mul(output, mask) : output;
  options.onOutput?.(planned, passed);
  return passed;
}

/** Sum over candidates of weight times output. */
function mix(layer: PlannedMixedOp, x: Tensor, options: ForwardOptions): Tensor {
  const weights = options.mixing(layer.id);
  return layer.candidates
    .map((candidate, index) => mul(runChain(candidate, x, options), reshape(slice(weights, index, 1), [])))
    .reduce((total, term) => add(total, term));
}

function runChain(candidate: PlannedCandidate, x: Tensor, options: ForwardOptions): Tensor {
  return candidate.chain.reduce((value, operation) => run(operation, [value], options), x);
}
