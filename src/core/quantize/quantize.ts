/** A trained network with float weights becomes int8. */
import { sayLater, type Told } from '../language/told';
import type { FloatGraph, FloatValues } from './floatGraph';
import { clamp, roundHalfAway } from './fixedPoint';
import {
  tensorAt,
  type QuantizedGraph,
  type QuantizedOperation,
  type QuantizedTensor,
  type QuantizedValues,
  type WeightedOperation,
} from './graph';
import type { Range } from './ranges';
import { largest, MOST_BIAS, tensorScales } from './scales';

/** The smallest factor between a sum and its output: with less, 32 bits of a sum would not fill one step. */
const LEAST_FACTOR = 2 ** -24;
const MOST_SUM = 2 ** 31 - 1;

export interface Quantization {
  readonly graph: QuantizedGraph;
  /** Sentences about layers that lose precision. */
  readonly warnings: readonly Told[];
}

/**
 * Weights are symmetric, one scale per channel and in dense layers one for all, as TensorFlow's converter makes them.
 * @param ranges by the tensors' indices
 * @throws WorkbenchError `invalid-data` when the ranges are of no use
 */
export function quantizeGraph(graph: FloatGraph, ranges: readonly Range[]): Quantization {
  const scales = tensorScales(graph, ranges);
  const tensors = graph.tensors.map((tensor, index): QuantizedTensor => ({ ...tensor, ...(scales[index] as (typeof scales)[number]) }));
  const warnings: Told[] = [];
  const operations = graph.operations.map((operation): QuantizedOperation => {
    if (!('weights' in operation)) return operation;
    const to = tensorAt({ tensors }, operation.output);
    const { values, coarse } = quantizeValues(operation, tensorAt({ tensors }, operation.input).scale, to.scale);
    if (coarse > 0)
      warnings.push(
        sayLater(
          '{layer}: the bias of {coarse} of {all} channels is so much larger than the weights that their steps had to be made coarser.',
          {
            layer: to.name,
            coarse,
            all: operation.bias.length,
          },
        ),
      );
    return { ...operation, ...values };
  });
  return { graph: { ...graph, tensors, operations }, warnings };
}

function quantizeValues(
  operation: WeightedOperation<FloatValues>,
  input: number,
  output: number,
): { values: Omit<QuantizedValues, 'activation'>; coarse: number } {
  const { kind, weights, bias } = operation;
  const channels = bias.length;
  const size = weights.length / channels;
  const indexOf = (channel: number, at: number) => (kind === 'depthwiseConv2d' ? at * channels + channel : channel * size + at);
  const parts = Array.from({ length: channels }, (_, channel) => ({
    // Not Float32Array.from, which takes twice as long: quantisation-aware training does this at every step.
    weights: new Float32Array(size).map((_value, at) => weights[indexOf(channel, at)] as number),
    bias: bias[channel] as number,
  }));
  const shared = kind === 'dense' ? Math.max(...parts.map((part) => scaleFor(part, input, output))) : null;
  const values = {
    weights: new Int8Array(weights.length),
    weightScales: new Float32Array(shared === null ? channels : 1),
    bias: new Int32Array(channels),
  };
  let coarse = 0;
  parts.forEach((part, channel) => {
    const scale = shared ?? scaleFor(part, input, output);
    const quantized = quantizePart(part, input, scale);
    quantized.weights.forEach((value, at) => (values.weights[indexOf(channel, at)] = value));
    values.bias[channel] = quantized.bias;
    values.weightScales[shared === null ? channel : 0] = scale;
    const most = largest(part.weights);
    if (most > 0 && scaleFor(part, input, output) > (2 * most) / 127) coarse++;
  });
  return { values, coarse };
}

/** The weights of one output channel, and its bias. */
interface Part {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** The finest step of weights with which neither a weight nor a sum leaves its bits. */
function scaleFor(part: Part, input: number, output: number): number {
  let scale = Math.fround(
    Math.max(largest(part.weights) / 127, (LEAST_FACTOR * output) / input, Math.abs(part.bias) / (input * MOST_BIAS)),
  );
  while (largestSum(quantizePart(part, input, scale)) > MOST_SUM) scale *= 2;
  return scale;
}

function quantizePart({ weights, bias }: Part, input: number, scale: number): { weights: Int8Array; bias: number } {
  return {
    weights: new Int8Array(weights.map((weight) => clamp(roundHalfAway(weight / scale), [-127, 127]))),
    bias: roundHalfAway(bias / Math.fround(input * scale)),
  };
}

/** The largest magnitude that a sum can reach on its way, for any input. */
const largestSum = ({ weights, bias }: { weights: Int8Array; bias: number }): number =>
  Math.abs(bias) + 255 * weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
