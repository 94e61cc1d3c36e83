/**
 * DS-CNN for keyword spotting: the MLPerf Tiny network. Source: github.com/mlcommons/tiny (kws/keras_model.py),
 * eml-eda/pytorch-benchmarks (symmetric padding, biases beside batch norms and a final pool over the whole map).
 */
import type { Attributes } from '../ops/index';
import { chain } from './chain';
import type { Network } from './network';

const CHANNELS = 64;
const BLOCKS = 4;

/** @param classes 12 in the benchmark: ten words, silence and unknown */
export function dsCnnSeed(classes: number): Network {
  const norm: Attributes[] = [{ op: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { op: 'relu' }];
  const stem: Attributes = {
    op: 'conv2d',
    filters: CHANNELS,
    kernel: [10, 4],
    stride: [2, 2],
    padding: [
      [5, 5],
      [1, 1],
    ],
    bias: true,
  };
  const depthwise: Attributes = { op: 'depthwiseConv2d', kernel: [3, 3], stride: [1, 1], padding: 'same', bias: true };
  const pointwise: Attributes = { op: 'conv2d', filters: CHANNELS, kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: true };
  return {
    input: [49, 10, 1],
    layers: chain([
      ['stem', [stem, ...norm, { op: 'dropout', rate: 0.2 }]],
      ...Array.from({ length: BLOCKS }, (_, index): [string, Attributes[]] => [
        `block${index + 1}`,
        [depthwise, ...norm, pointwise, ...norm],
      ]),
      ['pool', [{ op: 'dropout', rate: 0.4 }, { op: 'globalAvgPool' }]],
      ['logits', [{ op: 'dense', units: classes, bias: true }]],
    ]),
  };
}
