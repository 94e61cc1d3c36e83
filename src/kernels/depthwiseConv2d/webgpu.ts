/**
 * Depthwise convolution on WebGPU: output[n, y, x, c] = bias[c] + sum over ky, kx of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * kernel[ky, kx, c].
 *
 * A thread works out a row of pixels times four channels. Of the shape, filters are the channels.
 */
import { columnCheck, columnEdges, type Edges } from '../columns';
import type { ConvolutionBuffers, ConvolutionShape } from '../conv2d/webgpu';
import { pixelsFor } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

/** @param at where the kernel and the bias start among the parameters, in vectors of four; -1 without a bias */
export function depthwiseConv2d(
  shape: ConvolutionShape,
  at: { readonly kernel: number; readonly bias: number },
  buffers: ConvolutionBuffers,
): Dispatch {
  const pixels = pixelsFor(shape.outWidth);
  const tiles = Math.ceil(shape.outWidth / pixels);
  const channels4 = fours(shape.channels);
  return dispatch(
    depthwiseConv2dKernel(shape.kernel, shape.stride, pixels, columnEdges(shape, pixels)),
    shape.pictures * shape.outHeight * tiles * channels4,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      tiles,
      top: shape.top,
      left: shape.left,
      kernelAt: at.kernel,
      biasAt: at.bias,
    },
    buffers,
  );
}

export function depthwiseConv2dKernel(
  [height, width]: readonly [number, number],
  [down, right]: readonly [number, number],
  pixels: number,
  edges: Edges,
) {
  const columns = (pixels - 1) * right + width;
  return kernel({
    key: `depthwiseConv2d ${height}x${width} stride ${down}x${right} pixels ${pixels} edges ${edges.before},${edges.after}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      tiles: 'i32',
      top: 'i32',
      left: 'i32',
      kernelAt: 'i32',
      biasAt: 'i32',
    },
    buffers: { input: 'read vec4f', parameters: 'read vec4f', output: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
  let x = (index / fields.channels4 % fields.tiles) * ${pixels};
  let line = index / (fields.channels4 * fields.tiles);
  let y = line % fields.outHeight;
  let picture = line / fields.outHeight;
  let start = x * ${right} - fields.left;
  var bias = vec4f();
  if (fields.biasAt >= 0) { bias = parameters[fields.biasAt + c]; }
${repeat(pixels, (i) => `  var a${i} = bias;`)}
  for (var ky = 0; ky < ${height}; ky++) {
    let row = y * ${down} - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + c;
    let weights = fields.kernelAt + ky * ${width} * fields.channels4 + c;
${repeat(columns, (j) => `    ${columnCheck(j, columns, edges, 'v', `input[origin + ${j} * fields.channels4]`, 'start', 'fields.width')}`)}
${repeat(
  width,
  (kx) => `    let w${kx} = parameters[weights + ${kx} * fields.channels4];
${repeat(pixels, (i) => `    a${i} += v${i * right + kx} * w${kx};`)}`,
)}
  }
  let to = (line * fields.outWidth + x) * fields.channels4 + c;
${repeat(pixels, (i) => `  if (x + ${i} < fields.outWidth) { output[to + ${i} * fields.channels4] = a${i}; }`)}`,
  });
}
