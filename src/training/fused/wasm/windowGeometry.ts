/** The reach of a convolution's windows, forward and backward: sizes with padding, and the phases of an input gradient. */
import type { Value, Window } from '../program';

/** A dense layer as a convolution. */
export const unit: Window = { kernel: [1, 1], stride: [1, 1], top: 0, left: 0 };

/** Sizes of input and output, under the names of the kernels' fields. */
export function sizeFields(from: Value, to: Value) {
  return { height: from.height, width: from.width, channels: from.channels, outHeight: to.height, outWidth: to.width };
}

/** A window's taps and strides, under the names of the kernels' fields. */
export function windowFields({ kernel, stride }: Window) {
  return { kernelHeight: kernel[0], kernelWidth: kernel[1], strideDown: stride[0], strideRight: stride[1] };
}

/** The input with all the padding that its windows reach; never smaller than the input itself. */
export function paddedSize(from: Value, to: Value, { kernel, stride, top, left }: Window) {
  return {
    paddedHeight: Math.max(top + from.height, (to.height - 1) * stride[0] + kernel[0]),
    paddedWidth: Math.max(left + from.width, (to.width - 1) * stride[1] + kernel[1]),
  };
}

/** A depthwise gradient with its pixels spread by the stride, and room for the kernel to reach every input pixel. */
export function spreadSize(from: Value, to: Value, { kernel, stride, top, left }: Window) {
  return {
    paddedHeight: Math.max(from.height + kernel[0] - 1, kernel[0] - 1 - top + (to.height - 1) * stride[0] + 1),
    paddedWidth: Math.max(from.width + kernel[1] - 1, kernel[1] - 1 - left + (to.width - 1) * stride[1] + 1),
  };
}

/** Along one axis: input positions with the same remainder, and the taps and outputs that they meet. */
interface AxisPhase {
  /** First position, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** First tap; the others follow at multiples of the stride. */
  readonly tap: number;
  readonly taps: number;
  /** First output position of the first window; negative when it lies before the first output. */
  readonly from: number;
}

/** Input position i meets tap k of output o when o * stride + k = i + before. */
export function phases(size: number, kernel: number, stride: number, before: number): AxisPhase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, first) => {
    const tap = (first + before) % stride;
    const taps = Math.max(0, Math.ceil((kernel - tap) / stride));
    return { first, count: Math.ceil((size - first) / stride), tap, taps, from: (first + before - tap) / stride - (taps - 1) };
  });
}

/** How far the windows of all phases reach before the first output and beyond the last one. */
export function reach(all: readonly AxisPhase[], outputs: number): [number, number] {
  const used = all.filter(({ taps }) => taps > 0);
  const before = Math.max(0, ...used.map(({ from }) => -from));
  const beyond = Math.max(0, ...used.map(({ from, count, taps }) => from + count - 1 + taps - outputs));
  return [before, beyond];
}
