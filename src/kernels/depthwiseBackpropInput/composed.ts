import { depthwiseConv2d, pad, reverse, slice, tidy, type KernelConfig, type Tensor4D } from '@tensorflow/tfjs-core';
import { insertZeros } from '../insertZeros';
import { convolutionOf, type Shape4D } from '../geometry';

/** Input gradient of a depthwise convolution: a depthwise convolution of dy, spread by the stride, with the flipped filter. */
export const depthwiseBackpropInput: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  kernelFunc({ inputs, attrs }) {
    const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
    const { inputShape, ...attributes } = attrs as { inputShape: Shape4D };
    const info = convolutionOf(attributes, inputShape, filter.shape, true);
    const { padInfo, filterHeight, filterWidth, inHeight, inWidth } = info;
    return tidy(() => {
      const spread = insertZeros(dy, info.strideHeight, info.strideWidth);
      // Full correlation covers the padded input and leaves room for the rows at the far edge that no output reads.
      const rows = padInfo.top + inHeight - (spread.shape[1] + filterHeight - 1);
      const columns = padInfo.left + inWidth - (spread.shape[2] + filterWidth - 1);
      const room = pad(spread, [
        [0, 0],
        [filterHeight - 1, filterHeight - 1 + Math.max(0, rows)],
        [filterWidth - 1, filterWidth - 1 + Math.max(0, columns)],
        [0, 0],
      ]);
      const full = depthwiseConv2d(room, reverse(filter, [0, 1]) as Tensor4D, 1, 'valid');
      return slice(full, [0, padInfo.top, padInfo.left, 0], [-1, inHeight, inWidth, -1]);
    });
  },
};
