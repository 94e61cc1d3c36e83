/** Runs a graph of floats with TensorFlow.js, on whichever backend is running. */
import {
  add,
  avgPool,
  conv2d,
  depthwiseConv2d,
  matMul,
  maxPool,
  mul,
  pad,
  relu,
  relu6,
  reshape,
  softmax,
  tensor,
  tidy,
  transpose,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { FloatGraph, FloatOperation, FloatValues } from './floatGraph';
import { inputsOf, pictureOf, tensorAt, type Edges } from './graph';

/**
 * @param x a batch [count, ...input] flattened
 * @param onOutput receives the input and the output of each operation by tensor; a tensor lives no longer than it is needed
 */
export async function runFloat(
  graph: FloatGraph,
  x: Float32Array,
  count: number,
  onOutput: (index: number, values: Float32Array) => void,
): Promise<void> {
  const lastRead = new Map(graph.operations.flatMap((operation, at) => inputsOf(operation).map((index) => [index, at])));
  const values = new Map<number, Tensor>([[graph.input, tensor(x, [count, ...tensorAt(graph, graph.input).shape])]]);
  try {
    onOutput(graph.input, x);
    for (const [at, operation] of graph.operations.entries()) {
      const read = inputsOf(operation);
      const output = tidy(() =>
        computeOperation(
          graph,
          operation,
          read.map((index) => values.get(index) as Tensor),
        ),
      );
      values.set(operation.output, output);
      onOutput(operation.output, (await output.data()) as Float32Array);
      for (const index of [...read, operation.output])
        if ((lastRead.get(index) ?? -1) <= at) {
          values.get(index)?.dispose();
          values.delete(index);
        }
    }
  } finally {
    for (const value of values.values()) value.dispose();
  }
}

/** What a layer with weights holds, as tensors in the graph's order. */
export interface ValueTensors {
  readonly weights: Tensor;
  readonly bias: Tensor;
}

/** One operation on a batch, differentiable. @param values by default those of the operation itself */
export function computeOperation(graph: FloatGraph, operation: FloatOperation, inputs: readonly Tensor[], values?: ValueTensors): Tensor {
  const x = inputs[0] as Tensor;
  const shape = [x.shape[0] as number, ...tensorAt(graph, operation.output).shape];
  switch (operation.kind) {
    case 'conv2d': {
      const { weights, bias } = values ?? tensorsOf(operation);
      const channels = pictureOf(tensorAt(graph, operation.input))[2];
      const filters = transpose(reshape(weights, [operation.bias.length, ...operation.kernel, channels]), [1, 2, 3, 0]);
      return ended(conv2d(x as Tensor4D, filters as Tensor4D, [...operation.stride], explicit(operation.padding)), bias, operation);
    }
    case 'depthwiseConv2d': {
      const { weights, bias } = values ?? tensorsOf(operation);
      const filters = reshape(weights, [...operation.kernel, operation.bias.length, 1]);
      return ended(
        depthwiseConv2d(x as Tensor4D, filters as Tensor4D, [...operation.stride], explicit(operation.padding)),
        bias,
        operation,
      );
    }
    case 'dense': {
      const { weights, bias } = values ?? tensorsOf(operation);
      const matrix = reshape(weights, [operation.bias.length, operation.weights.length / operation.bias.length]) as Tensor2D;
      const flat = reshape(x, [shape[0] as number, matrix.shape[1]]);
      return reshape(ended(matMul(flat as Tensor2D, matrix, false, true), bias, operation), shape);
    }
    case 'add':
      return activated(add(x, inputs[1] as Tensor), operation);
    case 'averagePool':
    case 'maxPool': {
      const pool = operation.kind === 'maxPool' ? maxPool : avgPool;
      // Networks have windows of "same" or "valid" alone; padded pixels take no part.
      const padding = operation.padding.flat().some(Boolean) ? 'same' : 'valid';
      return activated(pool(x as Tensor4D, [...operation.kernel], [...operation.stride], padding), operation);
    }
    case 'reshape':
      return reshape(x, shape);
    case 'softmax':
      return softmax(operation.beta === 1 ? x : mul(x, operation.beta));
    case 'pad':
      return pad(x, explicit(operation.padding));
  }
}

/** What an operation holds, to be disposed of by whoever asked. */
export const tensorsOf = ({ weights, bias }: FloatValues): ValueTensors => ({ weights: tensor(weights), bias: tensor(bias) });

const explicit = ([rows, columns]: Edges) =>
  [[0, 0], [...rows], [...columns], [0, 0]] as [[0, 0], [number, number], [number, number], [0, 0]];

const ended = (y: Tensor, bias: Tensor, { activation }: FloatValues) => activated(add(y, bias), { activation });

const activated = (y: Tensor, { activation }: Pick<FloatValues, 'activation'>) =>
  activation === 'relu' ? relu(y) : activation === 'relu6' ? relu6(y) : y;
