/** Sizes of convolutions, dense layers and pooling, as their kernels expect them. */
import type { ConvolutionShape } from '../../../kernels/conv2d/webgpu';
import type { Convolution, Dense, Depthwise, Value } from '../program';
import { padded } from './paddedLayout';

/** Settings besides the operation that sizes depend on. */
interface Sizes {
  readonly options: { readonly batchSize: number };
  shape(value: number): Value;
}

export function poolShape(value: number, sizes: Sizes) {
  const { height, width, channels } = sizes.shape(value);
  return { pictures: sizes.options.batchSize, pixels: height * width, channels };
}

/** The sizes of a convolution. If windows are single pixels, all pixels of the batch form one row, which tiles divide best. */
export function windowShape(operation: Convolution | Depthwise | Dense, sizes: Sizes): ConvolutionShape {
  const { batchSize } = sizes.options;
  const from = sizes.shape(operation.input);
  const { height: outHeight, width: outWidth, channels: filters } = sizes.shape(operation.output);
  if (operation.kind === 'dense') return rowOf(batchSize, from.height * from.width * padded(from.channels), filters);
  const { kernel, stride, top, left } = operation.window;
  if (operation.kind === 'conv2d' && isPixelwise(operation)) return rowOf(batchSize * from.height * from.width, from.channels, filters);
  return { pictures: batchSize, ...from, outHeight, outWidth, filters, kernel, stride, top, left };
}

/** The same for a filter gradient, which keeps separate rows because it is split by them. */
export function gradientShape(operation: Convolution | Depthwise | Dense, sizes: Sizes): ConvolutionShape {
  const shape = windowShape(operation, sizes);
  if (operation.kind !== 'conv2d' || !isPixelwise(operation)) return shape;
  const { height, width } = sizes.shape(operation.input);
  const pictures = sizes.options.batchSize * (width < 4 ? 1 : height);
  return { ...shape, pictures, width: shape.width / pictures, outWidth: shape.width / pictures };
}

function rowOf(pixels: number, channels: number, filters: number): ConvolutionShape {
  return {
    pictures: 1,
    height: 1,
    width: pixels,
    channels,
    outHeight: 1,
    outWidth: pixels,
    filters,
    kernel: [1, 1],
    stride: [1, 1],
    top: 0,
    left: 0,
  };
}

function isPixelwise({ window: { kernel, stride, top, left } }: Convolution): boolean {
  return Math.max(...kernel, ...stride) === 1 && top === 0 && left === 0;
}
