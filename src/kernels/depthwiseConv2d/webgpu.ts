/**
 * Depthwise convolution on WebGPU: output[n, y, x, c] = bias[c] + sum over ky, kx of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * kernel[ky, kx, c].
 *
 * A thread computes a row of pixels times four channels. The shape's `filters` are the channels.
 */
import { edgesKey, ifInside, columnEdges, columnsOf, readColumns, tileOf, type Edges } from '../columns';
import type { ConvolutionBuffers, ConvolutionShape } from '../conv2d/webgpu';
import { pixelsFor, type Tiles } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

/** @param at position of the kernel and the bias among the parameters, in vectors of four; -1 without a bias */
export function depthwiseConv2d(
  shape: ConvolutionShape,
  at: { readonly kernel: number; readonly bias: number },
  buffers: ConvolutionBuffers,
  tiles: Tiles,
): Dispatch {
  return slide(shape, { kernelAt: at.kernel, tapStep: fours(shape.channels), biasAt: at.bias, accumulate: 0 }, buffers, tiles);
}

/**
 * Input gradient of a convolution of stride 1: slides the kernel, rotated by 180 degrees, over the output's gradient.
 *
 * @param kernelAt position of the kernel among the parameters, in vectors of four
 * @param accumulate whether to add to the output instead of replacing it
 */
export function turnedDepthwise(
  shape: ConvolutionShape,
  kernelAt: number,
  accumulate: boolean,
  buffers: ConvolutionBuffers,
  tiles: Tiles,
): Dispatch {
  const { kernel, height, width, outHeight, outWidth, top, left } = shape;
  const step = fours(shape.channels);
  return slide(
    {
      ...shape,
      height: outHeight,
      width: outWidth,
      outHeight: height,
      outWidth: width,
      top: kernel[0] - 1 - top,
      left: kernel[1] - 1 - left,
    },
    { kernelAt: kernelAt + (kernel[0] * kernel[1] - 1) * step, tapStep: -step, biasAt: -1, accumulate: Number(accumulate) },
    buffers,
    tiles,
  );
}

/** @param tapStep vectors from one tap of the kernel to the next */
function slide(
  shape: ConvolutionShape,
  how: { readonly kernelAt: number; readonly tapStep: number; readonly biasAt: number; readonly accumulate: number },
  buffers: ConvolutionBuffers,
  tiles: Tiles,
): Dispatch {
  const pixels = pixelsFor(tiles, shape.outWidth, shape.kernel[1]);
  const tilesAcross = Math.ceil(shape.outWidth / pixels);
  const channels4 = fours(shape.channels);
  return dispatch(
    depthwiseConv2dKernel(shape.kernel[1], shape.stride[1], pixels, columnEdges(shape, pixels)),
    shape.pictures * shape.outHeight * tilesAcross * channels4,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      tilesAcross,
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      right: shape.stride[1],
      top: shape.top,
      left: shape.left,
      ...how,
    },
    buffers,
  );
}

function depthwiseConv2dKernel(width: number, stride: number, pixels: number, edges: Edges) {
  const columns = columnsOf(width, stride, pixels);
  return kernel({
    key: `depthwiseConv2d width ${width} stride ${columns.key} pixels ${pixels} ${edgesKey(edges)}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      tilesAcross: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      right: 'i32',
      top: 'i32',
      left: 'i32',
      kernelAt: 'i32',
      tapStep: 'i32',
      biasAt: 'i32',
      accumulate: 'i32',
    },
    buffers: { input: 'read vec4f', parameters: 'read vec4f', output: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
${tileOf('fields.channels4', pixels)}
  let y = line % fields.outHeight;
  let picture = line / fields.outHeight;
  let start = x * ${columns.stride} - fields.left;
  var bias = vec4f();
  if (fields.biasAt >= 0) { bias = parameters[fields.biasAt + c]; }
${repeat(pixels, (i) => `  var a${i} = bias;`)}
  for (var ky = 0; ky < fields.kernelHeight; ky++) {
    let row = y * fields.down - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + c;
    let weights = fields.kernelAt + ky * ${width} * fields.tapStep + c;
${readColumns(columns, edges, 'v', (place) => `input[origin + ${place} * fields.channels4]`, 'start', 'fields.width')}
${repeat(
  width,
  (kx) => `    let w${kx} = parameters[weights + ${kx} * fields.tapStep];
${repeat(pixels, (i) => `    a${i} += v${columns.met(i, kx)} * w${kx};`)}`,
)}
  }
  let to = (line * fields.outWidth + x) * fields.channels4 + c;
  if (fields.accumulate != 0) {
${repeat(pixels, (i) => `    a${i} += output[to + ${i} * fields.channels4];`)}
  }
${repeat(pixels, (i) => `  ${ifInside(edges, i, 'fields.outWidth', `output[to + ${i} * fields.channels4] = a${i};`)}`)}`,
  });
}
