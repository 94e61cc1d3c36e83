import { argMax, cast, equal, logSoftmax, mul, neg, oneHot, sum, type Tensor1D } from '@tensorflow/tfjs-core';
import { LossKind } from '../fields';
import type { Loss } from '../loss';
import { softmaxCrossEntropy as webgpu } from './webgpu';

/** -log softmax(outputs)[label], and whether the largest output is the label's. */
export const softmaxCrossEntropy: Loss = {
  id: 'softmaxCrossEntropy',
  counts: 'accuracy',
  reference(outputs, { labels }) {
    const likelihoods = sum(mul(logSoftmax(outputs), oneHot(labels, outputs.shape[1])), 1);
    return { losses: neg(likelihoods) as Tensor1D, counted: cast(equal(argMax(outputs, 1), labels), 'float32') as Tensor1D };
  },
  wasm: LossKind.softmaxCrossEntropy,
  webgpu,
};
