/** Writes quantised graphs as .tflite files. The same graph gives the same bytes. */
import { Builder, type Offset } from 'flatbuffers';
import { WorkbenchError } from '../../core/errors';
import {
  inputsOf,
  tensorAt,
  type Activation,
  type QuantizedGraph,
  type QuantizedOperation,
  type QuantizedTensor,
  type Window,
} from '../../core/quantize/graph';
import { memoryPlan, PLAN_NAME, planNumbers } from './memoryPlan';
import { namedPadding } from './padding';
import * as s from './schema';

/** Sizes of fields in bytes, and their alignment. */
const ALIGNED = 16;

export interface TfliteText {
  readonly description: string;
  /** Also makes every operation's output an output of the file, in order, to compare with a runtime's layer by layer. */
  readonly everyOutput?: boolean;
}

/**
 * @param graph with a batch of one, and paddings that TFLite has names for (`lowerPadding`)
 * @throws WorkbenchError `invalid-network` for another padding
 */
export function writeTflite(graph: QuantizedGraph, { description, everyOutput = false }: TfliteText): Uint8Array<ArrayBuffer> {
  return new Writer(graph).file(description, everyOutput);
}

/** A constant, or the absence of data for tensors that are computed. */
interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly data: Uint8Array | null;
  readonly scales: readonly number[] | Float32Array;
  readonly zeroPoint: number;
  /** The axis of the scales. */
  readonly dimension: number;
}

class Writer {
  readonly #builder = new Builder(1024);
  readonly #tensors: WrittenTensor[];
  /** The index in the file of each tensor of the graph that is used. */
  readonly #places = new Map<number, number>();

  constructor(private readonly graph: QuantizedGraph) {
    const used = [graph.input, ...graph.operations.map(({ output }) => output)];
    used.forEach((index, place) => this.#places.set(index, place));
    this.#tensors = used.map((index) => activation(tensorAt(graph, index)));
  }

  file(description: string, everyOutput: boolean): Uint8Array<ArrayBuffer> {
    const b = this.#builder;
    const names = [...new Set(this.graph.operations.map(nameOf))];
    // The constants join the tensors while the operators are made.
    const operators = this.graph.operations.map((operation) => this.#operator(operation, names.indexOf(nameOf(operation))));
    const outputs = everyOutput ? this.graph.operations.map(({ output }) => output) : [this.graph.output];
    // With every output kept until the end, the plan of the usual file would not hold.
    const plan = everyOutput ? null : this.#plan();
    const buffers = [
      this.#buffer(null),
      ...this.#tensors.flatMap(({ data }) => (data ? [this.#buffer(data)] : [])),
      ...(plan ? [this.#buffer(plan)] : []),
    ];
    let held = 0;
    const tensors = this.#tensors.map((tensor) => this.#tensor(tensor, tensor.data ? ++held : 0));
    const subgraph = this.#table(s.subgraph.slots, [
      [s.subgraph.tensors, this.#offsets(tensors)],
      [s.subgraph.inputs, this.#ints([this.#place(this.graph.input)])],
      [s.subgraph.outputs, this.#ints(outputs.map((index) => this.#place(index)))],
      [s.subgraph.operators, this.#offsets(operators)],
      [s.subgraph.name, b.createString('main')],
    ]);
    const root = this.#table(
      s.model.slots,
      [
        [s.model.operatorCodes, this.#offsets(names.map((name) => this.#code(name)))],
        [s.model.subgraphs, this.#offsets([subgraph])],
        [s.model.description, b.createString(description)],
        [s.model.buffers, this.#offsets(buffers)],
        ...(plan ? [[s.model.metadata, this.#offsets([this.#metadata(PLAN_NAME, buffers.length - 1)])] as const] : []),
        [s.model.signatures, this.#offsets([this.#signature(outputs)])],
      ],
      () => b.addFieldInt32(s.model.version, s.SCHEMA_VERSION, 0),
    );
    b.finish(root, s.IDENTIFIER);
    return b.asUint8Array().slice();
  }

  #operator(operation: QuantizedOperation, code: number): Offset {
    const inputs = [...inputsOf(operation).map((index) => this.#place(index)), ...this.#constants(operation)];
    const { options } = s.builtIns[nameOf(operation)];
    return this.#table(
      s.operator.slots,
      [
        [s.operator.inputs, this.#ints(inputs)],
        [s.operator.outputs, this.#ints([this.#place(operation.output)])],
        [s.operator.options, this.#options(operation)],
      ],
      (b) => {
        b.addFieldInt32(s.operator.code, code, 0);
        b.addFieldInt8(s.operator.optionsType, options, 0);
      },
    );
  }

  /** Adds what an operation reads beside activations. @returns the constants' places */
  #constants(operation: QuantizedOperation): number[] {
    const { name, shape } = tensorAt(this.graph, operation.output);
    const integers = (what: string, extents: readonly number[], numbers: readonly number[]) =>
      this.#constant({
        name: `${name}/${what}`,
        shape: extents,
        type: s.types.INT32,
        data: bytesOf(Int32Array.from(numbers)),
        ...unscaled,
      });
    if ('weights' in operation) {
      const { weights, weightScales, bias, kind } = operation;
      const input = tensorAt(this.graph, operation.input);
      const extents =
        kind === 'dense'
          ? [bias.length, weights.length / bias.length]
          : kind === 'conv2d'
            ? [bias.length, ...operation.kernel, input.shape.at(-1) as number]
            : [1, ...operation.kernel, bias.length];
      return [
        this.#constant({
          name: `${name}/weights`,
          shape: extents,
          type: s.types.INT8,
          data: bytesOf(weights),
          scales: weightScales,
          zeroPoint: 0,
          dimension: kind === 'depthwiseConv2d' ? 3 : 0,
        }),
        this.#constant({
          name: `${name}/bias`,
          shape: [bias.length],
          type: s.types.INT32,
          data: bytesOf(bias),
          scales: weightScales.map((scale) => input.scale * scale),
          zeroPoint: 0,
          dimension: 0,
        }),
      ];
    }
    if (operation.kind === 'pad') return [integers('paddings', [4, 2], [0, 0, ...operation.padding.flat(), 0, 0])];
    if (operation.kind === 'reshape') return [integers('shape', [shape.length + 1], [1, ...shape])];
    return [];
  }

  #options(operation: QuantizedOperation): Offset {
    const active = 'activation' in operation ? s.activations[operation.activation satisfies Activation] : 0;
    switch (operation.kind) {
      case 'conv2d':
        return this.#table(s.convOptions.slots, [], (b) => {
          this.#window(b, s.convOptions, operation);
          b.addFieldInt8(s.convOptions.activation, active, 0);
        });
      case 'depthwiseConv2d':
        return this.#table(s.depthwiseOptions.slots, [], (b) => {
          this.#window(b, s.depthwiseOptions, operation);
          b.addFieldInt32(s.depthwiseOptions.multiplier, 1, 0);
          b.addFieldInt8(s.depthwiseOptions.activation, active, 0);
        });
      case 'averagePool':
      case 'maxPool':
        return this.#table(s.poolOptions.slots, [], (b) => {
          this.#window(b, s.poolOptions, operation);
          b.addFieldInt32(s.poolOptions.kernelH, operation.kernel[0], 0);
          b.addFieldInt32(s.poolOptions.kernelW, operation.kernel[1], 0);
          b.addFieldInt8(s.poolOptions.activation, active, 0);
        });
      case 'dense':
        return this.#table(s.denseOptions.slots, [], (b) => b.addFieldInt8(s.denseOptions.activation, active, 0));
      case 'add':
        return this.#table(s.addOptions.slots, [], (b) => b.addFieldInt8(s.addOptions.activation, active, 0));
      case 'reshape':
        return this.#table(s.reshapeOptions.slots, [
          [s.reshapeOptions.shape, this.#ints([1, ...tensorAt(this.graph, operation.output).shape])],
        ]);
      case 'softmax':
        return this.#table(s.softmaxOptions.slots, [], (b) => b.addFieldFloat32(s.softmaxOptions.beta, operation.beta, 0));
      case 'pad':
        return this.#table(0, []);
    }
  }

  #window(
    b: Builder,
    slots: { readonly padding: number; readonly strideW: number; readonly strideH: number },
    operation: Window & { readonly input: number; readonly output: number },
  ): void {
    const to = tensorAt(this.graph, operation.output);
    const padding = namedPadding(operation, tensorAt(this.graph, operation.input), to);
    if (padding === null)
      throw new WorkbenchError(
        'invalid-network',
        `"${to.name}" has a padding that TFLite has no name for: ${JSON.stringify(operation.padding)}`,
      );
    b.addFieldInt8(slots.padding, padding === 'same' ? s.SAME : s.VALID, 0);
    b.addFieldInt32(slots.strideH, operation.stride[0], 0);
    b.addFieldInt32(slots.strideW, operation.stride[1], 0);
  }

  #code(name: s.BuiltInName): Offset {
    const { code, version } = s.builtIns[name];
    return this.#table(s.operatorCode.slots, [], (b) => {
      b.addFieldInt8(s.operatorCode.deprecatedCode, code, 0);
      b.addFieldInt32(s.operatorCode.version, version, 1);
      b.addFieldInt32(s.operatorCode.code, code, 0);
    });
  }

  #tensor({ name, shape, type, scales, zeroPoint, dimension }: WrittenTensor, buffer: number): Offset {
    const quantization: (readonly [number, Offset])[] =
      scales.length === 0
        ? []
        : [
            [
              s.tensor.quantization,
              this.#table(
                s.quantization.slots,
                [
                  [s.quantization.scale, this.#floats(scales)],
                  [s.quantization.zeroPoint, this.#longs(Array.from(scales, () => zeroPoint))],
                ],
                (b) => b.addFieldInt32(s.quantization.dimension, dimension, 0),
              ),
            ],
          ];
    return this.#table(
      s.tensor.slots,
      [[s.tensor.shape, this.#ints(shape)], [s.tensor.name, this.#builder.createString(name)], ...quantization],
      (b) => {
        b.addFieldInt8(s.tensor.type, type, 0);
        b.addFieldInt32(s.tensor.buffer, buffer, 0);
      },
    );
  }

  #signature(outputs: readonly number[]): Offset {
    const named = (name: string, index: number) =>
      this.#table(s.tensorMap.slots, [[s.tensorMap.name, this.#builder.createString(name)]], (b) =>
        b.addFieldInt32(s.tensorMap.tensor, this.#place(index), 0),
      );
    const nameOfOutput = (at: number) => (outputs.length === 1 ? 'output' : `output${at}`);
    return this.#table(s.signature.slots, [
      [s.signature.inputs, this.#offsets([named('input', this.graph.input)])],
      [s.signature.outputs, this.#offsets(outputs.map((index, at) => named(nameOfOutput(at), index)))],
      [s.signature.key, this.#builder.createString('serving_default')],
    ]);
  }

  /** The bytes of the plan that TensorFlow Lite Micro shall take; null where it makes its own. All tensors must be known. */
  #plan(): Uint8Array | null {
    const { offsets } = memoryPlan(this.graph);
    if (!offsets) return null;
    const byPlace = new Map([...this.#places].map(([index, place]) => [place, offsets.get(index) as number]));
    return bytesOf(planNumbers(byPlace, this.#tensors.length));
  }

  #metadata(name: string, buffer: number): Offset {
    return this.#table(s.metadata.slots, [[s.metadata.name, this.#builder.createString(name)]], (b) =>
      b.addFieldInt32(s.metadata.buffer, buffer, 0),
    );
  }

  #constant(tensor: WrittenTensor): number {
    return this.#tensors.push(tensor) - 1;
  }

  #place(index: number): number {
    return this.#places.get(index) as number;
  }

  /** Flatbuffers are built from the inside out: what a table refers to must be there before it. */
  #table(slots: number, references: readonly (readonly [slot: number, offset: Offset])[], fields?: (builder: Builder) => void): Offset {
    const b = this.#builder;
    b.startObject(slots);
    for (const [slot, offset] of references) b.addFieldOffset(slot, offset, 0);
    fields?.(b);
    return b.endObject();
  }

  #buffer(data: Uint8Array | null): Offset {
    if (!data) return this.#table(s.buffer.slots, []);
    const b = this.#builder;
    b.startVector(1, data.length, ALIGNED);
    for (let index = data.length - 1; index >= 0; index--) b.addInt8(data[index] as number);
    const vector = b.endVector();
    return this.#table(s.buffer.slots, [[s.buffer.data, vector]]);
  }

  #vector<Item>(size: number, items: readonly Item[], put: (builder: Builder, item: Item) => void): Offset {
    const b = this.#builder;
    b.startVector(size, items.length, size);
    for (const item of items.toReversed()) put(b, item);
    return b.endVector();
  }

  #offsets = (items: readonly Offset[]) => this.#vector(4, items, (b, item) => b.addOffset(item));
  #ints = (items: readonly number[]) => this.#vector(4, items, (b, item) => b.addInt32(item));
  #longs = (items: readonly number[]) => this.#vector(8, items, (b, item) => b.addInt64(BigInt(item)));
  #floats = (items: readonly number[] | Float32Array) => this.#vector(4, [...items], (b, item) => b.addFloat32(item));
}

const unscaled = { scales: [], zeroPoint: 0, dimension: 0 };

/** Batches of one come first. */
const activation = ({ name, shape, scale, zeroPoint }: QuantizedTensor): WrittenTensor => ({
  name,
  shape: [1, ...shape],
  type: s.types.INT8,
  data: null,
  scales: [scale],
  zeroPoint,
  dimension: 0,
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Int8Array | Int32Array) => new Uint8Array(buffer, byteOffset, byteLength);

const names: Readonly<Record<QuantizedOperation['kind'], s.BuiltInName>> = {
  add: 'ADD',
  averagePool: 'AVERAGE_POOL_2D',
  conv2d: 'CONV_2D',
  dense: 'FULLY_CONNECTED',
  depthwiseConv2d: 'DEPTHWISE_CONV_2D',
  maxPool: 'MAX_POOL_2D',
  pad: 'PAD',
  reshape: 'RESHAPE',
  softmax: 'SOFTMAX',
};

const nameOf = ({ kind }: QuantizedOperation) => names[kind];
