/** The sliding window over height and width that convolutions and pooling share. */
import * as v from 'valibot';
import { ToldError } from '../errors';
import { sayLater } from '../language/told';
import type { Shape } from './operation';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const edge = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A positive integer, such as a number of filters. */
export const positiveInteger = count;
/** [height, width] of a kernel or a stride. */
export const pair = v.tuple([count, count]);
/** "same" or "valid" as TensorFlow has them, or explicit [[top, bottom], [left, right]]. */
export const padding = v.union([v.picklist(['same', 'valid']), v.tuple([v.tuple([edge, edge]), v.tuple([edge, edge])])]);

export type Pair = v.InferOutput<typeof pair>;
export type Padding = v.InferOutput<typeof padding>;

/** The padding as explicit [[top, bottom], [left, right]], in pixels. */
export function explicitPadding(
  size: readonly [number, number],
  kernel: Pair,
  stride: Pair,
  pad: Padding,
): [[number, number], [number, number]] {
  if (typeof pad !== 'string') return [[...pad[0]], [...pad[1]]];
  const along = (axis: 0 | 1): [number, number] => {
    if (pad === 'valid') return [0, 0];
    const outputs = Math.ceil(size[axis] / stride[axis]);
    const total = Math.max(0, (outputs - 1) * stride[axis] + kernel[axis] - size[axis]);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [along(0), along(1)];
}

/** Height and width of the output of a sliding window. Throws when the window does not fit. */
export function slide(op: string, size: readonly [number, number], kernel: Pair, stride: Pair, pad: Padding): [number, number] {
  const edges = explicitPadding(size, kernel, stride, pad);
  const along = (axis: 0 | 1) => Math.floor((size[axis] + edges[axis][0] + edges[axis][1] - kernel[axis]) / stride[axis]) + 1;
  const output: [number, number] = [along(0), along(1)];
  if (output[0] < 1 || output[1] < 1)
    throw new ToldError(
      sayLater('{op} with a {kernel} kernel does not fit into {size} pixels', { op, kernel: kernel.join('x'), size: size.join('x') }),
    );
  return output;
}

/** The padding in the form tfjs's convolutions take. */
export function tfPadding(pad: Padding): 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]] {
  return typeof pad === 'string' ? pad : [[0, 0], [...pad[0]], [...pad[1]], [0, 0]];
}

/** Height and width of a channels-last shape. */
export const heightAndWidth = (shape: Shape): readonly [number, number] => [shape[0] as number, shape[1] as number];
