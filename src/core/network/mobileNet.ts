/**
 * MobileNet v1 at a quarter of its width for visual wake words: the MLPerf Tiny network, and the search space that the paper builds
 * from it. Source: github.com/mlcommons/tiny (vww_model.py), eml-eda/pytorch-benchmarks (symmetric padding, bias only where no batch
 * norm follows), eml-eda/multi-constraint-nas (models.py: the candidates).
 */
import type { Attributes } from '../ops/index';
import { batchNorm, conv, depthwise, inRow, relu } from './builders';
import { chain } from './chain';
import type { Layer, Network } from './network';
import { paperCandidates } from './paperCandidates';

/** Stride of the depthwise convolution and filters of the pointwise one, block by block. */
const BLOCKS = [
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
const STEM_FILTERS = 8;

const input = [96, 96, 3];
const norm = [batchNorm, relu];
const stem: [string, Attributes[]] = ['stem', [conv(STEM_FILTERS, 3, 2), ...norm]];
/** Blocks are numbered from 2, because the stem is the first. */
const nameOf = (index: number) => (index < 0 ? 'stem' : `block${index + 2}`);
const head = (classes: number): [string, Attributes][] => [
  ['pool', { op: 'globalAvgPool' }],
  ['logits', { op: 'dense', units: classes, bias: true }],
];

/** @param classes 2 in the benchmark: a person, or none */
export function mobileNetSeed(classes: number): Network {
  return {
    input,
    layers: chain([
      stem,
      ...BLOCKS.map(([stride, filters], index): [string, Attributes[]] => [
        nameOf(index),
        [depthwise(3, stride), ...norm, conv(filters, 1, 1, 'valid'), ...norm],
      ]),
      ...head(classes).map(([id, layer]): [string, Attributes[]] => [id, [layer]]),
    ]),
  };
}

/** The paper's supernet: each of the thirteen blocks is searched, and may be left out where it changes no shape. */
export function mobileNetSupernet(classes: number): Network {
  const places = BLOCKS.map(([stride, filters], index): Layer => {
    const before = BLOCKS[index - 1]?.[1] ?? STEM_FILTERS;
    const candidates = paperCandidates(filters, stride, true, stride === 1 && filters === before);
    return { id: nameOf(index), op: 'mixedOp', inputs: [nameOf(index - 1)], candidates };
  });
  return { input, layers: [...chain([stem]), ...places, ...inRow(nameOf(BLOCKS.length - 1), head(classes))] };
}
