/**
 * ResNet-8 for 32x32 colour pictures: the MLPerf Tiny image classification network, and the search space that the
 * paper builds from it. Source: github.com/mlcommons/tiny (keras_model.py), eml-eda/pytorch-benchmarks (symmetric
 * padding, bias only where no batch norm follows), eml-eda/multi-constraint-nas (models.py: the candidates).
 */
import type { Attributes } from '../ops/index';
import { batchNorm, conv, inRow } from './builders';
import type { Candidate, Layer, Network } from './network';
import { paperCandidates } from './paperCandidates';

/** A place where the network can be searched: one convolution block of the seed network. */
interface Block {
  readonly id: string;
  readonly filters: number;
  readonly stride: number;
  /** The second convolution of a stack: no ReLU of its own (the join has one), and it may be skipped. */
  readonly second: boolean;
}

const candidates = ({ filters, stride, second }: Block) => paperCandidates(filters, stride, !second, second);

/** The seed's block is its first candidate: a 3x3 convolution with batch norm. */
const seedBlock = (block: Block, from: string): Layer[] => chain(block.id, from, (candidates(block)[0] as Candidate).layers);
const mixedBlock = (block: Block, from: string): Layer[] => [
  { id: block.id, op: 'mixedOp', inputs: [from], candidates: candidates(block) },
];

/** Layers one after the other; the last one carries the plain id, so that others can refer to it. */
function chain(id: string, from: string, layers: readonly Attributes[]): Layer[] {
  const suffix: Partial<Record<Attributes['op'], string>> = { conv2d: 'Conv', batchNorm: 'Bn' };
  const nameOf = ({ op }: Attributes, index: number) => (index === layers.length - 1 ? id : `${id}${suffix[op] ?? index}`);
  return inRow(
    from,
    layers.map((attributes, index) => [nameOf(attributes, index), attributes]),
  );
}

function resnet8(
  classes: number,
  block: (block: Block, from: string) => Layer[],
  skip: (id: string, from: string, filters: number) => Layer[],
): Network {
  const stack = (number: number, filters: number, stride: number, from: string): Layer[] => {
    const name = `stack${number}`;
    const shortcut = stride === 1 ? [] : skip(`${name}Skip`, from, filters);
    return [
      ...block({ id: `${name}a`, filters, stride, second: false }, from),
      ...block({ id: `${name}b`, filters, stride: 1, second: true }, `${name}a`),
      ...shortcut,
      { id: `${name}Join`, op: 'add', inputs: [`${name}b`, stride === 1 ? from : `${name}Skip`] },
      { id: name, op: 'relu', inputs: [`${name}Join`] },
    ];
  };
  return {
    input: [32, 32, 3],
    layers: [
      ...block({ id: 'stem', filters: 16, stride: 1, second: false }, 'input'),
      ...stack(1, 16, 1, 'stem'),
      ...stack(2, 32, 2, 'stack1'),
      ...stack(3, 64, 2, 'stack2'),
      { id: 'pool', op: 'globalAvgPool', inputs: ['stack3'] },
      { id: 'logits', op: 'dense', inputs: ['pool'], units: classes, bias: true },
    ],
  };
}

/** The seed network; its skip convolutions have a bias and no batch norm. */
export function resnet8Seed(classes: number): Network {
  return resnet8(classes, seedBlock, (id, from, filters) => chain(id, from, [conv(filters, 1, 2, undefined, true)]));
}

/** The paper's supernet: seven mixed operations; the skip convolutions have batch norm. */
export function resnet8Supernet(classes: number): Network {
  return resnet8(classes, mixedBlock, (id, from, filters) => chain(id, from, [conv(filters, 1, 2), batchNorm]));
}
