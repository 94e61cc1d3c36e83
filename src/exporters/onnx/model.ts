/**
 * The parts of the ONNX format that int8 networks need. Source: onnx/onnx.proto (IR version 8).
 */
import { bytes, concatenated, int, message, text, type Field } from './protobuf';

/** The first version with quantisation per channel. */
const OPSET = 13;
const IR_VERSION = 8;

export const types = { FLOAT: 1, INT8: 3, INT32: 6, INT64: 7 } as const;
type Type = (typeof types)[keyof typeof types];

/** Attributes of a node: whole numbers, and lists of them. */
export type NodeAttributes = Readonly<Record<string, number | readonly number[]>>;

const attributeTypes = { INT: 2, INTS: 7 } as const;

export function node(operator: string, inputs: readonly string[], output: string, attributes: NodeAttributes = {}): Field {
  const described = Object.entries(attributes).map(([name, value]) =>
    message(5, [
      text(1, name),
      ...(typeof value === 'number'
        ? [int(3, value), int(20, attributeTypes.INT)]
        : [...value.map((item) => int(8, item)), int(20, attributeTypes.INTS)]),
    ]),
  );
  return message(1, [...inputs.map((name) => text(1, name)), text(2, output), text(3, output), text(4, operator), ...described]);
}

/** A constant. @param data little-endian */
export function initializer(name: string, type: Type, shape: readonly number[], data: Uint8Array): Field {
  return message(5, [...shape.map((extent) => int(1, extent)), int(2, type), text(8, name), bytes(9, data)]);
}

const valueInfo = (field: number, name: string, shape: readonly number[]): Field => {
  const extents = shape.map((extent) => message(1, [int(1, extent)]));
  return message(field, [text(1, name), message(2, [message(1, [int(1, types.INT8), message(2, extents)])])]);
};

/** An int8 tensor at the border of the graph. */
interface End {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxGraph {
  readonly nodes: readonly Field[];
  readonly initializers: readonly Field[];
  readonly input: End;
  readonly outputs: readonly End[];
}

export function modelBytes({ nodes, initializers, input, outputs }: OnnxGraph, description: string): Uint8Array<ArrayBuffer> {
  const graph = [
    ...nodes,
    text(2, 'main'),
    ...initializers,
    valueInfo(11, input.name, input.shape),
    ...outputs.map(({ name, shape }) => valueInfo(12, name, shape)),
  ];
  return concatenated([
    int(1, IR_VERSION),
    text(2, 'NAS Workbench'),
    text(6, description),
    message(7, graph),
    message(8, [text(1, ''), int(2, OPSET)]),
  ]);
}
