/** What trains networks and runs them, as the search sees it. src/training implements it; on which kernels is its affair. */
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { WorkbenchError } from '../../errors';
import type { Architecture } from './architecture';
import type { NetworkPlan } from '../../network/plan';
import type { Parameters } from '../../network/parameters';
import type { StepFactory } from './trainingStep';

/** A network with its values: what can be run. */
export interface Model {
  readonly plan: NetworkPlan;
  readonly parameters: Parameters;
  /** While an architecture is searched in it. */
  readonly architecture: Architecture | null;
}

/** A network that runs and does not learn: batch norms use their running statistics, an architecture shows its likeliest network. */
export interface Inference {
  /** Outputs [batch, size] of inputs [batch, ...input] flattened, with the values that the model had when this was made. Call inside a tidy. */
  outputs(x: Float32Array): Tensor2D;
  /** Why the outputs cannot be relied on, such as a lost device; null while they can. */
  failure(): WorkbenchError | null;
  dispose(): void;
}

export type InferenceFactory = (model: Model, batchSize: number) => Promise<Inference>;

/** The training loss of each example, by its id, as tfjs works it out. Call inside a tidy. */
export type LossOf = (id: string, outputs: Tensor2D, targets: { readonly labels: Tensor1D; readonly inputs: Tensor }) => Tensor1D;

export interface Engine {
  readonly createStep: StepFactory;
  readonly createInference: InferenceFactory;
  readonly lossOf: LossOf;
}
