/**
 * MobileNet v1 at a quarter of its width for visual wake words: the MLPerf Tiny network. Source: github.com/mlcommons/tiny
 * (vww_model.py), eml-eda/pytorch-benchmarks (symmetric padding, bias only where no batch norm follows).
 */
import type { Attributes } from '../ops/index';
import { chain } from './chain';
import type { Network } from './network';

/** Stride of the depthwise convolution and filters of the pointwise one, block by block. */
const blocks = [
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
  const norm: Attributes[] = [{ op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 }, { op: 'relu' }];
  const window = (stride: number) =>
    ({
      kernel: [3, 3],
      stride: [stride, stride],
      padding: [
        [1, 1],
        [1, 1],
      ],
      bias: false,
    }) satisfies Partial<Attributes>;
  const pointwise = (filters: number): Attributes => ({
    op: 'conv2d',
    filters,
    kernel: [1, 1],
    stride: [1, 1],
    padding: 'valid',
    bias: false,
  });
  return {
    input: [96, 96, 3],
    layers: chain([
      ['stem', [{ op: 'conv2d', filters: 8, ...window(2) }, ...norm]],
      ...blocks.map(([stride, filters], index): [string, Attributes[]] => [
        `block${index + 2}`,
        [{ op: 'depthwiseConv2d', ...window(stride) }, ...norm, pointwise(filters), ...norm],
      ]),
      ['pool', [{ op: 'globalAvgPool' }]],
      ['logits', [{ op: 'dense', units: classes, bias: true }]],
    ]),
  };
}
