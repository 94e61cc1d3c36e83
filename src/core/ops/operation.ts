/**
 * What an operation is: the attributes it takes, the shapes it makes, the parameters it owns, how it computes, and
 * what it weighs on a device. One file in this folder per operation; `index.ts` lists them all.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GenericSchema } from 'valibot';
import { ToldError } from '../errors';
import { sayLater } from '../language/told';

/** Extents without the batch, channels last. */
export type Shape = readonly number[];

/** How a parameter starts. `heNormal` draws from N(0, 2 / fanIn). */
export type Initializer = { readonly kind: 'zeros' } | { readonly kind: 'ones' } | { readonly kind: 'heNormal'; readonly fanIn: number };

export interface ParameterSpec {
  /** Last part of the parameter's name: kernel, bias, gamma, beta, movingMean or movingVariance. */
  readonly name: string;
  readonly shape: Shape;
  /** Which of its axes count the layer's input or output channels; null for any other axis. */
  readonly channelAxes: readonly ('in' | 'out' | null)[];
  readonly initializer: Initializer;
  /** False for running statistics, which no optimizer touches. */
  readonly trainable: boolean;
}

/**
 * Where an operation's output channels come from: it makes as many as an attribute says; output channel i depends only on
 * channel i of every input ("kept"); or every output channel may depend on every input channel ("mixed").
 */
type ChannelFlow<Attributes> = { readonly resized: (attributes: Attributes, channels: number) => Attributes } | 'kept' | 'mixed';

/**
 * The facts about one layer that cost metrics read, and nothing else of the layer. A layer without such a row
 * computes no multiply-accumulates and stores no weights on the device. A batch norm has a row only where it cannot fold
 * into the layer before it.
 */
export interface CostFeatures {
  readonly kind: 'conv2d' | 'depthwiseConv2d' | 'dense' | 'batchNorm';
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the kernel; [1, 1] for a dense layer. */
  readonly kernel: readonly [number, number];
  /** Height and width of the output; [1, 1] for a dense layer. */
  readonly output: readonly [number, number];
  readonly bias: boolean;
}

/** How batch norm behaves in a forward pass. */
export type BatchNormMode =
  /** Normalise with the statistics of this batch, and report them. */
  | 'batch'
  /** Normalise with the running statistics. */
  | 'running';

export interface ForwardContext {
  readonly batchNorm: BatchNormMode;
  /** True while training: dropout acts. */
  readonly training: boolean;
  /** The value of one of this layer's own parameters, by its last name. */
  parameter(name: string): Tensor;
  /** Reports the statistics of a batch. They are disposed after the call, so the callee keeps those that it needs. */
  reportStatistics(mean: Tensor, variance: Tensor): void;
  /** An integer seed of this operation's own in this pass, for operations that draw random numbers. */
  randomSeed(): number;
}

export interface Operation<Attributes extends { readonly op: string } = { readonly op: string }> {
  readonly op: Attributes['op'];
  /** Checks the attributes of a layer, without its `id` and `inputs`. */
  readonly schema: GenericSchema<unknown, Attributes>;
  /** How many inputs a layer of this kind takes. */
  readonly inputs: 'one' | 'several';
  readonly channels: ChannelFlow<Attributes>;
  /** The output's shape. Throws an `Error` that says why when the inputs do not fit. */
  outputShape(attributes: Attributes, inputs: readonly Shape[]): Shape;
  parameters(attributes: Attributes, inputs: readonly Shape[]): readonly ParameterSpec[];
  /** Computes the output for a batch; the first axis of every tensor is the batch. */
  forward(attributes: Attributes, inputs: readonly Tensor[], context: ForwardContext): Tensor;
  /** The layer's row for cost metrics, or null when the layer is free: folded away, or negligible. */
  costFeatures(attributes: Attributes, inputs: readonly Shape[], output: Shape): CostFeatures | null;
}

/** For operations without parameters. */
export const noParameters = (): readonly ParameterSpec[] => [];

/** For operations that are free in every metric. */
export const free = (): null => null;

/** The only input of an operation that takes one. The planner has checked that it is there. */
export function only<T>(inputs: readonly T[]): T {
  return inputs[0] as T;
}

/** Reads a shape as [height, width, channels], or throws with the name of the operation that needs one. */
export function asImage(op: string, shape: Shape): readonly [number, number, number] {
  if (shape.length !== 3)
    throw new ToldError(sayLater('{op} needs an input of [height, width, channels], not [{shape}]', { op, shape: shape.join(', ') }));
  return shape as unknown as readonly [number, number, number];
}
