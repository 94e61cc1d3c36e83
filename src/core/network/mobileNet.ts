/**
 * MobileNet v1 at a quarter of its width for visual wake words: the MLPerf Tiny network. Source: github.com/mlcommons/tiny
 * (vww_model.py), eml-eda/pytorch-benchmarks (symmetric padding, bias only where no batch norm follows).
 */
import type { Attributes } from '../ops/index';
import { batchNorm, conv, depthwise, relu } from './builders';
import { chain } from './chain';
import type { Network } from './network';

/** Stride of the depthwise convolution and filters of the pointwise one, block by block. */
export const mobileNetBlocks = [
  [1, 16],
  [2, 32],
  [1, 32],
  [2, 64],
  [1, 64],
  [2, 128],
  [1, 128],
  [1, 128],
  [1, 128],
  [1, 128],
  [1, 128],
  [2, 256],
  [1, 256],
] as const;

/** @param classes 2 in the benchmark: a person, or none */
export function mobileNetSeed(classes: number): Network {
  const norm = [batchNorm, relu];
  return {
    input: [96, 96, 3],
    layers: chain([
      ['stem', [conv(8, 3, 2), ...norm]],
      ...mobileNetBlocks.map(([stride, filters], index): [string, Attributes[]] => [
        `block${index + 2}`,
        [depthwise(3, stride), ...norm, conv(filters, 1, 1, 'valid'), ...norm],
      ]),
      ['pool', [{ op: 'globalAvgPool' }]],
      ['logits', [{ op: 'dense', units: classes, bias: true }]],
    ]),
  };
}
