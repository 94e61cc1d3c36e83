/**
 * A trained network becomes the graph that a device runs: batch norms fold into the layers before them, ReLUs end operations,
 * and what acts only while training is gone.
 */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import { INPUT } from '../network/input';
import type { Weights } from '../network/parameters';
import type { NetworkPlan, PlannedOperation } from '../network/plan';
import type { Attributes } from '../ops/index';
import { explicitPadding, heightAndWidth } from '../ops/window';
import type { FloatGraph, FloatOperation, FloatValues } from './floatGraph';
import type { GraphTensor, Window } from './graph';
import { foldedBatchNorm, kernelByOutput, type ChannelChange } from './weights';

/**
 * @param weights trained values by parameter name
 * @throws WorkbenchError `invalid-network` for a network whose candidates are not chosen, or one that computes nothing;
 *   `invalid-data` when a weight is missing or not a finite number
 */
export function foldNetwork(plan: NetworkPlan, weights: Weights): FloatGraph {
  const operations = plan.layers.map((layer) => {
    if (layer.kind === 'operation') return { id: layer.id, inputs: layer.inputs, planned: layer.operation };
    throw new WorkbenchError(
      'invalid-network',
      sayLater('"{layer}" still has several candidates. Export the network that a search has found.', { layer: layer.id }),
    );
  });
  const folding = new Folding(plan, weights);
  const output = operations.at(-1) as FoldedLayer;
  const needed = neededBy(operations, output.id);
  const live = operations.filter(({ id }) => needed.has(id));
  folding.countReaders(live, output.id);
  for (const layer of live) folding.add(layer);
  return folding.graph(output.id);
}

interface FoldedLayer {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly planned: PlannedOperation;
}

/** The layers that the output depends on. */
function neededBy(layers: readonly FoldedLayer[], output: string): ReadonlySet<string> {
  const needed = new Set([output]);
  for (const { id, inputs } of layers.toReversed()) if (needed.has(id)) inputs.forEach((input) => needed.add(input));
  return needed;
}

/** Passes its only input on unchanged once training is over. */
const passes = ({ inputs, planned: { attributes, inputShapes } }: FoldedLayer) =>
  attributes.op === 'identity' ||
  attributes.op === 'dropout' ||
  (attributes.op === 'add' && inputs.length === 1) ||
  (attributes.op === 'flatten' && inputShapes[0]?.length === 1);

class Folding {
  readonly #tensors: GraphTensor[];
  readonly #operations: FloatOperation[] = [];
  /** The tensor that holds a layer's output. */
  readonly #values = new Map<string, number>([[INPUT, 0]]);
  /** Which operation makes a tensor, by index. */
  readonly #makers = new Map<number, number>();
  /** Layers whose value several others read, so that nothing may be fused into it. */
  readonly #shared = new Set<string>();
  readonly #sharedTensors = new Set<number>();

  constructor(
    plan: NetworkPlan,
    private readonly weights: Weights,
  ) {
    this.#tensors = [{ name: INPUT, shape: plan.network.input }];
  }

  /** The output of the network counts as read. */
  countReaders(layers: readonly FoldedLayer[], output: string): void {
    const aliases = new Map<string, string>();
    const resolved = (id: string) => aliases.get(id) ?? id;
    const readers = new Map<string, number>();
    const read = (id: string) => readers.set(resolved(id), (readers.get(resolved(id)) ?? 0) + 1);
    for (const layer of layers) {
      if (passes(layer)) aliases.set(layer.id, resolved(layer.inputs[0] as string));
      else layer.inputs.forEach(read);
    }
    read(output);
    for (const [id, count] of readers) if (count > 1) this.#shared.add(id);
  }

  add(layer: FoldedLayer): void {
    const tensor = passes(layer) ? this.#value(layer.inputs[0] as string) : this.#layer(layer);
    this.#values.set(layer.id, tensor);
    if (this.#shared.has(layer.id)) this.#sharedTensors.add(tensor);
  }

  graph(output: string): FloatGraph {
    if (this.#operations.length === 0)
      throw new WorkbenchError('invalid-network', sayLater('The network passes its input on unchanged, so there is nothing to export.'));
    return { tensors: this.#tensors, operations: this.#operations, input: 0, output: this.#value(output) };
  }

  /** @returns the tensor with the layer's output */
  #layer({ id, inputs, planned }: FoldedLayer): number {
    const { inputShapes, outputShape } = planned;
    const attributes = planned.attributes as Attributes;
    const input = this.#value(inputs[0] as string);
    const make = (operation: NewOperation, name = id, shape = outputShape) => this.#make(name, shape, operation);
    const activation = 'none';
    switch (attributes.op) {
      case 'conv2d':
      case 'depthwiseConv2d':
        return make({ kind: attributes.op, input, ...windowOf(planned, attributes), ...this.#weighted(planned) });
      case 'dense':
        return make({ kind: 'dense', input, ...this.#weighted(planned) });
      case 'batchNorm': {
        const change = foldedBatchNorm((name) => this.#parameter(planned, name), attributes.epsilon);
        return this.#changeChannels(input, change, id) ?? this.#standalone(id, input, (at) => scaling(at, change));
      }
      case 'relu':
        return (
          this.#rectified(input, id) ?? this.#standalone(id, input, (at) => ({ kind: 'maxPool', input: at, ...pixel, activation: 'relu' }))
        );
      case 'add':
        return inputs
          .slice(1)
          .reduce(
            (sum, other, at, { length }) =>
              make({ kind: 'add', inputs: [sum, this.#value(other)], activation }, at === length - 1 ? id : `${id}/${at}`),
            input,
          );
      case 'globalAvgPool': {
        const kernel = heightAndWidth(inputShapes[0] as readonly number[]);
        const pooled = make({ kind: 'averagePool', input, kernel, stride: kernel, padding: noEdges, activation }, `${id}/mean`, [
          1,
          1,
          ...outputShape,
        ]);
        return make({ kind: 'reshape', input: pooled });
      }
      case 'avgPool':
      case 'maxPool':
        return make({ kind: attributes.op === 'maxPool' ? 'maxPool' : 'averagePool', input, ...windowOf(planned, attributes), activation });
      case 'flatten':
        return make({ kind: 'reshape', input });
      case 'softmax':
        return make({ kind: 'softmax', input, beta: 1 });
      case 'identity':
      case 'dropout':
        return input;
    }
  }

  /** Folds a batch norm into the layer that makes a tensor; null where that would change what others read. */
  #changeChannels(tensor: number, change: ChannelChange, id: string): number | null {
    const maker = this.#makers.get(tensor);
    if (maker === undefined || this.#sharedTensors.has(tensor)) return null;
    const operation = this.#operations[maker] as FloatOperation;
    if (!('weights' in operation) || operation.activation !== 'none') return null;
    this.#operations[maker] = { ...operation, ...change.applied(operation, operation.kind === 'depthwiseConv2d') };
    this.#rename(tensor, id);
    return tensor;
  }

  #rectified(tensor: number, id: string): number | null {
    if (!this.#rectify(tensor)) return null;
    this.#rename(tensor, id);
    return tensor;
  }

  /** Ends the operation that makes a tensor in a ReLU. @returns false where others read the tensor without it */
  #rectify(tensor: number): boolean {
    const maker = this.#makers.get(tensor);
    if (maker === undefined || this.#sharedTensors.has(tensor)) return false;
    const operation = this.#operations[maker] as FloatOperation;
    if (operation.kind === 'reshape') return this.#rectify(operation.input);
    if (!('activation' in operation)) return false;
    this.#operations[maker] = { ...operation, activation: 'relu' };
    return true;
  }

  /** An operation on pixels as a layer of its own; a flat tensor is one pixel for as long. */
  #standalone(id: string, input: number, operation: (input: number) => NewOperation): number {
    const { shape } = this.#tensors[input] as GraphTensor;
    if (shape.length === 3) return this.#make(id, shape, operation(input));
    const picture = [1, 1, shape.reduce((product, extent) => product * extent, 1)];
    const before = this.#make(`${id}/read`, picture, { kind: 'reshape', input });
    return this.#make(id, shape, { kind: 'reshape', input: this.#make(`${id}/pixel`, picture, operation(before)) });
  }

  #make(name: string, shape: readonly number[], operation: NewOperation): number {
    const output = this.#tensors.length;
    this.#tensors.push({ name, shape });
    this.#makers.set(output, this.#operations.length);
    this.#operations.push({ ...operation, output } as FloatOperation);
    return output;
  }

  #rename(tensor: number, name: string): void {
    this.#tensors[tensor] = { ...(this.#tensors[tensor] as GraphTensor), name };
  }

  #value(id: string): number {
    return this.#values.get(id) as number;
  }

  #weighted(planned: PlannedOperation): FloatValues {
    const kernel = planned.parameters.find(({ name }) => name === 'kernel');
    const bias = planned.parameters.some(({ name }) => name === 'bias') ? this.#parameter(planned, 'bias') : null;
    const weights = kernelByOutput(this.#parameter(planned, 'kernel'), kernel?.shape ?? [], planned.operation.op === 'depthwiseConv2d');
    return { weights, bias: bias ?? new Float32Array(planned.outputShape.at(-1) as number), activation: 'none' };
  }

  #parameter({ path }: PlannedOperation, name: string): Float32Array {
    const value = this.weights[`${path}/${name}`];
    if (!value)
      throw new WorkbenchError('invalid-data', sayLater('The weights of the network lack "{name}".', { name: `${path}/${name}` }));
    const numbers = Float32Array.from(value.data);
    if (!numbers.every(Number.isFinite))
      throw new WorkbenchError(
        'invalid-data',
        sayLater(
          '"{name}" holds numbers that are not finite, because the training went out of bounds. Train again with a lower learning rate.',
          {
            name: `${path}/${name}`,
          },
        ),
      );
    return numbers;
  }
}

type NewOperation = FloatOperation extends infer Operation ? (Operation extends FloatOperation ? Omit<Operation, 'output'> : never) : never;

const noEdges = [
  [0, 0],
  [0, 0],
] as const;

/** The window of an operation on pixels one by one. */
const pixel: Window = { kernel: [1, 1], stride: [1, 1], padding: noEdges };

/** A batch norm that cannot fold. */
const scaling = (input: number, { scale, offset }: ChannelChange): NewOperation => ({
  kind: 'depthwiseConv2d',
  input,
  ...pixel,
  weights: scale,
  bias: offset,
  activation: 'none',
});

function windowOf(
  { inputShapes: [shape] }: PlannedOperation,
  { kernel, stride, padding }: Extract<Attributes, { readonly kernel: unknown }>,
): Window {
  return { kernel, stride, padding: explicitPadding(heightAndWidth(shape as readonly number[]), kernel, stride, padding) };
}
