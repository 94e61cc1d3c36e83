/**
 * Gradient of a convolution with respect to its kernel, on WebGPU: sum over n, y, x of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * gradient[n, y, x, f].
 *
 * The rows of all pictures are dealt out to `splits` threads per part of the kernel. Each leaves its sum in a place of its
 * own; the optimizer adds them up in a fixed order, so that two runs give the same bits.
 */
import { columnEdges, columnsOf, readColumns, type Edges } from '../columns';
import type { ConvolutionShape } from '../conv2d/webgpu';
import { tiles } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

export interface BackFilterBuffers {
  readonly input: number;
  readonly gradient: number;
  readonly partials: number;
}

/** Into how many sums a filter gradient is split, when a part of the kernel is worked on by so many threads. */
export function filterSplits(threads: number, rows: number): number {
  return Math.max(1, Math.min(rows, tiles.gradientSplits, Math.floor(tiles.gradientThreads / threads)));
}

export function conv2dFilterSplits({ pictures, outHeight, kernel: [height], channels, filters }: ConvolutionShape): number {
  return filterSplits(height * fours(channels) * Math.ceil(fours(filters) / 2), pictures * outHeight);
}

/** @param partialsAt where the first sum starts, in vectors of four; the others follow, each as long as the kernel */
export function conv2dBackpropFilter(shape: ConvolutionShape, partialsAt: number, buffers: BackFilterBuffers): Dispatch {
  const splits = conv2dFilterSplits(shape);
  const channels4 = fours(shape.channels);
  const filters4 = fours(shape.filters);
  return dispatch(
    conv2dBackpropFilterKernel(shape.kernel[1], shape.stride[1], columnEdges(shape, tiles.gradientPixels)),
    shape.kernel[0] * channels4 * Math.ceil(filters4 / 2) * splits,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      filters4,
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

export function conv2dBackpropFilterKernel(width: number, stride: number, edges: Edges) {
  const pixels = tiles.gradientPixels;
  const columns = columnsOf(width, stride, pixels);
  /** Rows of pixels that tiles do not fit end in outputs that are not there. */
  const ragged = edges.after === columns.count;
  const gradient = (i: number, second: number) => {
    const value = `gradient[out + ${i} * fields.filters4 + ${second}]`;
    return ragged ? `select(vec4f(), ${value}, x + ${i} < fields.outWidth)` : value;
  };
  return kernel({
    key: `conv2dBackpropFilter width ${width} stride ${columns.key} pixels ${pixels} edges ${edges.before},${edges.after}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      filters4: 'i32',
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
  let blocks = (fields.filters4 + 1) / 2;
  let filter4 = (index % blocks) * 2;
  let channel4 = index / blocks % fields.channels4;
  let ky = index / (blocks * fields.channels4) % fields.kernelHeight;
  let split = index / (blocks * fields.channels4 * fields.kernelHeight);
${repeat(width, (kx) => repeat(4, (lane) => `  var a${kx}${lane} = vec4f(); var b${kx}${lane} = vec4f();`))}
  for (var line = split; line < fields.rows; line += fields.splits) {
    let row = line % fields.outHeight * fields.down - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    let picture = line / fields.outHeight;
    for (var x = 0; x < fields.outWidth; x += ${pixels}) {
      let start = x * ${columns.stride} - fields.left;
      let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + channel4;
${readColumns(columns, edges, 'v', (place) => `input[origin + ${place} * fields.channels4]`, 'start', 'fields.width')}
      let out = (line * fields.outWidth + x) * fields.filters4 + filter4;
${repeat(
  pixels,
  (i) => `      {
        let g = ${gradient(i, 0)};
        let h = ${gradient(i, 1)};
${repeat(width, (kx) =>
  repeat(
    4,
    (lane) =>
      `        a${kx}${lane} += v${columns.met(i, kx)}.${'xyzw'[lane]} * g; b${kx}${lane} += v${columns.met(i, kx)}.${'xyzw'[lane]} * h;`,
  ),
)}
      }`,
)}
    }
  }
  let size = fields.kernelHeight * ${width} * fields.channels4 * 4 * fields.filters4;
  let to = fields.partialsAt + split * size + (ky * ${width} * fields.channels4 + channel4) * 4 * fields.filters4 + filter4;
  let second = filter4 + 1 < fields.filters4;
${repeat(width, (kx) =>
  repeat(
    4,
    (lane) => `  {
    let at = to + (${kx * 4} * fields.channels4 + ${lane}) * fields.filters4;
    partials[at] = a${kx}${lane};
    if (second) { partials[at + 1] = b${kx}${lane}; }
  }`,
  ),
)}`,
  });
}
