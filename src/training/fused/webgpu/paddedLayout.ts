/**
 * How the WebGPU step lays parameters out. Zeros fill channels up to multiples of four, so that every kernel works on whole
 * vectors. They stay zero, because their gradients are zero.
 */
import { reshape, slice, transpose, type Tensor } from '@tensorflow/tfjs-core';
import type { NetworkPlan } from '../../../core/network/plan';
import type { FusedProgram, Value } from '../program';
import { numbersIn } from '../../../core/ops/shape';

/**
 * A parameter as [outer, rows, columns]; rows and columns may be filled up. A parameter with blocks has the layout [outer, rows /
 * 4, columns / 4, 4, 4].
 */
export interface PaddedLayout {
  readonly shape: readonly number[];
  readonly outer: number;
  readonly rows: number;
  readonly columns: number;
  readonly paddedRows: number;
  readonly paddedColumns: number;
  readonly blocks: boolean;
  /** Numbers in the filled-up parameter. */
  readonly size: number;
}

/** Layouts of all parameters by full name. */
export function paddedLayouts(plan: NetworkPlan, { operations, values }: FusedProgram): Map<string, PaddedLayout> {
  const layouts = new Map(plan.parameters.map(({ fullName, shape }) => [fullName, layoutOf(shape, 1, 1, false)]));
  for (const operation of operations) {
    if (!('kernel' in operation)) continue;
    const { shape } = layouts.get(operation.kernel) as PaddedLayout;
    const { height, width, channels } = values[operation.input] as Value;
    if (operation.kind === 'depthwiseConv2d') layouts.set(operation.kernel, layoutOf(shape, 1, numbersIn(shape) / channels, false));
    else {
      // A dense layer reads an example pixel by pixel.
      const outer = operation.kind === 'dense' ? height * width : numbersIn(shape.slice(0, 2));
      layouts.set(operation.kernel, layoutOf(shape, outer, channels, true));
    }
  }
  return layouts;
}

function layoutOf(shape: readonly number[], outer: number, rows: number, blocks: boolean): PaddedLayout {
  const columns = numbersIn(shape) / (outer * rows);
  const paddedRows = blocks ? padded(rows) : rows;
  const paddedColumns = padded(columns);
  return { shape, outer, rows, columns, paddedRows, paddedColumns, blocks, size: outer * paddedRows * paddedColumns };
}

export const padded = (channels: number): number => Math.ceil(channels / 4) * 4;

/** Writes a parameter's values in this layout. */
export function pad(values: Float32Array, layout: PaddedLayout, to: Float32Array): void {
  let from = 0;
  for (const at of positions(layout)) to[at] = values[from++] as number;
}

/** A parameter's values, from this layout. */
export function unpadded(from: Float32Array, layout: PaddedLayout): Float32Array {
  const values = new Float32Array(numbersIn(layout.shape));
  let at = 0;
  for (const place of positions(layout)) values[at++] = from[place] as number;
  return values;
}

/** Where each of a parameter's values lies, in their own order. */
function* positions({ outer, rows, columns, paddedRows, paddedColumns, blocks }: PaddedLayout): Generator<number, void> {
  for (let o = 0; o < outer; o++)
    for (let row = 0; row < rows; row++) {
      const start = o * paddedRows * paddedColumns;
      for (let column = 0; column < columns; column++) {
        const block = (row >> 2) * paddedColumns * 4 + (column >> 2) * 16 + (row & 3) * 4 + (column & 3);
        yield start + (blocks ? block : row * paddedColumns + column);
      }
    }
}

/** Extracts a parameter from a flat tensor of many, in its original layout. Call within `tidy`. */
export function unpad(flat: Tensor, at: number, layout: PaddedLayout): Tensor {
  const { shape, outer, rows, columns, paddedRows, paddedColumns, blocks, size } = layout;
  const own = slice(flat, [at], [size]);
  const lines = blocks ? transpose(reshape(own, [outer, paddedRows / 4, paddedColumns / 4, 4, 4]), [0, 1, 3, 2, 4]) : own;
  const whole = reshape(lines, [outer, paddedRows, paddedColumns]);
  const part = rows === paddedRows && columns === paddedColumns ? whole : slice(whole, [0, 0, 0], [outer, rows, columns]);
  return reshape(part, [...shape]);
}

/** The layout of a plain list of this length, with nothing filled up. */
export const plainLayout = (shape: readonly number[], size: number): PaddedLayout => ({
  shape,
  outer: 1,
  rows: 1,
  columns: size,
  paddedRows: 1,
  paddedColumns: size,
  blocks: false,
  size,
});
