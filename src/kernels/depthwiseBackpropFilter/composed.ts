import { mul, pad, reshape, slice, stack, sum, tidy, type KernelConfig, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { insertZeros } from '../insertZeros';
import { convolutionOf, type Shape4D } from '../geometry';

/**
 * Filter gradient of a depthwise convolution, composed of tfjs operations: dw[i, j, c] = sum over n, h, w of x[n, h * stride + i, w
 * * stride + j, c] * dy[n, h, w, c]. dy is placed on the padded input's own grid, with zeros between its values. Every tap is then
 * one product of dy with the flat input, shifted by a constant. The shift may cross rows and pictures, because dy is zero there.
 */
export const depthwiseBackpropFilter: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  kernelFunc({ inputs, attrs }) {
    const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
    const { filterShape, ...attributes } = attrs as { filterShape: Shape4D };
    const info = convolutionOf(attributes, x.shape, filterShape, true);
    const { padInfo, batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth } = info;
    return tidy(() => {
      const spread = insertZeros(dy, info.strideHeight, info.strideWidth);
      const rows = Math.max(padInfo.top + inHeight + padInfo.bottom, spread.shape[1]);
      const columns = Math.max(padInfo.left + inWidth + padInfo.right, spread.shape[2]);
      const grid = [batchSize, rows, columns, inChannels] as const;
      const size = batchSize * rows * columns * inChannels;
      const longestShift = ((filterHeight - 1) * columns + filterWidth - 1) * inChannels;
      const padded = pad(x, [
        [0, 0],
        [padInfo.top, rows - padInfo.top - inHeight],
        [padInfo.left, columns - padInfo.left - inWidth],
        [0, 0],
      ]);
      const flat = pad(reshape(padded, [size]), [[0, longestShift]]);
      const flatDy = reshape(
        pad(spread, [
          [0, 0],
          [0, rows - spread.shape[1]],
          [0, columns - spread.shape[2]],
          [0, 0],
        ]),
        [size],
      );
      const taps: Tensor1D[] = [];
      for (let i = 0; i < filterHeight; i++)
        for (let j = 0; j < filterWidth; j++) {
          const shift = (i * columns + j) * inChannels;
          taps.push(tidy(() => sum<Tensor1D>(reshape(mul(slice(flat, shift, size), flatDy), [...grid]), [0, 1, 2])));
        }
      return reshape(stack(taps), filterShape);
    });
  },
};
