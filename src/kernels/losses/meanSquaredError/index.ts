import { mean, reshape, squaredDifference, type Tensor1D } from '@tensorflow/tfjs-core';
import { LossKind } from '../fields';
import type { Loss } from '../loss';
import { meanSquaredError as webgpu } from './webgpu';

/**
 * Mean over an example's outputs of (output - input)^2, for a network that reproduces its inputs. It counts itself as quality.
 * Source: github.com/mlcommons/tiny, anomaly_detection/keras_model.py.
 */
export const meanSquaredError: Loss = {
  id: 'meanSquaredError',
  counts: 'meanSquaredError',
  reference(outputs, { inputs }) {
    const losses = mean(squaredDifference(outputs, reshape(inputs, outputs.shape)), 1) as Tensor1D;
    return { losses, counted: losses };
  },
  wasm: LossKind.meanSquaredError,
  webgpu,
};
