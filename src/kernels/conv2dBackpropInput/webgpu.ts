/**
 * Gradient of a convolution with respect to its input, on WebGPU: result[n, y, x, c] = sum over taps and f of
 * gradient[n, (y + top - ky) / stride, (x + left - kx) / stride, f] * kernel[ky, kx, c, f], where the quotients are whole.
 *
 * A thread works out a row of pixels times eight channels. Which taps a pixel meets depends on its remainder by the stride;
 * along the row that is settled when the text is made, so that no thread multiplies by zeros.
 */
import { backColumnEdges, backColumns, readColumns, type BackColumns, type Edges } from '../columns';
import type { ConvolutionShape } from '../conv2d/webgpu';
import { pixelsFor } from '../tiles';
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';

export interface BackInputBuffers {
  readonly gradient: number;
  readonly parameters: number;
  readonly result: number;
}

/**
 * @param kernelAt where the kernel starts among the parameters, in vectors of four
 * @param accumulate whether to add to the result rather than replace it
 */
export function conv2dBackpropInput(shape: ConvolutionShape, kernelAt: number, accumulate: boolean, buffers: BackInputBuffers): Dispatch {
  const pixels = pixelsFor(shape.width, shape.stride[1]);
  const tiles = Math.ceil(shape.width / pixels);
  const channels4 = fours(shape.channels);
  const columns = backColumns(shape.kernel[1], shape.stride[1], shape.left, pixels);
  return dispatch(
    conv2dBackpropInputKernel(shape.kernel[1], shape.stride[1], pixels, columns, backColumnEdges(shape, pixels)),
    shape.pictures * shape.height * tiles * Math.ceil(channels4 / 2),
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      filters4: fours(shape.filters),
      tiles,
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

export function conv2dBackpropInputKernel(width: number, stride: number, pixels: number, { shift, from, to }: BackColumns, edges: Edges) {
  /** Pixels that tap `kx` reaches, with the column that each reads. */
  const met = (kx: number) =>
    Array.from({ length: pixels }, (_, i) => ({ i, column: (i + shift - kx) / stride - from })).filter(({ column }) =>
      Number.isInteger(column),
    );
  return kernel({
    key: `conv2dBackpropInput width ${width} stride ${stride} pixels ${pixels} shift ${shift} edges ${edges.before},${edges.after}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      filters4: 'i32',
      tiles: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      top: 'i32',
      skipped: 'i32',
      kernelAt: 'i32',
      accumulate: 'i32',
    },
    buffers: { gradient: 'read vec4f', parameters: 'read vec4f', result: 'write vec4f' },
    perThread: `
  let blocks = (fields.channels4 + 1) / 2;
  let channel4 = (index % blocks) * 2;
  let x = (index / blocks % fields.tiles) * ${pixels};
  let line = index / (blocks * fields.tiles);
  let y = line % fields.height;
  let picture = line / fields.height;
  let start = x / ${stride} + fields.skipped + (${from});
${repeat(pixels, (i) => `  var a${i} = vec4f(); var b${i} = vec4f();`)}
  for (var ky = (y + fields.top) % fields.down; ky < fields.kernelHeight; ky += fields.down) {
    let above = y + fields.top - ky;
    let row = above / fields.down;
    if (above < 0 || row >= fields.outHeight) { continue; }
    for (var f = 0; f < fields.filters4; f++) {
      let at = ((picture * fields.outHeight + row) * fields.outWidth + start) * fields.filters4 + f;
${readColumns({ count: to - from + 1, place: String }, edges, 'g', (place) => `gradient[at + ${place} * fields.filters4]`, 'start', 'fields.outWidth')}
      var weights = fields.kernelAt + (ky * ${width} * fields.channels4 + channel4) * 4 * fields.filters4 + f;
${repeat(width, (kx) => {
  const pairs = met(kx);
  const product = (column: number, first: number) => `vec4f(${[0, 1, 2, 3].map((lane) => `dot(g${column}, w${first + lane})`).join(', ')})`;
  return `${
    pairs.length === 0
      ? ''
      : `      {
${repeat(8, (lane) => `        let w${lane} = parameters[weights + ${lane} * fields.filters4];`)}
${pairs.map(({ i, column }) => `        a${i} += ${product(column, 0)}; b${i} += ${product(column, 4)};`).join('\n')}
      }`
  }
      weights += 4 * fields.channels4 * fields.filters4;`;
})}
    }
  }
  let to = (line * fields.width + x) * fields.channels4 + channel4;
  let second = channel4 + 1 < fields.channels4;
${repeat(
  pixels,
  (i) => `  if (x + ${i} < fields.width) {
    let at = to + ${i} * fields.channels4;
    if (fields.accumulate != 0) { a${i} += result[at]; }
    result[at] = a${i};
    if (second) {
      if (fields.accumulate != 0) { b${i} += result[at + 1]; }
      result[at + 1] = b${i};
    }
  }`,
)}`,
  });
}
