/**
 * The workloads that benchmarks measure and whose calls tests count: the seed network and the searched space of each task.
 * Sizes and candidates: docs/performance.md. DS-CNN lacks its dropout, because that costs next to nothing and its random numbers
 * differ between frameworks.
 */
import type { Attributes } from '../src/core/ops/index';
import { batchNorm, conv, depthwise, inRow, relu } from '../src/core/network/builders';
import { autoencoderSeed, autoencoderSupernet } from '../src/core/network/autoencoder';
import { dsCnnStem } from '../src/core/network/dsCnn';
import { mobileNetSeed, mobileNetSupernet } from '../src/core/network/mobileNet';
import { INPUT } from '../src/core/network/input';
import type { Layer, Network } from '../src/core/network/network';
import { paperCandidates } from '../src/core/network/paperCandidates';
import { resnet18 } from '../src/core/network/resnet18';
import { resnet8Seed, resnet8Supernet } from '../src/core/network/resnet8';

export interface Workload {
  readonly name: string;
  readonly network: Network;
  readonly batch: number;
  /** Whether its channels are searched; candidates are searched wherever there are any. */
  readonly channels?: true;
  /** Whether a step trains one path of the supernet alone, and not all candidates. */
  readonly paths?: true;
  /** Id of the loss, for a network that gives back its input. */
  readonly loss?: 'meanSquaredError';
}

/** What a workload without a loss of its own is trained by. */
export const USUAL_LOSS = 'softmaxCrossEntropy';

const separable = (filters: number, stride: number): Attributes[] => [depthwise(3, stride), batchNorm, relu, conv(filters, 1), batchNorm];

/** The paper's candidates at one place of DS-CNN. */
const place = (id: string, from: string): Layer => ({
  id,
  op: 'mixedOp',
  inputs: [from],
  candidates: paperCandidates(64, 1, true, true),
});

/** A convolution with batch norm and ReLU, which every network begins with. */
const stem = (first: Attributes) =>
  inRow(INPUT, [
    ['stemConv', first],
    ['stemBn', batchNorm],
    ['stem', relu],
  ]);

const head = (from: string, classes: number) =>
  inRow(from, [
    ['pool', { op: 'globalAvgPool' }],
    ['logits', { op: 'dense', units: classes, bias: true }],
  ]);

/** ResNet-8 with six mixed operations of 3x3, separable 3x3 and 1x1, none with a ReLU of its own. */
export function studyNet(): Network {
  const mixed = (id: string, from: string, filters: number, stride: number): Layer => ({
    id,
    op: 'mixedOp',
    inputs: [from],
    candidates: [
      { name: 'conv3x3', layers: [conv(filters, 3, stride), batchNorm] },
      { name: 'dsconv3x3', layers: separable(filters, stride) },
      { name: 'conv1x1', layers: [conv(filters, 1, stride), batchNorm] },
    ],
  });
  const skip = (id: string, from: string, first: Attributes) =>
    inRow(from, [
      [`${id}Conv`, first],
      [id, batchNorm],
    ]);
  const stack = (name: string, from: string, filters: number, stride: number): Layer[] => [
    mixed(`${name}a`, from, filters, stride),
    ...inRow(`${name}a`, [[`${name}aRelu`, relu]]),
    mixed(`${name}b`, `${name}aRelu`, filters, 1),
    ...(stride === 1 ? [] : skip(`${name}Skip`, from, conv(filters, 1, stride))),
    { id: `${name}Join`, op: 'add', inputs: [`${name}b`, stride === 1 ? from : `${name}Skip`] },
    ...inRow(`${name}Join`, [[name, relu]]),
  ];
  return {
    input: [32, 32, 3],
    layers: [
      ...stem(conv(16, 3)),
      ...stack('stack1', 'stem', 16, 1),
      ...stack('stack2', 'stack1', 32, 2),
      ...stack('stack3', 'stack2', 64, 2),
      ...head('stack3', 10),
    ],
  };
}

const dsCnn = (block: (id: string, from: string) => readonly Layer[]): Network => ({
  input: [49, 10, 1],
  layers: [
    ...stem(dsCnnStem(false)),
    ...[1, 2, 3, 4].flatMap((number) => block(`block${number}`, number === 1 ? 'stem' : `block${number - 1}`)),
    ...head('block4', 12),
  ],
});

/** The seed's block: depthwise, then pointwise. */
const separableBlock = (id: string, from: string) =>
  inRow(
    from,
    [...separable(64, 1), relu].map((layer, at, all) => [at === all.length - 1 ? id : `${id}/${at}`, layer]),
  );

export const workloads: readonly Workload[] = [
  { name: 'study net', network: studyNet(), batch: 16 },
  { name: 'study net', network: studyNet(), batch: 64 },
  { name: 'ResNet-8 supernet', network: resnet8Supernet(10), batch: 32 },
  { name: 'ResNet-8 paths', network: resnet8Supernet(10), batch: 32, paths: true },
  { name: 'ResNet-8 seed', network: resnet8Seed(10), batch: 32 },
  { name: 'ResNet-8 channels', network: resnet8Seed(10), batch: 32, channels: true },
  { name: 'DS-CNN seed', network: dsCnn(separableBlock), batch: 32 },
  { name: 'DS-CNN supernet', network: dsCnn((id, from) => [place(id, from)]), batch: 32 },
  { name: 'MobileNet seed', network: mobileNetSeed(2), batch: 8 },
  { name: 'MobileNet supernet', network: mobileNetSupernet(2), batch: 8 },
  { name: 'autoencoder seed', network: autoencoderSeed(640), batch: 64, loss: 'meanSquaredError' },
  { name: 'autoencoder supernet', network: autoencoderSupernet(640), batch: 64, loss: 'meanSquaredError' },
  { name: 'ResNet-18 seed', network: resnet18(20, 32, 16), batch: 32 },
  { name: 'ResNet-18 channels', network: resnet18(20, 32, 16), batch: 32, channels: true },
];
