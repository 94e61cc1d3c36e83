/**
 * Gradient of a depthwise convolution with respect to its input, on WebGPU: result[n, y, x, c] = sum over taps of
 * gradient[n, (y + top - ky) / stride, (x + left - kx) / stride, c] * kernel[ky, kx, c], where the quotients are whole.
 *
 * Tiled like the input gradient of a convolution, with four channels per thread. With stride 1 it runs as a convolution.
 */
import { edgesKey, ifInside, backColumnEdges, backColumns, readColumns, tileOf, type BackColumns, type Edges } from '../columns';
import type { ConvolutionShape } from '../conv2d/webgpu';
import { turnedDepthwise } from '../depthwiseConv2d/webgpu';
import { backPixels, pixelsMet, type BackInputBuffers } from '../conv2dBackpropInput/webgpu';
import type { Tiles } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

/**
 * @param kernelAt position of the kernel among the parameters, in vectors of four
 * @param accumulate whether to add to the result instead of replacing it
 */
export function depthwiseBackpropInput(
  shape: ConvolutionShape,
  kernelAt: number,
  accumulate: boolean,
  buffers: BackInputBuffers,
  tiles: Tiles,
): Dispatch {
  if (shape.stride[0] === 1 && shape.stride[1] === 1) {
    const { gradient, parameters, result } = buffers;
    return turnedDepthwise(shape, kernelAt, accumulate, { input: gradient, parameters, output: result }, tiles);
  }
  const pixels = backPixels(tiles, shape);
  const tilesAcross = Math.ceil(shape.width / pixels);
  const channels4 = fours(shape.channels);
  const columns = backColumns(shape.kernel[1], shape.stride[1], shape.left, pixels);
  return dispatch(
    depthwiseBackpropInputKernel(shape.kernel[1], shape.stride[1], pixels, columns, backColumnEdges(shape, pixels)),
    shape.pictures * shape.height * tilesAcross * channels4,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      tilesAcross,
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      top: shape.top,
      skipped: Math.floor(shape.left / shape.stride[1]),
      kernelAt,
      accumulate: Number(accumulate),
    },
    buffers,
  );
}

function depthwiseBackpropInputKernel(width: number, stride: number, pixels: number, columns: BackColumns, edges: Edges) {
  const read = { count: columns.to - columns.from + 1, place: String };
  return kernel({
    key: `depthwiseBackpropInput width ${width} stride ${stride} pixels ${pixels} shift ${columns.shift} ${edgesKey(edges)}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      tilesAcross: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      top: 'i32',
      skipped: 'i32',
      kernelAt: 'i32',
      accumulate: 'i32',
    },
    buffers: { gradient: 'read vec4f', parameters: 'read vec4f', result: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
${tileOf('fields.channels4', pixels)}
  let y = line % fields.height;
  let picture = line / fields.height;
  let start = x / ${stride} + fields.skipped + (${columns.from});
${repeat(pixels, (i) => `  var a${i} = vec4f();`)}
  for (var ky = (y + fields.top) % fields.down; ky < fields.kernelHeight; ky += fields.down) {
    let above = y + fields.top - ky;
    let row = above / fields.down;
    if (above < 0 || row >= fields.outHeight) { continue; }
    let at = ((picture * fields.outHeight + row) * fields.outWidth + start) * fields.channels4 + c;
    let weights = fields.kernelAt + ky * ${width} * fields.channels4 + c;
${readColumns(read, edges, 'g', (place) => `gradient[at + ${place} * fields.channels4]`, 'start', 'fields.outWidth')}
${repeat(
  width,
  (kx) => `    let w${kx} = parameters[weights + ${kx} * fields.channels4];
${pixelsMet(kx, pixels, stride, columns)
  .map(({ i, column }) => `    a${i} += g${column} * w${kx};`)
  .join('\n')}`,
)}
  }
  let to = (line * fields.width + x) * fields.channels4 + c;
  if (fields.accumulate != 0) {
${repeat(pixels, (i) => `    a${i} += result[to + ${i} * fields.channels4];`)}
  }
${repeat(pixels, (i) => `  ${ifInside(edges, i, 'fields.width', `result[to + ${i} * fields.channels4] = a${i};`)}`)}`,
  });
}
