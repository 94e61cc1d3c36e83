/** A graph as a network description, for what reads those: cost models, drawings. */
import { ToldError } from '../errors';
import { sayLater } from '../language/told';
import type { Layer, Network } from '../network/network';
import { INPUT } from '../network/input';
import type { Attributes } from '../ops/index';
import type { CheckedValues } from './checkGraph';
import { inputsOf, pictureOf, tensorAt, type Activation, type Edges, type Graph, type GraphOperation, type GraphTensor } from './graph';

/**
 * Layers are named after the operations' places, since a file may give several tensors one name. A padding becomes part of the
 * convolution that reads it.
 * @throws ToldError where only a convolution may read a padded picture, and something else does
 */
export function asNetwork(graph: Graph<GraphTensor, CheckedValues>): Network {
  const layers: Layer[] = [];
  const values = new Map<number, string>([[graph.input, INPUT]]);
  const edges = new Map<number, Edges>();
  const put = (id: string, inputs: readonly string[], attributes: Attributes) => {
    layers.push({ ...attributes, id, inputs });
    return id;
  };
  graph.operations.forEach((operation, at) => {
    const inputs = inputsOf(operation).map((index) => values.get(index) as string);
    if (operation.kind === 'pad') {
      edges.set(operation.output, operation.padding);
      values.set(operation.output, inputs[0] as string);
      return;
    }
    const before = inputsOf(operation)
      .map((index) => edges.get(index))
      .find(Boolean);
    const id = `${at}-${operation.kind}`;
    const { attributes, flat } = attributesOf(graph, operation, before);
    const from = flat ? [put(`${id}-flatten`, inputs, { op: 'flatten' })] : inputs;
    const made = attributes ? put(id, from, attributes) : (from[0] as string);
    const activation: Activation = 'activation' in operation ? operation.activation : 'none';
    values.set(operation.output, activation === 'none' ? made : put(`${id}-relu`, [made], { op: 'relu' }));
  });
  return { input: tensorAt(graph, graph.input).shape, layers };
}

/** @returns `flat`: the operation reads a picture as one list of numbers */
function attributesOf(
  graph: Graph<GraphTensor, CheckedValues>,
  operation: Exclude<GraphOperation<CheckedValues>, { kind: 'pad' }>,
  before: Edges | undefined,
): { attributes: Attributes | null; flat?: boolean } {
  const to = tensorAt(graph, operation.output);
  if (before && operation.kind !== 'conv2d' && operation.kind !== 'depthwiseConv2d')
    throw new ToldError(sayLater('"{layer}" reads a padded picture, and only convolutions may', { layer: to.name }));
  switch (operation.kind) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const window = {
        kernel: pairOf(operation.kernel),
        stride: pairOf(operation.stride),
        padding: summed(operation.padding, before),
        bias: true,
      };
      return {
        attributes:
          operation.kind === 'conv2d' ? { op: 'conv2d', filters: operation.bias.length, ...window } : { op: 'depthwiseConv2d', ...window },
      };
    }
    case 'dense': {
      const { shape } = tensorAt(graph, operation.input);
      return { attributes: { op: 'dense', units: operation.bias.length, bias: true }, flat: shape.length > 1 };
    }
    case 'add':
      return { attributes: { op: 'add' } };
    case 'softmax':
      return { attributes: { op: 'softmax' } };
    case 'reshape':
      return { attributes: to.shape.length === 1 ? { op: 'flatten' } : null };
    case 'averagePool':
    case 'maxPool': {
      const [height, width] = pictureOf(tensorAt(graph, operation.input));
      const op = operation.kind === 'maxPool' ? 'maxPool' : 'avgPool';
      const padding = operation.padding.flat().some(Boolean) ? 'same' : 'valid';
      const [rows, columns] = operation.kernel;
      return { attributes: { op, kernel: [Math.min(rows, height), Math.min(columns, width)], stride: pairOf(operation.stride), padding } };
    }
  }
}

const pairOf = ([first, second]: readonly [number, number]): [number, number] => [first, second];

function summed(own: Edges, before: Edges | undefined): [[number, number], [number, number]] {
  const along = (axis: 0 | 1): [number, number] => [own[axis][0] + (before?.[axis][0] ?? 0), own[axis][1] + (before?.[axis][1] ?? 0)];
  return [along(0), along(1)];
}
