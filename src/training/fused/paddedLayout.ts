/**
 * How the WebGPU step lays parameters out: channels are filled up with zeros to multiples of four, so that every kernel works on
 * vectors whatever the widths are. The zeros stay zeros: their gradients are.
 */
import { reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { NetworkPlan } from '../../core/network/plan';
import type { FusedProgram, Value } from './program';

/** A parameter as [outer, rows, columns], of which rows and columns may be filled up. */
export interface PaddedLayout {
  readonly shape: readonly number[];
  readonly outer: number;
  readonly rows: number;
  readonly columns: number;
  readonly paddedRows: number;
  readonly paddedColumns: number;
  /** Numbers it takes up. */
  readonly size: number;
}

/** Layouts of all parameters by full name. */
export function paddedLayouts(plan: NetworkPlan, { operations, values }: FusedProgram): Map<string, PaddedLayout> {
  const layouts = new Map(plan.parameters.map(({ fullName, shape }) => [fullName, layoutOf(shape, 1, 1, false)]));
  for (const operation of operations) {
    if (!('kernel' in operation)) continue;
    const { shape } = layouts.get(operation.kernel) as PaddedLayout;
    const { height, width, channels } = values[operation.input] as Value;
    if (operation.kind === 'depthwiseConv2d') layouts.set(operation.kernel, layoutOf(shape, 1, sizeOf(shape) / channels, false));
    else {
      // A dense layer reads a picture pixel by pixel.
      const outer = operation.kind === 'dense' ? height * width : sizeOf(shape.slice(0, 2));
      layouts.set(operation.kernel, layoutOf(shape, outer, channels, true));
    }
  }
  return layouts;
}

function layoutOf(shape: readonly number[], outer: number, rows: number, padRows: boolean): PaddedLayout {
  const columns = sizeOf(shape) / (outer * rows);
  const paddedRows = padRows ? padded(rows) : rows;
  const paddedColumns = padded(columns);
  return { shape, outer, rows, columns, paddedRows, paddedColumns, size: outer * paddedRows * paddedColumns };
}

export const padded = (channels: number): number => Math.ceil(channels / 4) * 4;
const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** Writes a parameter's values in their layout. */
export function pad(values: Float32Array, { outer, rows, columns, paddedRows, paddedColumns }: PaddedLayout, to: Float32Array): void {
  for (let row = 0; row < outer * rows; row++) {
    const at = (Math.floor(row / rows) * paddedRows + (row % rows)) * paddedColumns;
    to.set(values.subarray(row * columns, (row + 1) * columns), at);
  }
}

/** A parameter out of a flat tensor of many, without what was filled up. Call within `tidy`. */
export function unpad(flat: Tensor, at: number, { shape, outer, rows, columns, paddedRows, paddedColumns, size }: PaddedLayout): Tensor {
  const whole = reshape(slice(flat, [at], [size]), [outer, paddedRows, paddedColumns]);
  const part = rows === paddedRows && columns === paddedColumns ? whole : slice(whole, [0, 0, 0], [outer, rows, columns]);
  return reshape(part, [...shape]);
}
