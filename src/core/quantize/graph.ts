/**
 * A network without its training as plain data, with float values or int8 ones, which the reference runs and files are written from.
 * A number q of an int8 tensor stands for scale * (q - zeroPoint). Shapes are channels-last without the batch.
 * Source: TensorFlow Lite 8-bit quantization specification.
 */
import type { Shape } from '../ops/operation';
import { roundHalfAway } from './fixedPoint';

/** How an int8 tensor's numbers are read. */
export interface Affine {
  /** A float32, above 0. */
  readonly scale: number;
  /** From -128 to 127. */
  readonly zeroPoint: number;
}

/** A tensor that is computed while the graph runs, or its input. */
export interface GraphTensor {
  readonly name: string;
  readonly shape: Shape;
}

export type QuantizedTensor = GraphTensor & Affine;

/** [[top, bottom], [left, right]], in pixels. They stand for real 0, or take no part in a pool. */
export type Edges = readonly [readonly [number, number], readonly [number, number]];

/** What an operation does to its outputs before it stores them. `relu6` also limits them to 6. */
export type Activation = 'none' | 'relu' | 'relu6';

/** Tensors are named by their index in the graph. */
interface Place {
  readonly input: number;
  readonly output: number;
}

export interface Window {
  /** Height and width. */
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: Edges;
}

/** Weights [output channels, height, width, input channels]. */
export interface Conv2d extends Place, Window {
  readonly kind: 'conv2d';
}

/** One filter per channel; weights [height, width, channels]. */
export interface DepthwiseConv2d extends Place, Window {
  readonly kind: 'depthwiseConv2d';
}

/** Weights [outputs, inputs]. */
export interface Dense extends Place {
  readonly kind: 'dense';
}

export interface Add {
  readonly kind: 'add';
  readonly inputs: readonly [number, number];
  readonly output: number;
  readonly activation: Activation;
}

/** Mean or maximum over the part of the window that lies inside the picture. Input and output share scale and zero point. */
export interface Pool extends Place, Window {
  readonly kind: 'averagePool' | 'maxPool';
  readonly activation: Activation;
}

/** Surrounds a picture with real 0. Input and output share scale and zero point. */
export interface Pad extends Place {
  readonly kind: 'pad';
  readonly padding: Edges;
}

/** The same numbers under another shape. Input and output share scale and zero point. */
export interface Reshape extends Place {
  readonly kind: 'reshape';
}

/** Over the last axis. As int8, the output's scale is 1/256 and its zero point -128. */
export interface Softmax extends Place {
  readonly kind: 'softmax';
  readonly beta: number;
}

/** What a layer with weights holds, as int8. */
export interface QuantizedValues {
  /** From -127 to 127. */
  readonly weights: Int8Array;
  /** One float32 per output channel. A dense layer may have a single one for all. */
  readonly weightScales: Float32Array;
  /** One per output channel; its step is float32(input scale * weight scale). */
  readonly bias: Int32Array;
  readonly activation: Activation;
}

export type WeightedOperation<Values> = (Conv2d | DepthwiseConv2d | Dense) & Values;

/** An operation, whose layers with weights hold `Values`. */
export type GraphOperation<Values> = WeightedOperation<Values> | Add | Pool | Pad | Reshape | Softmax;

export type QuantizedOperation = GraphOperation<QuantizedValues>;

/** A network as operations on tensors, with one input and one output. */
export interface Graph<Tensor, Values> {
  readonly tensors: readonly Tensor[];
  /** In an order in which each reads only the input and what operations before it made. */
  readonly operations: readonly GraphOperation<Values>[];
  readonly input: number;
  readonly output: number;
}

export type QuantizedGraph = Graph<QuantizedTensor, QuantizedValues>;

/** The tensors that an operation reads. */
export const inputsOf = (operation: GraphOperation<unknown>): readonly number[] =>
  operation.kind === 'add' ? operation.inputs : [operation.input];

/** @throws Error for an index that the graph has no tensor for */
export function tensorAt<Tensor>({ tensors }: { readonly tensors: readonly Tensor[] }, index: number): Tensor {
  const tensor = tensors[index];
  if (tensor === undefined) throw new Error(`the graph has no tensor ${index}`);
  return tensor;
}

/** The least and the greatest int8 that an activation leaves in a tensor. */
export function rangeOf(activation: Activation, { scale, zeroPoint }: Affine): readonly [number, number] {
  const low = activation === 'none' ? -128 : Math.max(-128, zeroPoint);
  return [low, activation === 'relu6' ? Math.min(127, zeroPoint + roundHalfAway(6 / scale)) : 127];
}

/** A picture's height, width and channels; a flat tensor is one pixel of channels. */
export function pictureOf({ shape }: Pick<GraphTensor, 'shape'>): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape as readonly [number, number, number];
  return shape.length === 3 ? [height, width, channels] : [1, 1, shape.reduce((product, extent) => product * extent, 1)];
}
