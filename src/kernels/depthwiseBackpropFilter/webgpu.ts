/**
 * Gradient of a depthwise convolution with respect to its kernel, on WebGPU: sum over n, y, x of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * gradient[n, y, x, c]. It is split and summed like the filter
 * gradient of a convolution.
 */
import { edgesKey, columnEdges, columnsOf, readColumns, type Edges } from '../columns';
import { filterSplits, type BackFilterBuffers } from '../conv2dBackpropFilter/webgpu';
import type { ConvolutionShape } from '../conv2d/webgpu';
import type { Tiles } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

export function depthwiseFilterSplits({ pictures, outHeight, kernel: [height], channels }: ConvolutionShape, tiles: Tiles): number {
  return filterSplits(tiles, height * fours(channels), pictures * outHeight);
}

/** @param partialsAt position of the first sum, in vectors of four; the others follow, each as long as the kernel */
export function depthwiseBackpropFilter(shape: ConvolutionShape, partialsAt: number, buffers: BackFilterBuffers, tiles: Tiles): Dispatch {
  const splits = depthwiseFilterSplits(shape, tiles);
  const pixels = tiles.gradientPixels;
  const channels4 = fours(shape.channels);
  return dispatch(
    depthwiseBackpropFilterKernel(shape.kernel[1], shape.stride[1], pixels, columnEdges(shape, pixels)),
    shape.kernel[0] * channels4 * splits,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      right: shape.stride[1],
      top: shape.top,
      left: shape.left,
      rows: shape.pictures * shape.outHeight,
      splits,
      partialsAt,
    },
    buffers,
  );
}

function depthwiseBackpropFilterKernel(width: number, stride: number, pixels: number, edges: Edges) {
  const columns = columnsOf(width, stride, pixels);
  const gradient = (i: number) => {
    const value = `gradient[out + ${i} * fields.channels4]`;
    return edges.ragged ? `select(vec4f(), ${value}, x + ${i} < fields.outWidth)` : value;
  };
  return kernel({
    key: `depthwiseBackpropFilter width ${width} stride ${columns.key} pixels ${pixels} ${edgesKey(edges)}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      right: 'i32',
      top: 'i32',
      left: 'i32',
      rows: 'i32',
      splits: 'i32',
      partialsAt: 'i32',
    },
    buffers: { input: 'read vec4f', gradient: 'read vec4f', partials: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
  let ky = index / fields.channels4 % fields.kernelHeight;
  let split = index / (fields.channels4 * fields.kernelHeight);
${repeat(width, (kx) => `  var a${kx} = vec4f();`)}
  for (var line = split; line < fields.rows; line += fields.splits) {
    let row = line % fields.outHeight * fields.down - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    let picture = line / fields.outHeight;
    for (var x = 0; x < fields.outWidth; x += ${pixels}) {
      let start = x * ${columns.stride} - fields.left;
      let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + c;
${readColumns(columns, edges, 'v', (place) => `input[origin + ${place} * fields.channels4]`, 'start', 'fields.width')}
      let out = (line * fields.outWidth + x) * fields.channels4 + c;
${repeat(
  pixels,
  (i) => `      let g${i} = ${gradient(i)};
${repeat(width, (kx) => `      a${kx} += v${columns.met(i, kx)} * g${i};`)}`,
)}
    }
  }
  let to = fields.partialsAt + (split * fields.kernelHeight + ky) * ${width} * fields.channels4 + c;
${repeat(width, (kx) => `  partials[to + ${kx} * fields.channels4] = a${kx};`)}`,
  });
}
