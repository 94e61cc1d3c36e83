/**
 * A network with all facts that do not depend on values: shapes, parameter names, and which layer reads which.
 * Running a network, counting its costs and drawing it all start from this plain data.
 */
import { reasonOf, WorkbenchError } from '../errors';
import { sayLater, type Told } from '../language/told';
import { operations, type Attributes } from '../ops/index';
import type { Operation, ParameterSpec, Shape } from '../ops/operation';
import { INPUT } from './input';
import type { Layer, Network } from './network';

/** A parameter under its full name, such as `stem/kernel` or `block1/conv3x3/0/kernel`. */
export interface PlannedParameter extends ParameterSpec {
  readonly fullName: string;
}

/** One operation with its shapes. */
export interface PlannedOperation {
  /** Prefix of its parameters' names: the layer's id, or `id/candidate/index` inside a mixed operation. */
  readonly path: string;
  readonly operation: Operation;
  readonly attributes: Attributes;
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly parameters: readonly PlannedParameter[];
}

export interface PlannedCandidate {
  readonly name: string;
  readonly chain: readonly PlannedOperation[];
}

interface PlannedPlace {
  readonly id: string;
  /** Names of the layers read, `input` for the network's input. */
  readonly inputs: readonly string[];
  readonly outputShape: Shape;
}

export type PlannedLayer = PlannedPlace &
  (
    | { readonly kind: 'operation'; readonly operation: PlannedOperation }
    | { readonly kind: 'mixedOp'; readonly candidates: readonly PlannedCandidate[] }
  );

export type PlannedMixedOp = Extract<PlannedLayer, { kind: 'mixedOp' }>;

export interface NetworkPlan {
  readonly network: Network;
  readonly layers: readonly PlannedLayer[];
  /** Every parameter of every layer and candidate, in network order. */
  readonly parameters: readonly PlannedParameter[];
  readonly outputShape: Shape;
}

/**
 * @throws WorkbenchError `invalid-network` when a layer reads something that does not stand before it, a name comes
 *   twice, or shapes do not fit; the message names the layer.
 */
export function planNetwork(network: Network): NetworkPlan {
  const shapes = new Map<string, Shape>([[INPUT, network.input]]);
  const layers = network.layers.map((layer) => {
    if (shapes.has(layer.id)) fail(layer.id, sayLater('this name is taken already'));
    const inputShapes = layer.inputs.map(
      (input) => shapes.get(input) ?? fail(layer.id, sayLater('reads "{input}", which does not stand before it', { input })),
    );
    const planned = planLayer(layer, inputShapes);
    shapes.set(layer.id, planned.outputShape);
    return planned;
  });
  const parameters = layers.flatMap((layer) => operationsOf(layer).flatMap((operation) => operation.parameters));
  return { network, layers, parameters, outputShape: (layers.at(-1) as PlannedLayer).outputShape };
}

/** The mixed operations of a network, in order. */
export function mixedOps(plan: NetworkPlan): PlannedMixedOp[] {
  return plan.layers.filter((layer) => layer.kind === 'mixedOp');
}

/** Every operation of a layer, through all candidates of a mixed one. */
export function operationsOf(layer: PlannedLayer): readonly PlannedOperation[] {
  return layer.kind === 'operation' ? [layer.operation] : layer.candidates.flatMap((candidate) => candidate.chain);
}

function planLayer(layer: Layer, inputShapes: readonly Shape[]): PlannedLayer {
  const { id, inputs } = layer;
  if (layer.op !== 'mixedOp') {
    const { id: name, inputs: reads, ...attributes } = layer;
    const operation = planOperation(id, attributes as Attributes, inputShapes);
    return { kind: 'operation', id, inputs, operation, outputShape: operation.outputShape };
  }
  if (inputShapes.length !== 1) fail(id, sayLater('a mixed operation reads one layer'));
  const candidates = layer.candidates.map(({ name, layers }) => ({ name, chain: planChain(`${id}/${name}`, layers, inputShapes) }));
  const names = candidates.map((candidate) => candidate.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) fail(id, sayLater('two candidates are called "{name}"', { name: twice }));
  const outputShape = outputOf(candidates[0] as PlannedCandidate);
  for (const candidate of candidates) {
    const other = outputOf(candidate);
    if (other.join() !== outputShape.join())
      fail(
        id,
        sayLater('candidates "{one}" and "{other}" end in different shapes, [{oneShape}] and [{otherShape}]', {
          ...{ one: names[0] as string, other: candidate.name, oneShape: outputShape.join(', '), otherShape: other.join(', ') },
        }),
      );
  }
  return { kind: 'mixedOp', id, inputs, candidates, outputShape };
}

function outputOf(candidate: PlannedCandidate): Shape {
  return (candidate.chain.at(-1) as PlannedOperation).outputShape;
}

function planChain(path: string, layers: readonly Attributes[], inputShapes: readonly Shape[]): PlannedOperation[] {
  let shapes = inputShapes;
  return layers.map((attributes, index) => {
    const planned = planOperation(`${path}/${index}`, attributes, shapes);
    shapes = [planned.outputShape];
    return planned;
  });
}

function planOperation(path: string, attributes: Attributes, inputShapes: readonly Shape[]): PlannedOperation {
  const operation = operations.get(attributes.op) ?? fail(path, sayLater('there is no operation "{op}"', { op: attributes.op }));
  if (operation.inputs === 'one' && inputShapes.length !== 1)
    fail(path, sayLater('{op} reads one layer, not {count}', { op: attributes.op, count: inputShapes.length }));
  try {
    const outputShape = operation.outputShape(attributes, inputShapes);
    const parameters = operation
      .parameters(attributes, inputShapes)
      .map((parameter) => ({ ...parameter, fullName: `${path}/${parameter.name}` }));
    return { path, operation, attributes, inputShapes, outputShape, parameters };
  } catch (error) {
    return fail(path, reasonOf(error));
  }
}

function fail(place: string, why: Told): never {
  throw new WorkbenchError('invalid-network', sayLater('layer "{layer}": {why}', { layer: place, why }), { place });
}
