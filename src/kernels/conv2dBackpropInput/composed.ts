import { conv2d, pad, reshape, reverse, slice, tidy, transpose, type KernelConfig, type Tensor4D } from '@tensorflow/tfjs-core';
import { convolutionOf, type Shape4D } from '../geometry';

/**
 * Input gradient of a convolution, composed of tfjs operations, in place of kernels that loop value by value.
 *
 * With stride 1 it is a convolution of dy with the flipped filter. With a stride s, the rows h of the padded input with
 * h mod s = r see only the filter rows r, r + s, r + 2s, ...: each of the s * s phases is a stride-1 convolution with a
 * part of the filter. All phases are computed as channels of one convolution and then woven together.
 */
export const conv2dBackpropInput: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Conv2DBackpropInput',
  kernelFunc({ inputs, attrs }) {
    const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
    const { inputShape, ...attributes } = attrs as { inputShape: Shape4D };
    const info = convolutionOf(attributes, inputShape, filter.shape, false);
    const { padInfo, strideHeight: sh, strideWidth: sw, filterHeight, filterWidth, inHeight, inWidth, inChannels } = info;
    return tidy(() => {
      // Filter rows per phase; zero rows fill the filter up, so that every phase has the same number.
      const th = Math.ceil(filterHeight / sh);
      const tw = Math.ceil(filterWidth / sw);
      const filled = pad(filter, [
        [0, th * sh - filterHeight],
        [0, tw * sw - filterWidth],
        [0, 0],
        [0, 0],
      ]);
      const phases = transpose(reshape(filled, [th, sh, tw, sw, inChannels, -1]), [0, 2, 5, 1, 3, 4]);
      const flipped = reverse(reshape(phases, [th, tw, -1, sh * sw * inChannels]), [0, 1]) as Tensor4D;
      const woven = weave(
        conv2d(dy, flipped, 1, [
          [0, 0],
          [th - 1, th - 1],
          [tw - 1, tw - 1],
          [0, 0],
        ]),
        sh,
        sw,
        inChannels,
      );
      // `woven` covers the padded input from its first row on, but lacks the rows at the far edge that no output reads.
      const [, rows, columns] = woven.shape;
      const needed = pad(woven, [
        [0, 0],
        [0, Math.max(0, padInfo.top + inHeight - rows)],
        [0, Math.max(0, padInfo.left + inWidth - columns)],
        [0, 0],
      ]);
      return slice(needed, [0, padInfo.top, padInfo.left, 0], [-1, inHeight, inWidth, -1]);
    });
  },
};

/** [n, h, w, (sh, sw, c)] to [n, h * sh, w * sw, c]. */
function weave(x: Tensor4D, sh: number, sw: number, channels: number): Tensor4D {
  if (sh === 1 && sw === 1) return x;
  const [n, h, w] = x.shape;
  return reshape(transpose(reshape(x, [n, h, w, sh, sw, channels]), [0, 1, 3, 2, 4, 5]), [n, h * sh, w * sw, channels]);
}
