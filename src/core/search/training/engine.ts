/** What trains networks and runs them, as the search sees it. src/training implements it; on which kernels is its affair. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
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
  /** Logits [batch, classes] of inputs [batch, ...input] flattened, with the values that the model had when this was made. Call inside a tidy. */
  logits(x: Float32Array): Tensor2D;
  /** Why the logits cannot be relied on, such as a lost device; null while they can. */
  failure(): WorkbenchError | null;
  dispose(): void;
}

export type InferenceFactory = (model: Model, batchSize: number) => Promise<Inference>;

export interface Engine {
  readonly createStep: StepFactory;
  readonly createInference: InferenceFactory;
}
