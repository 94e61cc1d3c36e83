/** The contract of a training loss. One loss is one folder beside this file and its row in `index.ts`. */
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossKind } from './fields';
import type { Dispatch } from '../wgsl';

/** What a batch's outputs are compared with. */
interface LossTargets {
  /** Class of each example, int32. */
  readonly labels: Tensor1D;
  /** The inputs themselves [batch, ...input], for a network that has to reproduce them. */
  readonly inputs: Tensor;
}

export interface Loss {
  readonly id: string;
  /** Id of the quality that the loss counts during training: a mean over examples. */
  readonly counts: string;
  /** The loss of each example and the quality counted for it, by tfjs operations and differentiable in the outputs. */
  reference(outputs: Tensor2D, targets: LossTargets): { readonly losses: Tensor1D; readonly counted: Tensor1D };
  /** The WebAssembly kernel; null when there is none, so that the reference step trains. */
  readonly wasm: LossKind | null;
  /** The WebGPU kernel, which writes [mean loss, mean of the counted quality] to `metrics`; null when there is none. */
  readonly webgpu: ((shape: LossShape, buffers: LossBuffers) => Dispatch) | null;
}

/** Sizes for a WebGPU kernel. */
export interface LossShape {
  readonly batch: number;
  readonly outputSize: number;
  /** Channels of the network's input; an input vector has as many as it has numbers. */
  readonly inputChannels: number;
}

/** Buffers by number. The outputs of an example start at a multiple of four numbers, and so does every pixel of its inputs. */
export interface LossBuffers {
  readonly outputs: number;
  readonly labels: number;
  readonly inputs: number;
  readonly gradient: number;
  readonly metrics: number;
}
