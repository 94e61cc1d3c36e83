/** Weights in the order of the quantised graph, and batch norms as a change of each channel. */
import type { FloatValues } from './floatGraph';

/**
 * [..., in, out] becomes [out, ..., in]; the kernel of a depthwise convolution, [height, width, channels, 1], is as the graph has it.
 */
export function kernelByOutput(kernel: Float32Array, shape: readonly number[], depthwise: boolean): Float32Array {
  if (depthwise) return kernel;
  const outputs = shape.at(-1) as number;
  const size = kernel.length / outputs;
  return kernel.map((_, index) => kernel[(index % size) * outputs + Math.floor(index / size)] as number);
}

/** x becomes x * scale + offset, channel by channel. */
export interface ChannelChange {
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  /** The values of a layer that makes the changed outputs itself. */
  applied(values: FloatValues, depthwise: boolean): Pick<FloatValues, 'weights' | 'bias'>;
}

/** What a batch norm does with its running statistics. @param parameter its gamma, beta, movingMean or movingVariance */
export function foldedBatchNorm(parameter: (name: string) => Float32Array, epsilon: number): ChannelChange {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(parameter) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] as number) + epsilon));
  const offset = beta.map((value, channel) => value - (mean[channel] as number) * (scale[channel] as number));
  const applied: ChannelChange['applied'] = ({ weights, bias }, depthwise) => {
    const size = weights.length / bias.length;
    const channelOf = (index: number) => (depthwise ? index % bias.length : Math.floor(index / size));
    return {
      weights: weights.map((value, index) => value * (scale[channelOf(index)] as number)),
      bias: bias.map((value, channel) => value * (scale[channel] as number) + (offset[channel] as number)),
    };
  };
  return { scale, offset, applied };
}
