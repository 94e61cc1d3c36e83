/** The contract of an engine, which trains and runs networks. src/training implements it and chooses the kernels. */
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { WorkbenchError } from '../../errors';
import type { Architecture } from './architecture';
import type { NetworkPlan } from '../../network/plan';
import type { Parameters } from '../../network/parameters';
import type { StepFactory } from './trainingStep';

/** A network with its values, ready to run. */
export interface Model {
  readonly plan: NetworkPlan;
  readonly parameters: Parameters;
  /** Null unless an architecture is searched in it. */
  readonly architecture: Architecture | null;
}

/**
 * A network that runs and does not learn: batch norms use their running statistics, and an architecture shows its likeliest
 * network.
 */
export interface Inference {
  /**
   * Outputs [batch, size] of inputs [batch, ...input] flattened, with the model's values at the time when this was made or last
   * refreshed. Call inside a tidy.
   */
  outputs(x: Float32Array): Tensor2D;
  /** Why the outputs are unreliable, such as a lost device; null while they can be trusted. */
  failure(): WorkbenchError | null;
  dispose(): void;
}

/** An inference that can follow a model which learns. */
export interface FollowingInference extends Inference {
  /** Takes over the model's values of now. */
  refresh(): Promise<void>;
}

export type InferenceFactory<Made extends Inference = Inference> = (model: Model, batchSize: number) => Promise<Made>;

/** The training loss of each example by the loss's id, computed by tfjs. Call inside a tidy. */
export type LossOf = (id: string, outputs: Tensor2D, targets: { readonly labels: Tensor1D; readonly inputs: Tensor }) => Tensor1D;

export interface Engine {
  readonly createStep: StepFactory;
  readonly createInference: InferenceFactory<FollowingInference>;
  readonly lossOf: LossOf;
}
