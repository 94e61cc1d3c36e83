/**
 * TFLite knows no padding but SAME and VALID. A convolution with another one, such as one pixel all around at stride 2, is written
 * in one of two ways that compute the same: behind a PAD operation, which takes memory for the padded picture, or with its kernel in a
 * corner of a larger one with SAME padding, which takes flash memory for the added zeros.
 */
import {
  pictureOf,
  tensorAt,
  type Conv2d,
  type DepthwiseConv2d,
  type Edges,
  type QuantizedGraph,
  type QuantizedOperation,
  type QuantizedTensor,
  type QuantizedValues,
  type Window,
} from '../../core/quantize/graph';
import { explicitPadding, slide } from '../../core/ops/window';
import { memoryPlan } from './memoryPlan';

/** A convolution that was written in another way. */
export interface Rewritten {
  /** The name of its output. */
  readonly layer: string;
  readonly by: 'pad' | 'kernel';
}

export interface Lowered {
  readonly graph: QuantizedGraph;
  readonly rewritten: readonly Rewritten[];
}

type Convolution = (Conv2d | DepthwiseConv2d) & QuantizedValues;

/**
 * Writes a convolution behind a PAD as long as its memory stays within the limit, and with a larger kernel where it does not.
 * @param ramBytes the most that activations may take
 */
export function lowerPadding(graph: QuantizedGraph, ramBytes: number): Lowered {
  let lowered = graph;
  const rewritten: Rewritten[] = [];
  for (const operation of graph.operations) {
    if (operation.kind !== 'conv2d' && operation.kind !== 'depthwiseConv2d') continue;
    if (namedPadding(operation, tensorAt(graph, operation.input), tensorAt(graph, operation.output))) continue;
    const behindPad = withPad(lowered, operation);
    const inKernel = memoryPlan(behindPad).bytes > ramBytes ? withKernel(lowered, operation) : null;
    lowered = inKernel ?? behindPad;
    rewritten.push({ layer: tensorAt(graph, operation.output).name, by: inKernel ? 'kernel' : 'pad' });
  }
  return { graph: lowered, rewritten };
}

/** The padding of a window under the name that TFLite has for it; null without one. */
export function namedPadding({ kernel, stride, padding }: Window, from: QuantizedTensor, to: QuantizedTensor): 'same' | 'valid' | null {
  const [height, width] = pictureOf(from);
  const [outHeight, outWidth] = pictureOf(to);
  const found = (['valid', 'same'] as const).find((name) => {
    const edges = explicitPadding([height, width], [...kernel], [...stride], name);
    // Only what lies before the picture places the window; behind it the output's size decides.
    if (edges[0][0] !== padding[0][0] || edges[1][0] !== padding[1][0]) return false;
    if (height + edges[0][0] + edges[0][1] < kernel[0] || width + edges[1][0] + edges[1][1] < kernel[1]) return false;
    const [rows, columns] = slide(name, [height, width], [...kernel], [...stride], name);
    return rows === outHeight && columns === outWidth;
  });
  return found ?? null;
}

function replaced(
  graph: QuantizedGraph,
  old: QuantizedOperation,
  by: readonly QuantizedOperation[],
  added: readonly QuantizedTensor[] = [],
): QuantizedGraph {
  const operations = graph.operations.flatMap((operation) => (operation === old ? by : [operation]));
  return { ...graph, tensors: [...graph.tensors, ...added], operations };
}

function withPad(graph: QuantizedGraph, operation: Convolution): QuantizedGraph {
  const from = tensorAt(graph, operation.input);
  const [height, width, channels] = pictureOf(from);
  const [outHeight, outWidth] = pictureOf(tensorAt(graph, operation.output));
  const { kernel, stride, padding } = operation;
  const behind = (axis: 0 | 1, size: number, outputs: number) =>
    Math.max(0, (outputs - 1) * stride[axis] + kernel[axis] - size - padding[axis][0]);
  const edges: Edges = [
    [padding[0][0], behind(0, height, outHeight)],
    [padding[1][0], behind(1, width, outWidth)],
  ];
  const shape = [height + edges[0][0] + edges[0][1], width + edges[1][0] + edges[1][1], channels];
  const output = graph.tensors.length;
  return replaced(
    graph,
    operation,
    [
      { kind: 'pad', input: operation.input, output, padding: edges },
      { ...operation, input: output, padding: noEdges },
    ],
    [{ ...from, name: `${tensorAt(graph, operation.output).name}/padded`, shape }],
  );
}

const noEdges: Edges = [
  [0, 0],
  [0, 0],
];

/** Null where no larger kernel with SAME padding has its windows at the same pixels. */
function withKernel(graph: QuantizedGraph, operation: Convolution): QuantizedGraph | null {
  const [height, width, channels] = pictureOf(tensorAt(graph, operation.input));
  const [outHeight, outWidth, outChannels] = pictureOf(tensorAt(graph, operation.output));
  const rows = placeInSame(operation, 0, height, outHeight);
  const columns = placeInSame(operation, 1, width, outWidth);
  if (!rows || !columns) return null;
  const { kernel, stride } = operation;
  // A depthwise kernel has all of its channels in each pixel, and a filter has its input channels.
  const [filters, depth] = operation.kind === 'conv2d' ? [outChannels, channels] : [1, channels];
  const weights = new Int8Array(filters * rows.size * columns.size * depth);
  for (let filter = 0; filter < filters; filter++)
    for (let line = 0; line < kernel[0]; line++) {
      const start = (filter * kernel[0] + line) * kernel[1] * depth;
      const row = operation.weights.subarray(start, start + kernel[1] * depth);
      weights.set(row, ((filter * rows.size + line + rows.offset) * columns.size + columns.offset) * depth);
    }
  const larger = { ...operation, kernel: [rows.size, columns.size] as const, weights };
  return replaced(graph, operation, [
    { ...larger, padding: explicitPadding([height, width], [rows.size, columns.size], [...stride], 'same') },
  ]);
}

/** The smallest kernel in which the given one has its place under SAME padding, and where it begins there. */
function placeInSame(
  { kernel, stride, padding }: Window,
  axis: 0 | 1,
  size: number,
  outputs: number,
): { readonly size: number; readonly offset: number } | null {
  if (outputs !== Math.ceil(size / stride[axis])) return null;
  for (let larger = kernel[axis]; larger <= 3 * (kernel[axis] + padding[axis][0]); larger++) {
    const before = Math.floor(Math.max(0, (outputs - 1) * stride[axis] + larger - size) / 2);
    const offset = before - padding[axis][0];
    if (offset >= 0 && offset + kernel[axis] <= larger) return { size: larger, offset };
  }
  return null;
}
