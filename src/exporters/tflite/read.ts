/** Reads int8 .tflite files, this workbench's and those of other programs, as quantised graphs. */
import { WorkbenchError } from '../../core/errors';
import { explicitPadding } from '../../core/ops/window';
import type {
  Activation,
  Edges,
  Add,
  QuantizedGraph,
  QuantizedOperation,
  QuantizedTensor,
  QuantizedValues,
  Window,
} from '../../core/quantize/graph';
import { checkGraph } from '../../core/quantize/checkGraph';
import { pictureOf } from '../../core/quantize/graph';
import * as s from './schema';
import { Table } from './table';

/** What a file says of a tensor. */
interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly data: Uint8Array;
}

/**
 * @param file its name, for messages
 * @throws WorkbenchError `invalid-data` that names the file and what of it cannot be read
 */
export function readTflite(bytes: Uint8Array, file: string): QuantizedGraph {
  const fail = (why: string): never => {
    throw new WorkbenchError('invalid-data', `${file} cannot be read as an int8 TFLite network: ${why}`, { file });
  };
  try {
    if (new TextDecoder().decode(bytes.subarray(4, 8)) !== s.IDENTIFIER) fail('it is no TFLite file.');
    const graph = new Reader(Table.root(bytes), fail).graph();
    checkGraph(graph);
    return graph;
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    return fail(`it is damaged, since ${(error as Error).message}. Get the file again.`);
  }
}

class Reader {
  readonly #tensors: FileTensor[];
  readonly #subgraph: Table;
  readonly #codes: (s.BuiltInName | null)[];
  readonly #numbers: number[];

  constructor(
    model: Table,
    private readonly fail: (why: string) => never,
  ) {
    const subgraphs = model.tables(s.model.subgraphs);
    if (subgraphs.length !== 1) fail(`it has ${subgraphs.length} graphs, and one is read.`);
    this.#subgraph = subgraphs[0] as Table;
    const buffers = model.tables(s.model.buffers).map((buffer) => buffer.bytes(s.buffer.data));
    this.#tensors = this.#subgraph.tables(s.subgraph.tensors).map((tensor) => tensorOf(tensor, buffers));
    const codes = model
      .tables(s.model.operatorCodes)
      .map((code) => Math.max(code.byte(s.operatorCode.deprecatedCode), code.int(s.operatorCode.code)));
    this.#numbers = codes;
    const names = Object.keys(s.builtIns) as s.BuiltInName[];
    this.#codes = codes.map((code) => names.find((name) => s.builtIns[name].code === code) ?? null);
  }

  graph(): QuantizedGraph {
    const operations = this.#subgraph.tables(s.subgraph.operators).map((operator) => this.#operation(operator));
    if (operations.length === 0) this.fail('it has no operations.');
    const [input, output] = [s.subgraph.inputs, s.subgraph.outputs].map((slot) => {
      const ends = this.#subgraph.ints(slot);
      if (ends.length !== 1)
        this.fail(`it has ${ends.length} ${slot === s.subgraph.inputs ? 'inputs' : 'outputs'}, and networks with one are read.`);
      return ends[0] as number;
    }) as [number, number];
    this.#activation(input);
    this.#activation(output);
    // Constants are part of the operations, and nothing reads them as tensors.
    const tensors = this.#tensors.map((tensor, index) => (this.#isActivation(index) ? this.#activation(index) : constant(tensor)));
    return { tensors, operations, input, output };
  }

  #operation(operator: Table): QuantizedOperation {
    const code = operator.int(s.operator.code);
    const name = this.#codes[code];
    if (!name)
      this.fail(`it has an operator of code ${this.#numbers[code]}; those that are read are ${Object.keys(s.builtIns).join(', ')}.`);
    const inputs = operator.ints(s.operator.inputs);
    const output = operator.ints(s.operator.outputs)[0] ?? this.fail(`a ${name} has no output.`);
    const input = inputs[0] ?? this.fail(`a ${name} has no input.`);
    const options = operator.table(s.operator.options) ?? Table.empty();
    const place = { input, output };
    const [from, to] = [this.#activation(input), this.#activation(output)];
    const read = (): QuantizedOperation => {
      switch (name as s.BuiltInName) {
        case 'CONV_2D': {
          const weights = this.#constant(inputs[1], s.types.INT8, 4, 'weights');
          const [, height, width, channels] = weights.shape as [number, number, number, number];
          if (channels !== from.shape.at(-1))
            this.fail(`the weights "${weights.name}" read ${channels} channels of ${from.shape.at(-1)}: a convolution in groups.`);
          this.#assertUndilated(options, s.convOptions);
          const window = windowOf(options, s.convOptions, [height, width], from);
          const activation = this.#activationOf(options, s.convOptions.activation);
          return { kind: 'conv2d', ...place, ...window, activation, ...this.#weighted(weights, inputs[2], 0) };
        }
        case 'DEPTHWISE_CONV_2D': {
          const weights = this.#constant(inputs[1], s.types.INT8, 4, 'weights');
          const [, height, width, channels] = weights.shape as [number, number, number, number];
          if (channels !== from.shape.at(-1))
            this.fail(
              `the weights "${weights.name}" make ${channels} channels of ${from.shape.at(-1)}, and one filter per channel is read.`,
            );
          this.#assertUndilated(options, s.depthwiseOptions);
          const window = windowOf(options, s.depthwiseOptions, [height, width], from);
          const activation = this.#activationOf(options, s.depthwiseOptions.activation);
          return { kind: 'depthwiseConv2d', ...place, ...window, activation, ...this.#weighted(weights, inputs[2], 3) };
        }
        case 'FULLY_CONNECTED': {
          if (options.byte(s.denseOptions.weightsFormat) !== 0)
            this.fail('a FULLY_CONNECTED has shuffled weights, and plain ones are read.');
          const weights = this.#constant(inputs[1], s.types.INT8, 2, 'weights');
          return {
            kind: 'dense',
            ...place,
            activation: this.#activationOf(options, s.denseOptions.activation),
            ...this.#weighted(weights, inputs[2], 0),
          };
        }
        case 'ADD': {
          const other = inputs[1] ?? this.fail('an ADD has one input.');
          if (this.#activation(other).shape.join() !== from.shape.join()) this.fail('an ADD has inputs of different shapes.');
          const add: Add = {
            kind: 'add',
            inputs: [input, other],
            output,
            activation: this.#activationOf(options, s.addOptions.activation),
          };
          return add;
        }
        case 'AVERAGE_POOL_2D':
        case 'MAX_POOL_2D': {
          const { kernelH, kernelW } = s.poolOptions;
          const window = windowOf(options, s.poolOptions, [options.int(kernelH), options.int(kernelW)], from);
          const activation = this.#activationOf(options, s.poolOptions.activation);
          return { kind: name === 'MAX_POOL_2D' ? 'maxPool' : 'averagePool', ...place, ...window, activation };
        }
        case 'PAD': {
          const { data } = this.#constant(inputs[1], s.types.INT32, 2, 'paddings');
          const [batch, rows, columns, channels] = pairs(data);
          if ([...(batch ?? []), ...(channels ?? [])].some(Boolean) || !rows || !columns)
            this.fail('a PAD surrounds more than height and width.');
          return { kind: 'pad', ...place, padding: [rows, columns] as unknown as Edges };
        }
        case 'RESHAPE':
          return { kind: 'reshape', ...place };
        case 'SOFTMAX':
          if (to.scale !== 1 / 256 || to.zeroPoint !== -128)
            this.fail(`the output "${to.name}" of a SOFTMAX has another scale than 1/256 from -128.`);
          return { kind: 'softmax', ...place, beta: options.float(s.softmaxOptions.beta) };
      }
    };
    const operation = read();
    if (operation.kind === 'averagePool' || operation.kind === 'maxPool' || operation.kind === 'pad' || operation.kind === 'reshape')
      if (from.scale !== to.scale || from.zeroPoint !== to.zeroPoint)
        this.fail(`a ${name} changes the scale from "${from.name}" to "${to.name}".`);
    return operation;
  }

  #weighted(weights: FileTensor, biasIndex: number | undefined, axis: number): Omit<QuantizedValues, 'activation'> {
    const { scales, zeroPoints, shape, name } = weights;
    const channels = shape[axis] as number;
    if (scales.length !== 1 && scales.length !== channels)
      this.fail(`the weights "${name}" have ${scales.length} scales for ${channels} channels.`);
    if (zeroPoints.some(Boolean)) this.fail(`the weights "${name}" have zero points other than 0.`);
    // Of a dense layer a single scale says how runtimes round; convolutions treat it as one for each channel.
    const weightScales =
      shape.length === 2 || scales.length > 1 ? Float32Array.from(scales) : new Float32Array(channels).fill(scales[0] as number);
    const bias = new Int32Array(channels);
    if (biasIndex !== undefined && biasIndex >= 0) {
      const { data } = this.#constant(biasIndex, s.types.INT32, 1, 'bias');
      if (data.length !== 4 * channels) this.fail(`the bias of "${name}" has ${data.length / 4} numbers for ${channels} channels.`);
      bias.set(new Int32Array(data.buffer));
    }
    return { weights: new Int8Array(weights.data.buffer), weightScales, bias };
  }

  #constant(index: number | undefined, type: number, rank: number, what: string): FileTensor {
    const tensor = (index === undefined ? undefined : this.#tensors[index]) ?? this.fail(`an operator lacks its ${what}.`);
    const bytes = type === s.types.INT8 ? 1 : 4;
    const count = tensor.shape.reduce((product, extent) => product * extent, 1);
    if (tensor.type !== type || tensor.shape.length !== rank || tensor.data.length !== count * bytes)
      this.fail(`the ${what} "${tensor.name}" should be ${type === s.types.INT8 ? 'int8' : 'int32'} constants with ${rank} axes.`);
    return tensor;
  }

  #isActivation(index: number): boolean {
    const tensor = this.#tensors[index];
    return tensor?.type === s.types.INT8 && tensor.data.length === 0;
  }

  #activation(index: number): QuantizedTensor {
    const { name, shape, type, scales, zeroPoints } =
      this.#tensors[index] ?? this.fail(`an operator names tensor ${index}, which is not there.`);
    if (type !== s.types.INT8)
      this.fail(
        `"${name}" holds ${type === s.types.FLOAT32 ? 'float32' : type === s.types.UINT8 ? 'uint8' : 'other'} numbers. Convert the network with int8 inputs, outputs and activations.`,
      );
    if (scales.length !== 1 || zeroPoints.length !== 1 || !((scales[0] as number) > 0)) this.fail(`"${name}" has no scale of its own.`);
    if (shape.length < 2 || shape.length > 4 || shape[0] !== 1)
      this.fail(`"${name}" has the shape [${shape.join(', ')}]; a batch of one is read.`);
    return { name, shape: shape.slice(1), scale: scales[0] as number, zeroPoint: zeroPoints[0] as number };
  }

  #activationOf(options: Table, slot: number): Activation {
    const code = options.byte(slot);
    const name = (Object.keys(s.activations) as Activation[]).find((known) => s.activations[known] === code);
    return name ?? this.fail(`an operator has an activation of code ${code}; those that are read are none, RELU and RELU6.`);
  }

  #assertUndilated(options: Table, { dilationW, dilationH }: { readonly dilationW: number; readonly dilationH: number }): void {
    if (options.int(dilationW, 1) !== 1 || options.int(dilationH, 1) !== 1) this.fail('a convolution is dilated.');
  }
}

function windowOf(
  options: Table,
  slots: { readonly padding: number; readonly strideW: number; readonly strideH: number },
  kernel: [number, number],
  from: QuantizedTensor,
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
