/** A step as the device receives it: all its buffers and all its kernels, in order. */
import type { Dispatch } from '../../../kernels/wgsl';
import type { PaddedLayout } from './paddedLayout';

/** A buffer by its number in the recording. */
export interface PlannedBuffer {
  readonly label: string;
  /** Numbers of four bytes. */
  readonly words: number;
  /** Its initial contents; zeros when left out. */
  readonly contents?: Int32Array | Float32Array;
}

export interface Recording {
  readonly buffers: readonly PlannedBuffer[];
  readonly dispatches: readonly Dispatch[];
  /** Each fills the inputs from one example set; the dispatches do not include them. */
  readonly gathers: readonly Gather[];
  /** Inputs of a batch, with channels filled up, and its labels. */
  readonly input: number;
  readonly labels: number;
  /** The step's seed, one integer; null where there is no dropout. */
  readonly seed: number | null;
  /** Controls, in the positions that `control` gives. */
  readonly controls: number;
  readonly metrics: number;
  /** The buffers of trainable and of other parameters, and the former's gradients. */
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  /** The buffers of the weights' moments, as many as their optimizer keeps; laid out as the trainable parameters are. */
  readonly moments: readonly number[];
  /** Position of each parameter in its buffer, in numbers. */
  readonly places: ReadonlyMap<string, number>;
  readonly layouts: ReadonlyMap<string, PaddedLayout>;
  /** Buffer with rows of architecture parameters, their gradients and moments; null if nothing is searched. */
  readonly architecture: number | null;
  /** All factors: candidates' weights or masks. */
  readonly weights: number;
  /**
   * Position of each mask among the weights, and of its gradient among the shares, by the path of the masked operation; in numbers.
   */
  readonly masks: ReadonlyMap<string, MaskPlace>;
  /** How many of the dispatches compute the loss. */
  readonly forward: number;
  /** How many of the dispatches come before the last one, which updates the parameters. */
  readonly beforeUpdate: number;
}

export interface Gather {
  readonly dispatch: Dispatch;
  /** The set's bytes. */
  readonly pixels: number;
  /** Four numbers per example, as `Draw` has them. */
  readonly picks: number;
}

export interface MaskPlace {
  readonly at: number;
  readonly channels: number;
}

/** A recording that only runs forward, with the running statistics of batch norms. */
export type InferenceRecording = Pick<
  Recording,
  'buffers' | 'dispatches' | 'gathers' | 'input' | 'parameters' | 'running' | 'places' | 'layouts' | 'weights' | 'masks'
> & {
  /** Logits [batch, classes], classes filled up. */
  readonly output: number;
};
