/**
 * DS-CNN for keyword spotting: the MLPerf Tiny network. Source: github.com/mlcommons/tiny (kws/keras_model.py),
 * eml-eda/pytorch-benchmarks (symmetric padding, biases beside batch norms and a final pool over the whole map).
 */
import type { Attributes } from '../ops/index';
import { conv, depthwise, kerasBatchNorm, relu } from './builders';
import { chain } from './chain';
import type { Network } from './network';

const CHANNELS = 64;
const BLOCKS = 4;

/** The first convolution, over 49 frames of 10 features. */
export const dsCnnStem = (bias: boolean) =>
  conv(
    CHANNELS,
    [10, 4],
    2,
    [
      [5, 5],
      [1, 1],
    ],
    bias,
  );

/** @param classes 12 in the benchmark: ten words, silence and unknown */
export function dsCnnSeed(classes: number): Network {
  const norm = [kerasBatchNorm, relu];
  const pointwise = conv(CHANNELS, 1, 1, 'valid', true);
  return {
    input: [49, 10, 1],
    layers: chain([
      ['stem', [dsCnnStem(true), ...norm, { op: 'dropout', rate: 0.2 }]],
      ...Array.from({ length: BLOCKS }, (_, index): [string, Attributes[]] => [
        `block${index + 1}`,
        [depthwise(3, 1, 'same', true), ...norm, pointwise, ...norm],
      ]),
      ['pool', [{ op: 'dropout', rate: 0.4 }, { op: 'globalAvgPool' }]],
      ['logits', [{ op: 'dense', units: classes, bias: true }]],
    ]),
  };
}
