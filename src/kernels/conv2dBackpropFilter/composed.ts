import { conv2d, slice, tidy, transpose, type KernelConfig, type Tensor4D } from '@tensorflow/tfjs-core';
import { convolutionOf, type Shape4D } from '../geometry';

/**
 * Filter gradient of a convolution, composed of tfjs operations, for backends that lack the kernel:
 * dw[i, j, ci, co] = sum over n, h, w of x[n, h * stride + i, w * stride + j, ci] * dy[n, h, w, co].
 * That sum is itself a convolution: of x, with channels and batch swapped, by dy as a filter whose taps lie `stride` apart. So the
 * backend's fast forward kernel does the work.
 */
export const conv2dBackpropFilter: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Conv2DBackpropFilter',
  kernelFunc({ inputs, attrs }) {
    const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
    const { filterShape, ...attributes } = attrs as { filterShape: Shape4D };
    const { padInfo, strideHeight, strideWidth } = convolutionOf(attributes, x.shape, filterShape, false);
    const [height, width] = filterShape;
    return tidy(() => {
      const images = transpose(x, [3, 1, 2, 0]);
      const taps = transpose(dy, [1, 2, 0, 3]);
      // Rows and columns at the far edge that the forward pass did not use would add taps, so the slice below cuts them off.
      const { top, bottom, left, right } = padInfo;
      const all = conv2d(
        images,
        taps,
        1,
        [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
        'NHWC',
        [strideHeight, strideWidth],
      );
      return transpose(slice(all, [0, 0, 0, 0], [-1, height, width, -1]), [1, 2, 0, 3]);
    });
  },
};
