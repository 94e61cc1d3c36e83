/**
 * Gradient of a convolution with respect to its input, on WebGPU: result[n, y, x, c] = sum over taps and f of
 * gradient[n, (y + top - ky) / stride, (x + left - kx) / stride, f] * kernel[ky, kx, c, f], where the quotients are whole.
 *
 * A thread computes a tile of pixels times eight channels. The taps that a pixel meets depend on its remainder by the stride. For
 * columns the shader's text settles this, so that no thread multiplies by zeros; rows of a tile are a stride apart.
 */
import {
  edgesKey,
  ifInside,
  backColumnEdges,
  backColumns,
  readColumns,
  skipOutside,
  tileOf,
  type BackColumns,
  type Edges,
} from '../columns';
import { sumsOf, type ConvolutionShape, type Tile } from '../conv2d/webgpu';
import { pixelsFor, type Tiles } from '../tiles';
import { sharesFor, sharingDispatch, sharingKernel } from '../sharedChannels';
import { fours, repeat, type Dispatch } from '../wgsl';

export interface BackInputBuffers {
  readonly gradient: number;
  readonly parameters: number;
  readonly result: number;
}

/** Pixels per thread, a multiple of the stride, so that every tile starts with the same tap. */
export function backPixels(tiles: Tiles, { width, kernel, stride }: ConvolutionShape): number {
  return Math.ceil(pixelsFor(tiles, width, kernel[1]) / stride[1]) * stride[1];
}

/**
 * @param kernelAt position of the kernel among the parameters, in vectors of four
 * @param accumulate whether to add to the result instead of replacing it
 */
export function conv2dBackpropInput(
  shape: ConvolutionShape,
  kernelAt: number,
  accumulate: boolean,
  { gradient, parameters, result }: BackInputBuffers,
  tiles: Tiles,
): Dispatch {
  const pixels = backPixels(tiles, shape);
  const rows = shape.kernel[1] === 1 ? 1 : tiles.rows;
  const tilesAcross = Math.ceil(shape.width / pixels);
  const tilesDown = Math.ceil(shape.height / (rows * shape.stride[0])) * shape.stride[0];
  const channels4 = fours(shape.channels);
  const filters4 = fours(shape.filters);
  const columns = backColumns(shape.kernel[1], shape.stride[1], shape.left, pixels);
  const threads = shape.pictures * tilesDown * tilesAcross * Math.ceil(channels4 / 2);
  const shares = sharesFor(tiles, threads, filters4);
  return sharingDispatch(
    conv2dBackpropInputKernel(shape.kernel[1], shape.stride[1], { pixels, rows, shares }, columns, backColumnEdges(shape, pixels)),
    shares,
    threads,
    {
      height: shape.height,
      width: shape.width,
      channels4,
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      filters4,
      tilesAcross,
      tilesDown,
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      top: shape.top,
      skipped: Math.floor(shape.left / shape.stride[1]),
      kernelAt: kernelAt / 4,
      accumulate: Number(accumulate),
    },
    { gradient, kernels: parameters, result },
  );
}

/** The pixels of a tile that tap `kx` reaches, with the column that each of them reads. */
export const pixelsMet = (kx: number, pixels: number, stride: number, { shift, from }: BackColumns) =>
  Array.from({ length: pixels }, (_, i) => ({ i, column: (i + shift - kx) / stride - from })).filter(({ column }) =>
    Number.isInteger(column),
  );

function conv2dBackpropInputKernel(width: number, stride: number, tile: Tile, columns: BackColumns, edges: Edges) {
  const { pixels, rows, shares } = tile;
  const eachRow = (line: (r: number) => string) => repeat(rows, line);
  const read = { count: columns.to - columns.from + 1, place: String };
  const text = {
    key: `conv2dBackpropInput width ${width} stride ${stride} tile ${pixels}x${rows} shift ${columns.shift} ${edgesKey(edges)}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      filters4: 'i32',
      tilesAcross: 'i32',
      tilesDown: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      top: 'i32',
      skipped: 'i32',
      kernelAt: 'i32',
      accumulate: 'i32',
    },
    buffers: { gradient: 'read vec4f', kernels: 'read mat4x4f', result: 'write vec4f' },
  } as const;
  return sharingKernel(
    text,
    shares,
    sumsOf(tile),
    ({ loop, join }) => `
  let blocks = (fields.channels4 + 1) / 2;
  let channel4 = (index % blocks) * 2;
${tileOf('blocks', pixels)}
  let turn = line % fields.tilesDown;
  let y = turn / fields.down * ${rows} * fields.down + turn % fields.down;
  let picture = line / fields.tilesDown;
  let start = x / ${stride} + fields.skipped + (${columns.from});
${eachRow((r) => repeat(pixels, (i) => `  var a${r}_${i} = vec4f(); var b${r}_${i} = vec4f();`))}
  for (var ky = (y + fields.top) % fields.down; ky < fields.kernelHeight; ky += fields.down) {
    let above = y + fields.top - ky;
${eachRow(
  (r) => `    let row${r} = above / fields.down + ${r}; let inside${r} = (above + ${r} * fields.down >= 0) & (row${r} < fields.outHeight);`,
)}
    ${skipOutside(rows)}
    ${loop('f', 'fields.filters4')} {
${eachRow((r) => {
  const value = (place: string) => `gradient[origin${r} + ${place} * fields.filters4]`;
  return `      let origin${r} = ((picture * fields.outHeight + row${r}) * fields.outWidth + start) * fields.filters4 + f;
${readColumns(read, edges, `g${r}_`, value, 'start', 'fields.outWidth', rows === 1 ? null : `inside${r}`)}`;
})}
      var block = fields.kernelAt + (ky * ${width} * fields.channels4 + channel4) * fields.filters4 + f;
${repeat(width, (kx) => {
  const pairs = pixelsMet(kx, pixels, stride, columns);
  const products = eachRow((r) =>
    pairs.map(({ i, column }) => `        a${r}_${i} += g${r}_${column} * m; b${r}_${i} += g${r}_${column} * n;`).join('\n'),
  );
  return `${pairs.length === 0 ? '' : `      {\n        let m = kernels[block];\n        let n = kernels[block + fields.filters4];\n${products}\n      }`}
      block += fields.channels4 * fields.filters4;`;
})}
    }
  }
${join}
  let second = channel4 + 1 < fields.channels4;
${eachRow((r) => {
  const place = (i: number, next: number) => `result[to + ${i} * fields.channels4 + ${next}]`;
  const store = (name: string, next: number) =>
    repeat(pixels, (i) => `      ${ifInside(edges, i, 'fields.width', `${place(i, next)} = ${name}${r}_${i};`)}`);
  return `  if (y + ${r} * fields.down < fields.height) {
    let to = ((picture * fields.height + y + ${r} * fields.down) * fields.width + x) * fields.channels4 + channel4;
    if (fields.accumulate != 0) {
${repeat(pixels, (i) => `      a${r}_${i} += ${place(i, 0)}; b${r}_${i} += ${place(i, 1)};`)}
    }
${store('a', 0)}
    if (second) {
${store('b', 1)}
    }
  }`;
})}`,
  );
}
