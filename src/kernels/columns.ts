/**
 * Which columns of a picture's row a thread reads, and which of them may lie outside the picture. Only those are checked;
 * how many there are is baked into a kernel, the sizes are not.
 */

/** How many of the first and of the last columns that a tile reads may lie outside. */
export interface Edges {
  readonly before: number;
  readonly after: number;
}

interface RowShape {
  readonly width: number;
  readonly outWidth: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly left: number;
}

/** The edges of tiles of so many outputs, for a kernel that reads inputs. */
export function columnEdges({ width, outWidth, kernel, stride, left }: RowShape, pixels: number): Edges {
  const columns = (pixels - 1) * stride[1] + kernel[1];
  const last = (outWidth - pixels) * stride[1] - left + columns - 1;
  return edges(columns, -left, last, width, outWidth % pixels === 0);
}

/**
 * Which outputs the inputs of a tile take part in: along a row, input i of the tile meets tap k of output
 * first + (i + shift - k) / stride where that is whole, the tile starting at a multiple of the stride.
 */
export interface BackColumns {
  /** The remainder of the padding when divided by the stride. */
  readonly shift: number;
  /** The lowest and highest output that the tile reads, from the one that belongs to its first input. */
  readonly from: number;
  readonly to: number;
}

export function backColumns(kernelWidth: number, stride: number, left: number, pixels: number): BackColumns {
  const shift = left % stride;
  return { shift, from: Math.ceil((shift - kernelWidth + 1) / stride), to: Math.floor((pixels - 1 + shift) / stride) };
}

/** The edges of tiles of so many inputs, a multiple of the stride, for a kernel that reads outputs. */
export function backColumnEdges({ width, outWidth, kernel, stride, left }: RowShape, pixels: number): Edges {
  const { from, to } = backColumns(kernel[1], stride[1], left, pixels);
  const skipped = Math.floor(left / stride[1]);
  const last = (width - pixels) / stride[1] + skipped + to;
  return edges(to - from + 1, skipped + from, last, outWidth, width % pixels === 0);
}

/**
 * @param first position of the first tile's first column
 * @param last position of the last tile's last column, if tiles fit the row exactly
 */
function edges(columns: number, first: number, last: number, size: number, exact: boolean): Edges {
  const within = (count: number) => Math.min(columns, Math.max(0, count));
  // Widths that tiles do not fit all get the same kernel, which checks every column's end.
  return { before: within(-first), after: exact ? within(last - size + 1) : columns };
}

/**
 * Text that reads column `j` of `columns` into `<name><j>`, as zero where it lies outside.
 * @param start text of the first column's position
 */
export function columnCheck(
  j: number,
  columns: number,
  { before, after }: Edges,
  name: string,
  value: string,
  start: string,
  size: string,
): string {
  const tests = [...(j < before ? [`${start} + ${j} >= 0`] : []), ...(j >= columns - after ? [`${start} + ${j} < ${size}`] : [])];
  return `let ${name}${j} = ${tests.length === 0 ? value : `select(vec4f(), ${value}, ${tests.join(' && ')})`};`;
}
