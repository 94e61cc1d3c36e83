/**
 * A graph of floats that computes as its int8 twin will: weights, biases and activations lie on the twin's steps. It is differentiable,
 * with the straight-through estimator: rounding counts as no change, and clipping lets no gradient pass.
 * Source: Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018, section 3.
 */
import { abs, add, clipByValue, customGrad, div, mul, round, step, sub, tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { FloatGraph } from './floatGraph';
import {
  inputsOf,
  tensorAt,
  type Affine,
  type QuantizedGraph,
  type QuantizedTensor,
  type QuantizedValues,
  type WeightedOperation,
} from './graph';
import { computeOperation, type ValueTensors } from './runFloat';

/** Real numbers of a tensor as its int8 numbers stand for them. */
export function fakeQuantized(x: Tensor, { scale, zeroPoint }: Affine): Tensor {
  const [low, high] = [scale * (-128 - zeroPoint), scale * (127 - zeroPoint)];
  return customGrad((...given) => {
    const values = given[0] as Tensor;
    const save = given[1] as unknown as (tensors: Tensor[]) => void;
    save([values]);
    const steps = clipByValue(add(round(div(values, scale)), zeroPoint), -128, 127);
    return {
      value: mul(sub(steps, zeroPoint), scale),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const seen = saved[0] as Tensor;
        // Arithmetic, because comparisons with a number take WebAssembly many times as long.
        const outside = step(abs(sub(seen, clipByValue(seen, low, high))));
        return mul(dy, sub(1, outside));
      },
    };
  })(x);
}

/** Other numbers in the place of these, whose gradient passes on to these. */
function standIn(x: Tensor, numbers: Float32Array): Tensor {
  return customGrad(() => ({ value: tensor(numbers, x.shape), gradFunc: (dy: Tensor) => dy }))(x);
}

/** What the int8 weights and biases of a layer stand for. */
export function realValues(
  operation: WeightedOperation<QuantizedValues>,
  { scale }: Pick<QuantizedTensor, 'scale'>,
): { readonly weights: Float32Array; readonly bias: Float32Array } {
  const { weights, weightScales, bias, kind } = operation;
  const size = weights.length / bias.length;
  const scaleOf = (channel: number) => weightScales[weightScales.length === 1 ? 0 : channel] as number;
  const channelOf = (index: number) => (kind === 'depthwiseConv2d' ? index % bias.length : Math.floor(index / size));
  return {
    weights: new Float32Array(weights).map((value, index) => value * scaleOf(channelOf(index))),
    bias: Float32Array.from(bias, (value, channel) => value * Math.fround(scale * scaleOf(channel))),
  };
}

/**
 * One pass. Call inside a tidy.
 * @param x [batch, ...input]
 * @param quantized the same graph as int8, with the values that `valuesOf` holds now
 * @param valuesOf weights and biases of an operation by its place, as floats, which receive the gradients
 */
export function fakeForward(graph: FloatGraph, quantized: QuantizedGraph, x: Tensor, valuesOf: (at: number) => ValueTensors): Tensor {
  const values = new Map([[graph.input, fakeQuantized(x, tensorAt(quantized, graph.input))]]);
  graph.operations.forEach((operation, at) => {
    const inputs = inputsOf(operation).map((index) => values.get(index) as Tensor);
    const twin = quantized.operations[at];
    const stored = twin && 'weights' in twin ? standInFor(twin, tensorAt(quantized, twin.input), valuesOf(at)) : undefined;
    const output = computeOperation(graph, operation, inputs, stored);
    values.set(operation.output, operation.kind === 'reshape' ? output : fakeQuantized(output, tensorAt(quantized, operation.output)));
  });
  return values.get(graph.output) as Tensor;
}

function standInFor(twin: WeightedOperation<QuantizedValues>, from: QuantizedTensor, { weights, bias }: ValueTensors): ValueTensors {
  const real = realValues(twin, from);
  return { weights: standIn(weights, real.weights), bias: standIn(bias, real.bias) };
}
