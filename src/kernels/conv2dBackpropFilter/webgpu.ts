/**
 * Gradient of a convolution with respect to its kernel, on WebGPU: sum over n, y, x of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * gradient[n, y, x, f].
 *
 * A thread computes a row of the kernel for a few channels and eight filters. The rows of all pictures are divided among `splits`
 * threads for the same part of the kernel. Each writes its sum to a place of its own, and the optimizer adds the sums in a fixed
 * order, so that two runs give the same bits.
 */
import { edgesKey, columnEdges, columnsOf, readColumns, type Edges } from '../columns';
import type { ConvolutionShape } from '../conv2d/webgpu';
import type { Tiles } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

export interface BackFilterBuffers {
  readonly input: number;
  readonly gradient: number;
  readonly partials: number;
}

/** Into how many sums to split a filter gradient when `threads` threads compute different parts of it. */
export function filterSplits({ gradientThreads, gradientSplits }: Tiles, threads: number, rows: number): number {
  return Math.max(1, Math.min(rows, gradientSplits, Math.floor(gradientThreads / threads)));
}

/** Threads that compute different parts of the kernel. */
const partsOf = ({ kernel: [height], channels, filters }: ConvolutionShape, { gradientChannels }: Tiles) =>
  height * Math.ceil(fours(channels) / gradientChannels) * Math.ceil(fours(filters) / 2);

export function conv2dFilterSplits(shape: ConvolutionShape, tiles: Tiles): number {
  return filterSplits(tiles, partsOf(shape, tiles), shape.pictures * shape.outHeight);
}

/** @param partialsAt position of the first sum, in vectors of four; the others follow, each as long as the kernel */
export function conv2dBackpropFilter(
  shape: ConvolutionShape,
  partialsAt: number,
  { input, gradient, partials }: BackFilterBuffers,
  tiles: Tiles,
): Dispatch {
  const splits = conv2dFilterSplits(shape, tiles);
  const { gradientPixels: pixels, gradientChannels } = tiles;
  return dispatch(
    conv2dBackpropFilterKernel(shape.kernel[1], shape.stride[1], pixels, gradientChannels, columnEdges(shape, pixels)),
    partsOf(shape, tiles) * splits,
    {
      height: shape.height,
      width: shape.width,
      channels4: fours(shape.channels),
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      filters4: fours(shape.filters),
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      right: shape.stride[1],
      top: shape.top,
      left: shape.left,
      rows: shape.pictures * shape.outHeight,
      splits,
      partialsAt: partialsAt / 4,
    },
    { input, gradient, partials },
  );
}

/** @param channels groups of four channels per thread */
function conv2dBackpropFilterKernel(width: number, stride: number, pixels: number, channels: number, edges: Edges) {
  const columns = columnsOf(width, stride, pixels);
  const eachChannel = (line: (c: number) => string) => repeat(channels, line);
  const gradient = (i: number, second: number) => {
    // Tiles that reach beyond their row read outputs that do not exist.
    const value = `gradient[out + ${i} * fields.filters4 + ${second}]`;
    return edges.ragged ? `select(vec4f(), ${value}, x + ${i} < fields.outWidth)` : value;
  };
  const product = (v: string, g: string) => `mat4x4f(${v}.x * ${g}, ${v}.y * ${g}, ${v}.z * ${g}, ${v}.w * ${g})`;
  return kernel({
    key: `conv2dBackpropFilter width ${width} stride ${columns.key} tile ${pixels}x${channels} ${edgesKey(edges)}`,
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
    buffers: { input: 'read vec4f', gradient: 'read vec4f', partials: 'write mat4x4f' },
    perThread: `
  let blocks = (fields.filters4 + 1) / 2;
  let channelBlocks = (fields.channels4 + ${channels - 1}) / ${channels};
  let filter4 = (index % blocks) * 2;
  let channel4 = index / blocks % channelBlocks * ${channels};
  let ky = index / (blocks * channelBlocks) % fields.kernelHeight;
  let split = index / (blocks * channelBlocks * fields.kernelHeight);
${eachChannel((c) => repeat(width, (kx) => `  var a${c}_${kx} = mat4x4f(); var b${c}_${kx} = mat4x4f();`))}
  for (var line = split; line < fields.rows; line += fields.splits) {
    let row = line % fields.outHeight * fields.down - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    let picture = line / fields.outHeight;
    for (var x = 0; x < fields.outWidth; x += ${pixels}) {
      let start = x * ${columns.stride} - fields.left;
      let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + channel4;
${eachChannel((c) =>
  readColumns(columns, edges, `v${c}_`, (place) => `input[origin + ${place} * fields.channels4 + ${c}]`, 'start', 'fields.width'),
)}
      let out = (line * fields.outWidth + x) * fields.filters4 + filter4;
${repeat(
  pixels,
  (i) => `      {
        let g = ${gradient(i, 0)};
        let h = ${gradient(i, 1)};
${eachChannel((c) =>
  repeat(width, (kx) => {
    const v = `v${c}_${columns.met(i, kx)}`;
    return `        a${c}_${kx} += ${product(v, 'g')}; b${c}_${kx} += ${product(v, 'h')};`;
  }),
)}
      }`,
)}
    }
  }
  let size = fields.kernelHeight * ${width} * fields.channels4 * fields.filters4;
  let to = fields.partialsAt + split * size + (ky * ${width} * fields.channels4 + channel4) * fields.filters4 + filter4;
  let second = filter4 + 1 < fields.filters4;
${eachChannel(
  (c) => `  if (channel4 + ${c} < fields.channels4) {
${repeat(
  width,
  (kx) => `    {
      let at = to + (${kx} * fields.channels4 + ${c}) * fields.filters4;
      partials[at] = a${c}_${kx};
      if (second) { partials[at + 1] = b${c}_${kx}; }
    }`,
)}
  }`,
)}`,
  });
}
