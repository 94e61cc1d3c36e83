/**
 * Writes quantised graphs as ONNX files: operations between DequantizeLinear and QuantizeLinear, which runtimes join to integer ones.
 * Pictures have their channels first. The same graph gives the same bytes.
 */
import { WorkbenchError } from '../../core/errors';
import {
  inputsOf,
  pictureOf,
  rangeOf,
  tensorAt,
  type Activation,
  type Pool,
  type QuantizedGraph,
  type QuantizedOperation,
  type QuantizedTensor,
  type QuantizedValues,
  type Reshape,
  type WeightedOperation,
  type Window,
} from '../../core/quantize/graph';
import { initializer, modelBytes, node, types, type NodeAttributes } from './model';
import type { Field } from './protobuf';

export interface OnnxText {
  readonly description: string;
  /** Also makes every operation's output an output of the file, in order, to compare with a runtime's layer by layer. */
  readonly everyOutput?: boolean;
}

/** @throws WorkbenchError `invalid-network` for an operation of its own for padding, which ONNX does not need */
export function writeOnnx(graph: QuantizedGraph, { description, everyOutput = false }: OnnxText): Uint8Array<ArrayBuffer> {
  const writer = new Writer(graph);
  for (const operation of graph.operations) writer.add(operation);
  const end = (index: number) => {
    const tensor = tensorAt(graph, index);
    return { name: tensor.name, shape: shapeOf(tensor) };
  };
  const outputs = everyOutput ? graph.operations.map(({ output }) => output) : [graph.output];
  const { nodes, initializers } = writer;
  return modelBytes({ nodes, initializers, input: end(graph.input), outputs: outputs.map(end) }, description);
}

/** With the batch, and channels first. */
function shapeOf({ shape }: Pick<QuantizedTensor, 'shape'>): number[] {
  const [height, width, channels] = shape as readonly [number, number, number];
  return shape.length === 3 ? [1, channels, height, width] : [1, ...shape];
}

class Writer {
  readonly nodes: Field[] = [];
  readonly initializers: Field[] = [];
  /** Each reader has a DequantizeLinear of its own, which is how runtimes find what belongs together. */
  #reads = 0;

  constructor(private readonly graph: QuantizedGraph) {}

  add(operation: QuantizedOperation): void {
    const to = tensorAt(this.graph, operation.output);
    switch (operation.kind) {
      case 'conv2d':
      case 'depthwiseConv2d': {
        const groups = operation.kind === 'depthwiseConv2d' ? operation.bias.length : 1;
        const { kernel } = operation;
        const attributes = { ...windowOf(operation), group: groups };
        this.#weighted('Conv', operation, [operation.bias.length, -1, ...kernel], attributes);
        return;
      }
      case 'dense': {
        this.#weighted('Gemm', operation, [operation.bias.length, -1], { transB: 1 });
        return;
      }
      case 'add': {
        this.#between('Add', operation, {}, operation.activation);
        return;
      }
      case 'averagePool': {
        const [height, width] = pictureOf(tensorAt(this.graph, operation.input));
        const whole = operation.kernel[0] === height && operation.kernel[1] === width && !operation.padding.flat().some(Boolean);
        if (whole) this.#between('GlobalAveragePool', operation, {}, operation.activation);
        else this.#between('AveragePool', operation, windowOf(operation), operation.activation);
        return;
      }
      case 'maxPool': {
        this.#maxPool(operation, to);
        return;
      }
      case 'reshape': {
        this.#reshape(operation);
        return;
      }
      case 'softmax': {
        this.#between('Softmax', operation, { axis: 1 }, 'none');
        return;
      }
      case 'pad':
        throw new WorkbenchError('invalid-network', `"${to.name}" pads a picture, which an ONNX file leaves to the operation behind it.`);
    }
  }

  /** Between floats and back. */
  #between(operator: string, operation: QuantizedOperation, attributes: NodeAttributes, activation: Activation): void {
    const reads = inputsOf(operation).map((index) => this.#real(tensorAt(this.graph, index)));
    this.#ended(operator, reads, tensorAt(this.graph, operation.output), attributes, activation);
  }

  #weighted(operator: string, operation: WeightedOperation<QuantizedValues>, shape: readonly number[], attributes: NodeAttributes): void {
    const to = tensorAt(this.graph, operation.output);
    const from = tensorAt(this.graph, operation.input);
    const { weights, weightScales, bias } = operation;
    const extents = shape.map((extent) => (extent === -1 ? -weights.length / shape.reduce((product, one) => product * one, 1) : extent));
    const scales = weightScales.length === bias.length ? weightScales : new Float32Array(bias.length).fill(weightScales[0] as number);
    const perTensor = weightScales.length === 1;
    const data = channelsFirst(operation, extents);
    this.#constant(`${to.name}/weights`, types.INT8, extents, data);
    this.#constant(`${to.name}/bias`, types.INT32, [bias.length], bias);
    const reads = [
      this.#real(from),
      this.#dequantized(`${to.name}/weights`, perTensor ? weightScales.slice(0, 1) : scales, types.INT8, perTensor),
      this.#dequantized(
        `${to.name}/bias`,
        scales.map((scale) => from.scale * scale),
        types.INT32,
        false,
      ),
    ];
    this.#ended(operator, reads, to, attributes, operation.activation);
  }

  /** A maximum is the same among int8 numbers. */
  #maxPool(operation: Pool, to: QuantizedTensor): void {
    const from = tensorAt(this.graph, operation.input);
    const single = operation.kernel.every((extent) => extent === 1) && operation.stride.every((extent) => extent === 1);
    if (operation.activation === 'none') return void this.nodes.push(node('MaxPool', [from.name], to.name, windowOf(operation)));
    let before = from;
    if (!single) {
      before = { ...to, name: `${to.name}/pooled` };
      this.nodes.push(node('MaxPool', [from.name], before.name, windowOf(operation)));
    }
    this.nodes.push(node('Relu', [this.#real(before)], `${to.name}/real`));
    this.#quantized(`${to.name}/real`, to);
  }

  /** Lists have the order of channels last. */
  #reshape({ input, output }: Reshape): void {
    const [from, to] = [tensorAt(this.graph, input), tensorAt(this.graph, output)];
    const moves = ({ shape }: QuantizedTensor) => shape.length === 3 && (shape[0] as number) * (shape[1] as number) > 1;
    const last = moves(from) ? `${to.name}/last` : from.name;
    if (moves(from)) this.nodes.push(node('Transpose', [from.name], last, { perm: [0, 2, 3, 1] }));
    const extents = moves(to) ? [1, ...to.shape] : shapeOf(to);
    this.#constant(`${to.name}/shape`, types.INT64, [extents.length], BigInt64Array.from(extents, BigInt));
    const reshaped = moves(to) ? `${to.name}/reshaped` : to.name;
    this.nodes.push(node('Reshape', [last, `${to.name}/shape`], reshaped));
    if (moves(to)) this.nodes.push(node('Transpose', [reshaped], to.name, { perm: [0, 3, 1, 2] }));
  }

  /** The operation's node, its activation where quantisation alone would not clip, and the way back to int8. */
  #ended(operator: string, reads: readonly string[], to: QuantizedTensor, attributes: NodeAttributes, activation: Activation): void {
    const [low, high] = rangeOf(activation, to);
    const clipped = low > -128 || high < 127;
    const made = `${to.name}/${clipped ? 'unlimited' : 'real'}`;
    this.nodes.push(node(operator, reads, made, attributes));
    if (clipped) {
      const limits = [low, high].map((limit) => to.scale * (limit - to.zeroPoint));
      const names = limits.map((limit, index) => {
        const name = `${to.name}/limit${index}`;
        this.#constant(name, types.FLOAT, [], Float32Array.of(limit));
        return name;
      });
      this.nodes.push(node('Clip', [made, ...names], `${to.name}/real`));
    }
    this.#quantized(`${to.name}/real`, to);
  }

  #quantized(real: string, to: QuantizedTensor): void {
    this.nodes.push(node('QuantizeLinear', [real, ...this.#affine(to)], to.name));
  }

  #real(tensor: QuantizedTensor): string {
    const name = `${tensor.name}/read${this.#reads++}`;
    this.nodes.push(node('DequantizeLinear', [tensor.name, ...this.#affine(tensor)], name));
    return name;
  }

  /** Names of a tensor's scale and zero point. */
  #affine({ name, scale, zeroPoint }: QuantizedTensor): [string, string] {
    const names: [string, string] = [`${name}/scale`, `${name}/zero`];
    this.#constant(names[0], types.FLOAT, [], Float32Array.of(scale));
    this.#constant(names[1], types.INT8, [], Int8Array.of(zeroPoint));
    return names;
  }

  #dequantized(name: string, scales: Float32Array, type: 3 | 6, perTensor: boolean): string {
    const shape = perTensor ? [] : [scales.length];
    this.#constant(`${name}/scale`, types.FLOAT, shape, scales);
    this.#constant(`${name}/zero`, type, shape, type === types.INT8 ? new Int8Array(scales.length) : new Int32Array(scales.length));
    this.nodes.push(node('DequantizeLinear', [name, `${name}/scale`, `${name}/zero`], `${name}/real`, perTensor ? {} : { axis: 0 }));
    return `${name}/real`;
  }

  readonly #constants = new Set<string>();

  #constant(
    name: string,
    type: (typeof types)[keyof typeof types],
    shape: readonly number[],
    { buffer, byteOffset, byteLength }: ArrayBufferView,
  ): void {
    if (this.#constants.has(name)) return;
    this.#constants.add(name);
    this.initializers.push(initializer(name, type, shape, new Uint8Array(buffer, byteOffset, byteLength)));
  }
}

function windowOf({ kernel, stride, padding }: Window): NodeAttributes {
  const [[top, bottom], [left, right]] = padding;
  return { kernel_shape: kernel, strides: stride, pads: [top, left, bottom, right] };
}

/** Weights of pictures as [out, in, height, width], from [out, height, width, in] or, depthwise, [height, width, channels]. */
function channelsFirst(operation: WeightedOperation<QuantizedValues>, shape: readonly number[]): Int8Array {
  const { weights } = operation;
  if (operation.kind === 'dense') return weights;
  const [outputs, inputs, height, width] = shape as readonly [number, number, number, number];
  const pixels = height * width;
  return weights.map((_, index) => {
    const [output, input, pixel] = [Math.floor(index / (inputs * pixels)), Math.floor(index / pixels) % inputs, index % pixels];
    return weights[operation.kind === 'conv2d' ? (output * pixels + pixel) * inputs + input : pixel * outputs + output] as number;
  });
}
