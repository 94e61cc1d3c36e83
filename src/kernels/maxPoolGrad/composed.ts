import {
  backend_util,
  maximum,
  mul,
  pad,
  slice,
  sub,
  tidy,
  zerosLike,
  add,
  cast,
  equal,
  stridedSlice,
  type KernelConfig,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { insertZeros } from '../insertZeros';
import type { Shape4D } from '../geometry';

/**
 * Input gradient of max pooling, composed of tfjs operations: dy goes to the first position of each window that holds the window's
 * maximum. It replaces a stock WASM kernel that loses the gradient of windows whose values are all negative (MaxPoolGrad.cc starts
 * its search at the smallest positive float instead of the lowest one).
 */
export const maxPoolGrad: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'MaxPoolGrad',
  kernelFunc({ inputs, attrs }) {
    const { dy, input, output } = inputs as unknown as { dy: Tensor4D; input: Tensor4D; output: Tensor4D };
    const {
      filterSize,
      strides,
      pad: padding,
      dimRoundingMode,
    } = attrs as {
      filterSize: number | [number, number];
      strides: number | [number, number];
      pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
      dimRoundingMode?: 'floor' | 'round' | 'ceil';
    };
    const info = backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, padding, dimRoundingMode);
    const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth, inHeight, inWidth } = info;
    return tidy(() => {
      const spanRows = (outHeight - 1) * strideHeight + 1;
      const spanColumns = (outWidth - 1) * strideWidth + 1;
      const rows = Math.max(padInfo.top + inHeight, spanRows + filterHeight - 1);
      const columns = Math.max(padInfo.left + inWidth, spanColumns + filterWidth - 1);
      const edges: [number, number][] = [
        [0, 0],
        [padInfo.top, rows - padInfo.top - inHeight],
        [padInfo.left, columns - padInfo.left - inWidth],
        [0, 0],
      ];
      const padded = pad(input, edges, -Infinity) as Tensor4D;
      let free = add(zerosLike(dy), 1);
      let dx = pad(zerosLike(input), edges) as Tensor4D;
      for (let i = 0; i < filterHeight; i++)
        for (let j = 0; j < filterWidth; j++) {
          const seen = stridedSlice(
            padded,
            [0, i, j, 0],
            [...padded.shape.slice(0, 1), i + spanRows, j + spanColumns, padded.shape[3]],
            [1, strideHeight, strideWidth, 1],
          );
          const here = mul(cast(equal(seen, output), 'float32'), free);
          free = maximum(sub(free, here), 0);
          const spread = insertZeros(mul(dy, here) as Tensor4D, strideHeight, strideWidth);
          dx = add(
            dx,
            pad(spread, [
              [0, 0],
              [i, rows - i - spanRows],
              [j, columns - j - spanColumns],
              [0, 0],
            ]),
          );
        }
      return slice(dx, [0, padInfo.top, padInfo.left, 0], input.shape as Shape4D);
    });
  },
};
