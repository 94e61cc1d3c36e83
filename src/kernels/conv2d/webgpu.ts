/**
 * Convolution on WebGPU: output[n, y, x, f] = bias[f] + sum over ky, kx, c of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * kernel[ky, kx, c, f].
 *
 * Channels and filters come in vectors of four, kernels in blocks of four by four: [ky, kx, c / 4, f / 4, 4, 4]. A thread computes
 * a tile of pixels times eight filters. It reads each input pixel of a row once for all columns of the kernel.
 */
import { edgesKey, ifInside, columnEdges, columnsOf, readColumns, skipOutside, tileOf, type Edges } from '../columns';
import { pixelsFor, type Tiles } from '../tiles';
import { sharesFor, sharingDispatch, sharingKernel } from '../sharedChannels';
import { fours, repeat, type Dispatch } from '../wgsl';

/** Sizes of a convolution. `pictures` is the batch size, or 1 when the kernel need not tell rows of pixels apart. */
export interface ConvolutionShape {
  readonly pictures: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

export interface ConvolutionBuffers {
  readonly input: number;
  readonly parameters: number;
  readonly output: number;
}

/** @param at position of the kernel and the bias among the parameters, in vectors of four; -1 without a bias */
export function conv2d(
  shape: ConvolutionShape,
  at: { readonly kernel: number; readonly bias: number },
  { input, parameters, output }: ConvolutionBuffers,
  tiles: Tiles,
): Dispatch {
  const pixels = pixelsFor(tiles, shape.outWidth, shape.kernel[1]);
  const rows = shape.kernel[1] === 1 ? 1 : tiles.rows;
  const tilesAcross = Math.ceil(shape.outWidth / pixels);
  const tilesDown = Math.ceil(shape.outHeight / rows);
  const filters4 = fours(shape.filters);
  const channels4 = fours(shape.channels);
  const threads = shape.pictures * tilesDown * tilesAcross * Math.ceil(filters4 / 2);
  const shares = sharesFor(tiles, threads, channels4);
  return sharingDispatch(
    conv2dKernel(shape.kernel[1], shape.stride[1], { pixels, rows, shares }, columnEdges(shape, pixels)),
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
      right: shape.stride[1],
      top: shape.top,
      left: shape.left,
      kernelAt: at.kernel / 4,
      biasAt: at.bias,
    },
    { input, kernels: parameters, biases: parameters, output },
  );
}

export interface Tile {
  readonly pixels: number;
  readonly rows: number;
  /** Threads that compute it. */
  readonly shares: number;
}

/** Names of the sums of a tile: pixels times eight channels. */
export const sumsOf = ({ pixels, rows }: Tile): string[] =>
  Array.from({ length: rows * pixels }, (_, index) => `${Math.floor(index / pixels)}_${index % pixels}`).flatMap((at) => [
    `a${at}`,
    `b${at}`,
  ]);

function conv2dKernel(width: number, stride: number, tile: Tile, edges: Edges) {
  const { pixels, rows, shares } = tile;
  const columns = columnsOf(width, stride, pixels);
  const eachRow = (line: (r: number) => string) => repeat(rows, line);
  const text = {
    key: `conv2d width ${width} stride ${columns.key} tile ${pixels}x${rows} ${edgesKey(edges)}`,
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
      right: 'i32',
      top: 'i32',
      left: 'i32',
      kernelAt: 'i32',
      biasAt: 'i32',
    },
    buffers: { input: 'read vec4f', kernels: 'read mat4x4f', biases: 'read vec4f', output: 'write vec4f' },
  } as const;
  return sharingKernel(
    text,
    shares,
    sumsOf(tile),
    ({ loop, first, join }) => `
  let blocks = (fields.filters4 + 1) / 2;
  let filter4 = (index % blocks) * 2;
${tileOf('blocks', pixels)}
  let y = line % fields.tilesDown * ${rows};
  let picture = line / fields.tilesDown;
  let start = x * ${columns.stride} - fields.left;
  var bias0 = vec4f();
  var bias1 = vec4f();
  if (fields.biasAt >= 0 && ${first}) {
    bias0 = biases[fields.biasAt + filter4];
    bias1 = biases[fields.biasAt + filter4 + 1];
  }
${eachRow((r) => repeat(pixels, (i) => `  var a${r}_${i} = bias0; var b${r}_${i} = bias1;`))}
  for (var ky = 0; ky < fields.kernelHeight; ky++) {
${eachRow((r) => `    let row${r} = (y + ${r}) * fields.down - fields.top + ky; let inside${r} = (row${r} >= 0) & (row${r} < fields.height);`)}
    ${skipOutside(rows)}
    ${loop('c', 'fields.channels4')} {
${eachRow((r) => {
  const value = (place: string) => `input[origin${r} + ${place} * fields.channels4]`;
  return `      let origin${r} = ((picture * fields.height + row${r}) * fields.width + start) * fields.channels4 + c;
${readColumns(columns, edges, `v${r}_`, value, 'start', 'fields.width', rows === 1 ? null : `inside${r}`)}`;
})}
      var block = fields.kernelAt + (ky * ${width} * fields.channels4 + c) * fields.filters4 + filter4;
${repeat(
  width,
  (kx) => `      {
        let m = kernels[block];
        let n = kernels[block + 1];
${eachRow((r) =>
  repeat(pixels, (i) => {
    const v = `v${r}_${columns.met(i, kx)}`;
    return `        a${r}_${i} += m * ${v}; b${r}_${i} += n * ${v};`;
  }),
)}
      }
      block += fields.channels4 * fields.filters4;`,
)}
    }
  }
${join}
  let second = filter4 + 1 < fields.filters4;
${eachRow((r) => {
  const store = (name: string, place: number) =>
    repeat(
      pixels,
      (i) => `      ${ifInside(edges, i, 'fields.outWidth', `output[to + ${i} * fields.filters4 + ${place}] = ${name}${r}_${i};`)}`,
    );
  return `  if (y + ${r} < fields.outHeight) {
    let to = ((picture * fields.outHeight + y + ${r}) * fields.outWidth + x) * fields.filters4 + filter4;
${store('a', 0)}
    if (second) {
${store('b', 1)}
    }
  }`;
})}`,
  );
}
