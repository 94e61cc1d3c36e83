/** A step as the device is given it: every buffer it needs and every kernel it runs, in order. */
import type { Dispatch } from '../../../kernels/wgsl';
import type { PaddedLayout } from './paddedLayout';

/** A buffer by its number in the recording. */
export interface PlannedBuffer {
  readonly label: string;
  /** Numbers of four bytes. */
  readonly words: number;
  /** What it holds at the start; zeros without. */
  readonly contents?: Int32Array | Float32Array;
}

export interface Recording {
  readonly buffers: readonly PlannedBuffer[];
  readonly dispatches: readonly Dispatch[];
  /** Each fills the inputs out of one picture set; none is among the dispatches. */
  readonly gathers: readonly Gather[];
  /** Inputs, channels filled up, and labels of a batch. */
  readonly input: number;
  readonly labels: number;
  /** Numbers as `control` places them. */
  readonly controls: number;
  readonly metrics: number;
  /** The buffers of trainable and of other parameters, and the former's gradients. */
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  /** Where each parameter starts in its buffer, in numbers. */
  readonly places: ReadonlyMap<string, number>;
  readonly layouts: ReadonlyMap<string, PaddedLayout>;
  /** Rows of architecture parameters, their gradients and moments; null where nothing is searched. */
  readonly architecture: number | null;
  /** All factors: candidates' weights or masks. */
  readonly weights: number;
  /** Where each mask starts among the weights, and its gradient among the shares, by the path of what is masked; in numbers. */
  readonly masks: ReadonlyMap<string, MaskPlace>;
  /** How many of the dispatches lead to the loss. */
  readonly forward: number;
  /** How many of the dispatches come before the update of the parameters, which is the last one. */
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
