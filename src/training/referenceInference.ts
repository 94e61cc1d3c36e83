/** Runs a network by tfjs, operation by operation. */
import { tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { FollowingInference, InferenceFactory } from '../core/search/training/engine';
import { runModel } from '../core/search/training/evaluate';

export const createReferenceInference: InferenceFactory<FollowingInference> = (model, batchSize) =>
  Promise.resolve({
    outputs: (x) => runModel(model, tensor(x, [batchSize, ...model.plan.network.input]), 'running') as Tensor2D,
    // It always runs with the model's own variables.
    refresh: () => Promise.resolve(),
    failure: () => null,
    // Nothing to dispose: the variables belong to the model.
    dispose() {},
  });
