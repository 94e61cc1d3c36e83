/**
 * The network description: plain JSON that training, cost, drawing, saving and exporting all read. Shapes are
 * channels-last with the batch left out. docs/network.md describes the format for people.
 */
import * as v from 'valibot';
import { WorkbenchError } from '../errors';
import { fromString, inString, sayLater, type Told } from '../language/told';
import { operations, type Attributes } from '../ops/index';
import type { Shape } from '../ops/operation';

/** A candidate of a mixed operation: a chain of layers without names. */
export interface Candidate {
  readonly name: string;
  readonly layers: readonly Attributes[];
}

/** Attributes of a mixed operation, whose output is the weighted sum of its candidates' outputs. */
export interface MixedOp {
  readonly op: 'mixedOp';
  readonly candidates: readonly Candidate[];
}

/** A layer: its operation, its name, and the names of the layers (or "input") that it reads. */
export type Layer = (Attributes | MixedOp) & { readonly id: string; readonly inputs: readonly string[] };

export interface Network {
  /** Shape of one example. */
  readonly input: Shape;
  /** In topological order; the last layer is the output. */
  readonly layers: readonly Layer[];
}

const name = v.pipe(
  v.string(),
  v.regex(/^[\w./-]+$/, () => inString(sayLater('a name may hold letters, digits and _ . / -'))),
);
const attributes = v.looseObject({ op: v.string() });
const outline = v.strictObject({
  input: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.minLength(1), v.maxLength(3)),
  layers: v.pipe(v.array(v.looseObject({ id: name, op: v.string(), inputs: v.pipe(v.array(v.string()), v.minLength(1)) })), v.minLength(1)),
});
const mixedOp = v.strictObject({
  op: v.literal('mixedOp'),
  candidates: v.pipe(v.array(v.strictObject({ name, layers: v.pipe(v.array(attributes), v.minLength(1)) })), v.minLength(1)),
});

/**
 * Checks JSON against the format, operation by operation.
 * @throws WorkbenchError `invalid-network` that names the layer and the rule
 */
export function parseNetwork(json: unknown): Network {
  const { input, layers } = check(sayLater('the network'), outline, json);
  return { input, layers: layers.map(parseLayer) };
}

function parseLayer(layer: { id: string; op: string; inputs: string[] }): Layer {
  const { id, inputs, ...rest } = layer;
  const place = sayLater('layer "{layer}"', { layer: id });
  if (rest.op !== 'mixedOp') return { ...parseAttributes(place, rest), id, inputs };
  const { candidates } = check(place, mixedOp, rest);
  const parsed = candidates.map((candidate) => ({
    name: candidate.name,
    layers: candidate.layers.map((item, index) =>
      parseAttributes(sayLater('{place}, candidate "{candidate}", layer {index}', { place, candidate: candidate.name, index }), item),
    ),
  }));
  return { op: 'mixedOp', candidates: parsed, id, inputs };
}

function parseAttributes(place: Told, json: { op: string }): Attributes {
  const operation = operations.get(json.op);
  if (!operation) {
    const known = [...operations.keys(), 'mixedOp'].join(', ');
    throw new WorkbenchError(
      'invalid-network',
      sayLater('{place}: there is no operation "{op}"; there are {known}', { place, op: json.op, known }),
    );
  }
  return check(place, operation.schema, json) as Attributes;
}

function check<T>(place: Told, schema: v.GenericSchema<unknown, T>, json: unknown): T {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  const at = path ? sayLater('{place}, {path}', { place, path }) : place;
  throw new WorkbenchError('invalid-network', sayLater('{place}: {why}', { place: at, why: fromString(issue.message) }));
}
