/**
 * DS-CNN for keyword spotting: the MLPerf Tiny network, and the search space that the paper builds from it. Source:
 * github.com/mlcommons/tiny (kws/keras_model.py), eml-eda/pytorch-benchmarks (symmetric padding, biases beside batch norms and a
 * final pool over the whole map), eml-eda/multi-constraint-nas (models.py: the candidates).
 */
import type { Attributes } from '../ops/index';
import { conv, depthwise, inRow, kerasBatchNorm, relu } from './builders';
import { chain } from './chain';
import { INPUT } from './input';
import type { Layer, Network } from './network';
import { paperCandidates } from './paperCandidates';

const CHANNELS = 64;
const BLOCKS = ['block1', 'block2', 'block3', 'block4'];

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

const norm = [kerasBatchNorm, relu];
const input = [49, 10, 1];
const stem: [string, Attributes[]] = ['stem', [dsCnnStem(true), ...norm, { op: 'dropout', rate: 0.2 }]];
const pool: Attributes[] = [{ op: 'dropout', rate: 0.4 }, { op: 'globalAvgPool' }];
const logits = (classes: number): Attributes => ({ op: 'dense', units: classes, bias: true });

/** @param classes 12 in the benchmark: ten words, silence and unknown */
export function dsCnnSeed(classes: number): Network {
  const block = [depthwise(3, 1, 'same', true), ...norm, conv(CHANNELS, 1, 1, 'valid', true), ...norm];
  return {
    input,
    layers: chain([stem, ...BLOCKS.map((id): [string, Attributes[]] => [id, block]), ['pool', pool], ['logits', [logits(classes)]]]),
  };
}

/** The paper's supernet: each of the four blocks is searched. */
export function dsCnnSupernet(classes: number): Network {
  const places = BLOCKS.map((id, index): Layer => ({
    id,
    op: 'mixedOp',
    inputs: [BLOCKS[index - 1] ?? 'stem'],
    candidates: paperCandidates(CHANNELS, 1, true, true),
  }));
  const [dropout, average] = pool as [Attributes, Attributes];
  return {
    input,
    layers: [
      ...chain([stem]),
      ...places,
      ...inRow(BLOCKS.at(-1) ?? INPUT, [
        ['pool/0', dropout],
        ['pool', average],
        ['logits', logits(classes)],
      ]),
    ],
  };
}
