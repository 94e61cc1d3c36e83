/** Reads .tflite files, this workbench's and those of other programs, as graphs of int8 numbers or of floats. */
import { reasonOf, WorkbenchError } from '../../core/errors';
import { word } from '../../core/language/say';
import { sayLater } from '../../core/language/told';
import { explicitPadding } from '../../core/ops/window';
import type { FloatGraph } from '../../core/quantize/floatGraph';
import {
  inputsOf,
  pictureOf,
  type Activation,
  type Edges,
  type Graph,
  type GraphOperation,
  type GraphTensor,
  type QuantizedGraph,
  type QuantizedTensor,
  type Window,
} from '../../core/quantize/graph';
import { checkGraph, type CheckedValues } from '../../core/quantize/checkGraph';
import { float32, int8, typeNames, type Fail, type FileTensor, type Numbers } from './numbers';
import * as s from './schema';
import { Table } from './table';

/** A network and what it computes with. */
export type ReadNetwork =
  { readonly numbers: 'int8'; readonly graph: QuantizedGraph } | { readonly numbers: 'float32'; readonly graph: FloatGraph };

/**
 * What rescales the input of an int8 network before it, or its output behind it, is left out: its numbers are those in between.
 * @param file its name, for messages
 * @throws WorkbenchError `invalid-data` that names the file and what of it cannot be read
 */
export function readNetwork(bytes: Uint8Array, file: string): ReadNetwork {
  return read(bytes, file, (parts, fail) =>
    parts.typeOf(parts.input) === s.types.FLOAT32
      ? { numbers: 'float32', graph: new Reader(parts, float32, fail).graph() }
      : { numbers: 'int8', graph: new Reader(parts, int8, fail).graph() },
  );
}

/** As `readNetwork`, of an int8 network alone. */
export function readTflite(bytes: Uint8Array, file: string): QuantizedGraph {
  return read(bytes, file, (parts, fail) => new Reader(parts, int8, fail).graph());
}

function read<Found>(bytes: Uint8Array, file: string, found: (parts: FileParts, fail: Fail) => Found): Found {
  const fail: Fail = (why) => {
    throw new WorkbenchError('invalid-data', sayLater('{file} cannot be read as a TFLite network: {why}', { file, why }), { file });
  };
  try {
    if (new TextDecoder().decode(bytes.subarray(4, 8)) !== s.IDENTIFIER) fail(sayLater('it is no TFLite file.'));
    return found(new FileParts(Table.root(bytes), fail), fail);
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    return fail(sayLater('it is damaged, since {why}. Get the file again.', { why: reasonOf(error) }));
  }
}

/** The parts of a file, before it is known what numbers they hold. */
class FileParts {
  readonly tensors: readonly FileTensor[];
  readonly operators: readonly Table[];
  /** Each operator's code, by its place in the list of codes. */
  readonly codes: readonly number[];
  readonly input: number;
  readonly output: number;

  constructor(model: Table, fail: Fail) {
    const subgraphs = model.tables(s.model.subgraphs);
    if (subgraphs.length !== 1) fail(sayLater('it has {count} graphs, and one is read.', { count: subgraphs.length }));
    const subgraph = subgraphs[0] as Table;
    const buffers = model.tables(s.model.buffers).map((buffer) => buffer.bytes(s.buffer.data));
    this.tensors = subgraph.tables(s.subgraph.tensors).map((tensor) => tensorOf(tensor, buffers));
    this.codes = model
      .tables(s.model.operatorCodes)
      .map((code) => Math.max(code.byte(s.operatorCode.deprecatedCode), code.int(s.operatorCode.code)));
    const [input, output] = [s.subgraph.inputs, s.subgraph.outputs].map((slot) => {
      const ends = subgraph.ints(slot);
      if (ends.length !== 1)
        fail(
          slot === s.subgraph.inputs
            ? sayLater('it has {count} inputs, and networks with one are read.', { count: ends.length })
            : sayLater('it has {count} outputs, and networks with one are read.', { count: ends.length }),
        );
      return ends[0] as number;
    }) as [number, number];
    const operators = subgraph.tables(s.subgraph.operators);
    const [first, last] = [operators[0], operators.at(-1)];
    const scalesInput = first && this.#is(first, s.rescaling.QUANTIZE) && first.ints(s.operator.inputs)[0] === input;
    const scalesOutput = last && this.#is(last, s.rescaling.DEQUANTIZE) && last.ints(s.operator.outputs)[0] === output;
    this.input = scalesInput ? (first.ints(s.operator.outputs)[0] ?? input) : input;
    this.output = scalesOutput ? (last.ints(s.operator.inputs)[0] ?? output) : output;
    this.operators = operators.slice(scalesInput ? 1 : 0, scalesOutput ? -1 : undefined);
    if (this.operators.length === 0) fail(sayLater('it has no operations.'));
  }

  typeOf(tensor: number): number | undefined {
    return this.tensors[tensor]?.type;
  }

  #is = (operator: Table, code: number) => this.codes[operator.int(s.operator.code)] === code;
}

class Reader<Tensor extends GraphTensor, Values extends CheckedValues> {
  constructor(
    private readonly parts: FileParts,
    private readonly numbers: Numbers<Tensor, Values>,
    private readonly fail: Fail,
  ) {}

  graph(): Graph<Tensor, Values> {
    const { operators, input, output, tensors } = this.parts;
    const operations = operators.map((operator) => this.#operation(operator));
    const computed = new Set([input, output, ...operations.flatMap((operation) => [...inputsOf(operation), operation.output])]);
    // Constants are part of the operations, and nothing reads them as tensors.
    const graph = {
      tensors: tensors.map((tensor, index) =>
        computed.has(index) ? this.#activation(index) : (constant(tensor) as GraphTensor as Tensor),
      ),
      operations,
      input,
      output,
    };
    checkGraph(graph);
    return graph;
  }

  #operation(operator: Table): GraphOperation<Values> {
    const code = operator.int(s.operator.code);
    const number = this.parts.codes[code];
    const name = names.find((known) => s.builtIns[known].code === number);
    if (!name) {
      const what = (number !== undefined && s.otherOperators[number]) || String(number);
      this.fail(sayLater('it has an operator {what}; those that are read are {all}.', { what, all: names.join(', ') }));
    }
    const inputs = operator.ints(s.operator.inputs);
    const output =
      operator.ints(s.operator.outputs)[0] ?? this.fail(sayLater('a {operation} has no output.', { operation: name as string }));
    const input = inputs[0] ?? this.fail(sayLater('a {operation} has no input.', { operation: name as string }));
    const options = operator.table(s.operator.options) ?? Table.empty();
    const place = { input, output };
    const [from, to] = [this.#activation(input), this.#activation(output)];
    const operation = (): GraphOperation<CheckedValues> => {
      switch (name as s.BuiltInName) {
        case 'CONV_2D': {
          const weights = this.#constant(inputs[1], this.numbers.weights, 4, word('weights'));
          const [, height, width, channels] = weights.shape as [number, number, number, number];
          if (channels !== from.shape.at(-1))
            this.fail(
              sayLater('the weights "{name}" read {channels} channels of {all}: a convolution in groups.', {
                name: weights.name,
                channels,
                all: from.shape.at(-1) as number,
              }),
            );
          this.#assertUndilated(options, s.convOptions);
          const window = windowOf(options, s.convOptions, [height, width], from);
          const activation = this.#activationOf(options, s.convOptions.activation);
          return { kind: 'conv2d', ...place, ...window, activation, ...this.#weighted(weights, inputs[2], 0) };
        }
        case 'DEPTHWISE_CONV_2D': {
          const weights = this.#constant(inputs[1], this.numbers.weights, 4, word('weights'));
          const [, height, width, channels] = weights.shape as [number, number, number, number];
          if (channels !== from.shape.at(-1))
            this.fail(
              sayLater('the weights "{name}" make {channels} channels of {all}, and one filter per channel is read.', {
                name: weights.name,
                channels,
                all: from.shape.at(-1) as number,
              }),
            );
          this.#assertUndilated(options, s.depthwiseOptions);
          const window = windowOf(options, s.depthwiseOptions, [height, width], from);
          const activation = this.#activationOf(options, s.depthwiseOptions.activation);
          return { kind: 'depthwiseConv2d', ...place, ...window, activation, ...this.#weighted(weights, inputs[2], 3) };
        }
        case 'FULLY_CONNECTED': {
          if (options.byte(s.denseOptions.weightsFormat) !== 0)
            this.fail(sayLater('a FULLY_CONNECTED has shuffled weights, and plain ones are read.'));
          const weights = this.#constant(inputs[1], this.numbers.weights, 2, word('weights'));
          return {
            kind: 'dense',
            ...place,
            activation: this.#activationOf(options, s.denseOptions.activation),
            ...this.#weighted(weights, inputs[2], 0),
          };
        }
        case 'ADD': {
          const other = inputs[1] ?? this.fail(sayLater('an ADD has one input.'));
          if (this.#activation(other).shape.join() !== from.shape.join()) this.fail(sayLater('an ADD has inputs of different shapes.'));
          return { kind: 'add', inputs: [input, other], output, activation: this.#activationOf(options, s.addOptions.activation) };
        }
        case 'AVERAGE_POOL_2D':
        case 'MAX_POOL_2D': {
          const { kernelH, kernelW } = s.poolOptions;
          const window = windowOf(options, s.poolOptions, [options.int(kernelH), options.int(kernelW)], from);
          const activation = this.#activationOf(options, s.poolOptions.activation);
          return { kind: name === 'MAX_POOL_2D' ? 'maxPool' : 'averagePool', ...place, ...window, activation };
        }
        case 'PAD': {
          const { data } = this.#constant(inputs[1], s.types.INT32, 2, word('paddings'));
          const [batch, rows, columns, channels] = pairs(data);
          if ([...(batch ?? []), ...(channels ?? [])].some(Boolean) || !rows || !columns)
            this.fail(sayLater('a PAD surrounds more than height and width.'));
          return { kind: 'pad', ...place, padding: [rows, columns] as unknown as Edges };
        }
        case 'RESHAPE':
          return { kind: 'reshape', ...place };
        case 'SOFTMAX':
          this.numbers.assertSoftmax(to, this.fail);
          return { kind: 'softmax', ...place, beta: options.float(s.softmaxOptions.beta) };
      }
    };
    const found = operation();
    if (found.kind === 'averagePool' || found.kind === 'maxPool' || found.kind === 'pad' || found.kind === 'reshape')
      this.numbers.assertUnscaled(name as string, from, to, this.fail);
    return found as GraphOperation<Values>;
  }

  /** @param axis of the channels that it makes */
  #weighted(weights: FileTensor, biasIndex: number | undefined, axis: number): Omit<CheckedValues, 'activation'> {
    const channels = weights.shape[axis] as number;
    const bias = biasIndex !== undefined && biasIndex >= 0 ? this.#constant(biasIndex, this.numbers.bias, 1, word('bias')) : null;
    if (bias && bias.shape[0] !== channels)
      this.fail(
        sayLater('the bias of "{name}" has {count} numbers for {channels} channels.', {
          name: weights.name,
          count: bias.shape[0] as number,
          channels,
        }),
      );
    return this.numbers.values(weights, bias, channels, this.fail);
  }

  #constant(index: number | undefined, type: number, rank: number, what: string): FileTensor {
    const tensor =
      (index === undefined ? undefined : this.parts.tensors[index]) ??
      this.fail(sayLater('an operator lacks its {what}.', { what: sayLater(what) }));
    const bytes = type === s.types.INT8 ? 1 : 4;
    const count = tensor.shape.reduce((product, extent) => product * extent, 1);
    if (tensor.type !== type || tensor.shape.length !== rank || tensor.data.length !== count * bytes)
      this.fail(
        sayLater(
          'the {what} "{name}" should be {type} constants with {rank} axes. Convert the network with all numbers as int8, or all as float32.',
          {
            what: sayLater(what),
            name: tensor.name,
            type: typeNames[type] as string,
            rank,
          },
        ),
      );
    return tensor;
  }

  #activation(index: number): Tensor {
    const tensor = this.parts.tensors[index] ?? this.fail(sayLater('an operator names tensor {index}, which is not there.', { index }));
    const { name, shape, type } = tensor;
    if (type !== this.numbers.type)
      this.fail(
        sayLater(
          '"{name}" holds {type} numbers in a network of {all} numbers. Convert it with inputs, outputs and activations of one kind: int8 or float32.',
          {
            name,
            type: typeNames[type] ?? sayLater('other'),
            all: this.numbers.name,
          },
        ),
      );
    if (shape.length < 2 || shape.length > 4 || shape[0] !== 1)
      this.fail(sayLater('"{name}" has the shape [{shape}]; a batch of one is read.', { name, shape: shape.join(', ') }));
    return this.numbers.tensor(tensor, shape.slice(1), this.fail);
  }

  #activationOf(options: Table, slot: number): Activation {
    const code = options.byte(slot);
    const name = (Object.keys(s.activations) as Activation[]).find((known) => s.activations[known] === code);
    return (
      name ?? this.fail(sayLater('an operator has an activation of code {code}; those that are read are none, RELU and RELU6.', { code }))
    );
  }

  #assertUndilated(options: Table, { dilationW, dilationH }: { readonly dilationW: number; readonly dilationH: number }): void {
    if (options.int(dilationW, 1) !== 1 || options.int(dilationH, 1) !== 1) this.fail(sayLater('a convolution is dilated.'));
  }
}

const names = Object.keys(s.builtIns) as s.BuiltInName[];

function windowOf(
  options: Table,
  slots: { readonly padding: number; readonly strideW: number; readonly strideH: number },
  kernel: [number, number],
  from: GraphTensor,
): Window {
  const stride: [number, number] = [options.int(slots.strideH), options.int(slots.strideW)];
  const [height, width] = pictureOf(from);
  const padding = options.byte(slots.padding) === s.SAME ? 'same' : 'valid';
  return { kernel, stride, padding: explicitPadding([height, width], kernel, stride, padding) };
}

function tensorOf(tensor: Table, buffers: readonly Uint8Array[]): FileTensor {
  const quantization = tensor.table(s.tensor.quantization);
  return {
    name: tensor.text(s.tensor.name),
    shape: tensor.ints(s.tensor.shape),
    type: tensor.byte(s.tensor.type),
    scales: quantization?.floats(s.quantization.scale) ?? [],
    zeroPoints: quantization?.longs(s.quantization.zeroPoint) ?? [],
    data: buffers[tensor.int(s.tensor.buffer)] ?? new Uint8Array(),
  };
}

const constant = ({ name, shape }: FileTensor): QuantizedTensor => ({ name, shape, scale: 1, zeroPoint: 0 });

/** Rows of two numbers of 32 bits. */
function pairs(data: Uint8Array): number[][] {
  const numbers = new Int32Array(data.buffer);
  return Array.from({ length: numbers.length / 2 }, (_, row) => [...numbers.subarray(2 * row, 2 * row + 2)]);
}
