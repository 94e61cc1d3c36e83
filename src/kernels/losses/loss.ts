/** The contract of a training loss. One loss is one folder beside this file and its row in `index.ts`. */
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossKind } from './fields';
import type { Dispatch } from '../wgsl';

/** What a batch's outputs are held against. */
export interface LossTargets {
  /** Class of each example, int32. */
  readonly labels: Tensor1D;
  /** The inputs themselves [batch, ...input], for a network that is to give them back. */
  readonly inputs: Tensor;
}

export interface Loss {
  readonly id: string;
  /** Id of the quality that is counted along while training: a mean over examples. */
  readonly counts: string;
  /** By tfjs operations, differentiable in the outputs: the loss of each example, and what is counted of it. */
  reference(outputs: Tensor2D, targets: LossTargets): { readonly losses: Tensor1D; readonly counted: Tensor1D };
  /** The WebAssembly kernel; null where there is none and the reference step trains. */
  readonly wasm: LossKind | null;
  /** The WebGPU kernel, which leaves [mean loss, mean of what is counted] in `metrics`; null where there is none. */
  readonly webgpu:
    | ((
        shape: { readonly batch: number; readonly classes: number },
        buffers: { readonly logits: number; readonly labels: number; readonly gradient: number; readonly metrics: number },
      ) => Dispatch)
    | null;
}
