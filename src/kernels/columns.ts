/**
 * Which columns of a picture's row a thread reads, and which of them may lie outside the picture. The kernel checks only those.
 * Their number is baked into the kernel's text; the sizes are not.
 */
import { repeat } from './wgsl';

/** The parts of a tile that may lie outside the picture. */
export interface Edges {
  /** How many of the first and last columns that the tile reads may lie outside. */
  readonly before: number;
  readonly after: number;
  /** Whether some of the pixels that the tile computes may lie outside, because tiles do not divide the row evenly. */
  readonly ragged: boolean;
}

/** The edges as part of a kernel's key. */
export const edgesKey = ({ before, after, ragged }: Edges): string => `edges ${before},${after}${ragged ? ' ragged' : ''}`;

/** Text that runs `body` if pixel `i` of a tile that starts at `x` lies inside the picture. */
export const ifInside = ({ ragged }: Edges, i: number, size: string, body: string): string =>
  ragged ? `if (x + ${i} < ${size}) { ${body} }` : body;

/**
 * Text that finds the first column `x` of a thread's tile, and the `line` of tiles that it is in.
 * @param parts text of the number of threads that share a tile
 */
export const tileOf = (parts: string, pixels: number): string => `  let x = (index / ${parts} % fields.tilesAcross) * ${pixels};
  let line = index / (${parts} * fields.tilesAcross);`;

/** Text that goes on to the next tap when all rows of a tile lie outside the picture. */
export const skipOutside = (rows: number): string =>
  `if (!(${Array.from({ length: rows }, (_, r) => `inside${r}`).join(' | ')})) { continue; }`;

interface RowShape {
  readonly width: number;
  readonly outWidth: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly left: number;
}

/** The columns of an input row that a tile of outputs reads. */
export interface Columns {
  readonly count: number;
  /** Part of the kernel's key: the stride, if it decides which columns outputs share. */
  readonly key: string;
  /** Text of the stride, and of a column's offset from the first. */
  readonly stride: string;
  readonly place: (column: number) => string;
  /** The column that output `i` of the tile reads at tap `k`. */
  readonly met: (i: number, k: number) => number;
}

export function columnsOf(kernelWidth: number, stride: number, pixels: number): Columns {
  // Windows of one column share no columns, so the text does not depend on their stride.
  if (kernelWidth === 1)
    return { count: pixels, key: 'any', stride: 'fields.right', place: (column) => `${column} * fields.right`, met: (i) => i };
  return {
    count: (pixels - 1) * stride + kernelWidth,
    key: String(stride),
    stride: String(stride),
    place: String,
    met: (i, k) => i * stride + k,
  };
}

/** The edges for tiles of `pixels` outputs, in a kernel that reads inputs. */
export function columnEdges({ width, outWidth, kernel, stride, left }: RowShape, pixels: number): Edges {
  const { count } = columnsOf(kernel[1], stride[1], pixels);
  const step = kernel[1] === 1 ? stride[1] : 1;
  const last = (outWidth - pixels) * stride[1] - left + (count - 1) * step;
  return edges(count, Math.ceil(left / step), Math.ceil((last - width + 1) / step), outWidth % pixels === 0);
}

/**
 * The outputs that depend on the inputs of a tile. Along a row, input i of the tile meets tap k of output first + (i + shift - k) /
 * stride if that is whole. The tile starts at a multiple of the stride.
 */
export interface BackColumns {
  /** The remainder of the padding when divided by the stride. */
  readonly shift: number;
  /** The lowest and highest output that the tile reads, relative to the output at its first input. */
  readonly from: number;
  readonly to: number;
}

export function backColumns(kernelWidth: number, stride: number, left: number, pixels: number): BackColumns {
  const shift = left % stride;
  return { shift, from: Math.ceil((shift - kernelWidth + 1) / stride), to: Math.floor((pixels - 1 + shift) / stride) };
}

/** The edges for tiles of `pixels` inputs, a multiple of the stride, in a kernel that reads outputs. */
export function backColumnEdges({ width, outWidth, kernel, stride, left }: RowShape, pixels: number): Edges {
  const { from, to } = backColumns(kernel[1], stride[1], left, pixels);
  const skipped = Math.floor(left / stride[1]);
  const last = (width - pixels) / stride[1] + skipped + to;
  return edges(to - from + 1, -skipped - from, last - outWidth + 1, width % pixels === 0);
}

/**
 * @param before columns of the first tile that lie left of the row
 * @param after columns of the last tile that lie right of the row, when tiles divide it evenly
 */
function edges(columns: number, before: number, after: number, exact: boolean): Edges {
  const within = (count: number) => Math.min(columns, Math.max(0, count));
  // All widths that tiles do not divide evenly share one kernel, which checks every column against the row's end.
  return { before: within(before), after: exact ? within(after) : columns, ragged: !exact };
}

/**
 * Text that reads all columns into `<name>0`, `<name>1`, ...; columns outside the picture read as zero.
 * @param start text of the first column's position
 * @param place text of a column's offset from the first
 * @param value text that reads the value at an offset
 * @param row text of a condition that holds when the row itself lies inside; given only when it may lie outside
 */
export function readColumns(
  { count, place }: Pick<Columns, 'count' | 'place'>,
  { before, after }: Edges,
  name: string,
  value: (place: string) => string,
  start: string,
  size: string,
  row: string | null = null,
): string {
  return repeat(count, (j) => {
    const position = `${start} + ${place(j)}`;
    // `&` instead of `&&`: compilers of software adapters take many seconds for the branches of `&&`.
    const tests = [
      ...(row === null ? [] : [row]),
      ...(j < before ? [`${position} >= 0`] : []),
      ...(j >= count - after ? [`${position} < ${size}`] : []),
    ];
    const read = value(place(j));
    return `let ${name}${j} = ${tests.length === 0 ? read : `select(vec4f(), ${read}, ${tests.map((test) => `(${test})`).join(' & ')})`};`;
  });
}
