/** Checks that a graph that was read from a file can be run. */
import { ToldError } from '../errors';
import { sayLater } from '../language/told';
import { numbersIn } from '../ops/shape';
import { slide } from '../ops/window';
import { inputsOf, pictureOf, tensorAt, type Activation, type Graph, type GraphOperation, type GraphTensor } from './graph';

/** What a layer with weights holds, as int8 or as floats. */
export interface CheckedValues {
  readonly weights: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
  readonly activation: Activation;
}

type CheckedOperation = GraphOperation<CheckedValues>;

/** @throws ToldError that says which operation reads what is not there, or makes another shape than its output has */
export function checkGraph(graph: Graph<GraphTensor, CheckedValues>): void {
  const made = new Set([graph.input]);
  for (const operation of graph.operations) {
    const to = tensorAt(graph, operation.output);
    for (const input of inputsOf(operation))
      if (!made.has(input))
        throw new ToldError(
          sayLater('"{layer}" reads "{input}" before it is computed', { layer: to.name, input: tensorAt(graph, input).name }),
        );
    const from = tensorAt(graph, inputsOf(operation)[0] as number);
    if (!fits(operation, from, to))
      throw new ToldError(
        sayLater('{kind} cannot make "{to}" of [{toShape}] from "{from}" of [{fromShape}]', {
          ...{ kind: operation.kind, to: to.name, toShape: to.shape.join(', '), from: from.name, fromShape: from.shape.join(', ') },
        }),
      );
    made.add(operation.output);
  }
  if (!made.has(graph.output))
    throw new ToldError(sayLater('the output "{name}" is never computed', { name: tensorAt(graph, graph.output).name }));
}

function fits(operation: CheckedOperation, from: GraphTensor, to: GraphTensor): boolean {
  const [height, width, channels] = pictureOf(from);
  const whole = (shape: readonly number[]) => shape.join() === to.shape.join();
  switch (operation.kind) {
    case 'conv2d': {
      const { kernel, bias, weights } = operation;
      return weights.length === bias.length * kernel[0] * kernel[1] * channels && slides(operation, from, to, bias.length);
    }
    case 'depthwiseConv2d':
      return operation.bias.length === channels && slides(operation, from, to, channels);
    case 'averagePool':
    case 'maxPool':
      return slides(operation, from, to, channels);
    case 'dense':
      return to.shape.at(-1) === numbersIn(to.shape) && operation.weights.length === numbersIn(from.shape) * numbersIn(to.shape);
    case 'pad': {
      const [[top, bottom], [left, right]] = operation.padding;
      const smallest = Math.min(top, bottom, left, right);
      return from.shape.length === 3 && smallest >= 0 && whole([height + top + bottom, width + left + right, channels]);
    }
    case 'reshape':
      return numbersIn(from.shape) === numbersIn(to.shape);
    case 'add':
    case 'softmax':
      return whole(from.shape);
  }
}

function slides(
  { kernel, stride, padding }: Extract<CheckedOperation, { kernel: unknown }>,
  from: GraphTensor,
  to: GraphTensor,
  channels: number,
): boolean {
  if (from.shape.length !== 3 || Math.min(...kernel, ...stride) < 1) return false;
  const [height, width] = pictureOf(from);
  const edges = [[...padding[0]], [...padding[1]]] as [[number, number], [number, number]];
  return [...slide('a window', [height, width], [...kernel], [...stride], edges), channels].join() === to.shape.join();
}
