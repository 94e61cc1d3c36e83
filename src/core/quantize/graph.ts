/**
 * The quantised graph: an int8 network as plain data, which the reference runs, and which the writers of files read. A number q of a
 * tensor stands for scale * (q - zeroPoint). Shapes are channels-last without the batch.
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

/** A tensor of int8 numbers that is computed while the graph runs, or its input. */
export interface QuantizedTensor extends Affine {
  readonly name: string;
  readonly shape: Shape;
}

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

export interface Weighted {
  /** From -127 to 127. */
  readonly weights: Int8Array;
  /** One float32 per output channel, or a single one for all. */
  readonly weightScales: Float32Array;
  /** One per output channel; its step is float32(input scale * weight scale). */
  readonly bias: Int32Array;
  readonly activation: Activation;
}

/** Weights [output channels, height, width, input channels]. */
export interface QuantizedConv2d extends Place, Window, Weighted {
  readonly kind: 'conv2d';
}

/** One filter per channel; weights [height, width, channels]. */
export interface QuantizedDepthwise extends Place, Window, Weighted {
  readonly kind: 'depthwiseConv2d';
}

/** Weights [outputs, inputs]. */
export interface QuantizedDense extends Place, Weighted {
  readonly kind: 'dense';
}

export interface QuantizedAdd {
  readonly kind: 'add';
  readonly inputs: readonly [number, number];
  readonly output: number;
  readonly activation: Activation;
}

/** Mean or maximum over the part of the window that lies inside the picture. Input and output share scale and zero point. */
export interface QuantizedPool extends Place, Window {
  readonly kind: 'averagePool' | 'maxPool';
  readonly activation: Activation;
}

/** Surrounds a picture with real 0. Input and output share scale and zero point. */
export interface QuantizedPad extends Place {
  readonly kind: 'pad';
  readonly padding: Edges;
}

/** The same numbers under another shape. Input and output share scale and zero point. */
export interface QuantizedReshape extends Place {
  readonly kind: 'reshape';
}

/** Over the last axis. The output's scale is 1/256 and its zero point -128. */
export interface QuantizedSoftmax extends Place {
  readonly kind: 'softmax';
  readonly beta: number;
}

export type QuantizedWeighted = QuantizedConv2d | QuantizedDepthwise | QuantizedDense;

export type QuantizedOperation = QuantizedWeighted | QuantizedAdd | QuantizedPool | QuantizedPad | QuantizedReshape | QuantizedSoftmax;

export interface QuantizedGraph {
  readonly tensors: readonly QuantizedTensor[];
  /** In an order in which each reads only the input and what operations before it made. */
  readonly operations: readonly QuantizedOperation[];
  readonly input: number;
  readonly output: number;
}

/** The tensors that an operation reads. */
export const inputsOf = (operation: QuantizedOperation): readonly number[] =>
  operation.kind === 'add' ? operation.inputs : [operation.input];

/** @throws Error for an index that the graph has no tensor for */
export function tensorAt({ tensors }: Pick<QuantizedGraph, 'tensors'>, index: number): QuantizedTensor {
  const tensor = tensors[index];
  if (!tensor) throw new Error(`the graph has no tensor ${index}`);
  return tensor;
}

/** The least and the greatest int8 that an activation leaves in a tensor. */
export function rangeOf(activation: Activation, { scale, zeroPoint }: Affine): readonly [number, number] {
  const low = activation === 'none' ? -128 : Math.max(-128, zeroPoint);
  return [low, activation === 'relu6' ? Math.min(127, zeroPoint + roundHalfAway(6 / scale)) : 127];
}

/** A picture's height, width and channels; a flat tensor is one pixel of channels. */
export function pictureOf({ shape }: Pick<QuantizedTensor, 'shape'>): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape as readonly [number, number, number];
  return shape.length === 3 ? [height, width, channels] : [1, 1, shape.reduce((product, extent) => product * extent, 1)];
}
