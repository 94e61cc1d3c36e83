/**
 * The workloads that benchmarks measure and whose calls tests count: supernets of the paper's benchmarks, and the seed ResNet-8.
 * Sizes and candidates: docs/performance.md. DS-CNN lacks its dropout, because that costs next to nothing and its random numbers
 * differ between frameworks.
 */
import type { Attributes } from '../src/core/ops/index';
import type { Candidate, Layer, Network } from '../src/core/network/network';
import { resnet8Seed, resnet8Supernet } from '../src/core/network/resnet8';

export interface Workload {
  readonly name: string;
  readonly network: Network;
  readonly batch: number;
  /** Whether its channels are searched; candidates are searched wherever there are any. */
  readonly channels?: true;
}

const batchNorm: Attributes = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };
const relu: Attributes = { op: 'relu' };
const conv = (filters: number, size: number, stride = 1): Attributes => ({
  op: 'conv2d',
  filters,
  kernel: [size, size],
  stride: [stride, stride],
  padding: around(size),
  bias: false,
});
const depthwise = (size: number, stride = 1): Attributes => ({
  op: 'depthwiseConv2d',
  kernel: [size, size],
  stride: [stride, stride],
  padding: around(size),
  bias: false,
});

function around(size: number): [[number, number], [number, number]] {
  const edge = (size - 1) / 2;
  return [
    [edge, edge],
    [edge, edge],
  ];
}

const separable = (filters: number, stride: number): Attributes[] => [depthwise(3, stride), batchNorm, relu, conv(filters, 1), batchNorm];

/** The candidates of most benchmarks at one place; they include an identity where it fits. */
function place(id: string, from: string, filters: number, stride: number, identity: boolean): Layer {
  const candidates: Candidate[] = [
    { name: 'conv3x3', layers: [conv(filters, 3, stride), batchNorm, relu] },
    { name: 'conv5x5', layers: [conv(filters, 5, stride), batchNorm, relu] },
    { name: 'dsconv3x3', layers: [...separable(filters, stride), relu] },
    ...(identity ? [{ name: 'identity', layers: [{ op: 'identity' as const }] }] : []),
  ];
  return { id, op: 'mixedOp', inputs: [from], candidates };
}

const fixed = (id: string, from: string, attributes: Attributes): Layer => ({ ...attributes, id, inputs: [from] }) as Layer;

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
  const stack = (name: string, from: string, filters: number, stride: number): Layer[] => [
    mixed(`${name}a`, from, filters, stride),
    fixed(`${name}aRelu`, `${name}a`, relu),
    mixed(`${name}b`, `${name}aRelu`, filters, 1),
    ...(stride === 1 ? [] : [fixed(`${name}SkipConv`, from, conv(filters, 1, stride)), fixed(`${name}Skip`, `${name}SkipConv`, batchNorm)]),
    { id: `${name}Join`, op: 'add', inputs: [`${name}b`, stride === 1 ? from : `${name}Skip`] },
    fixed(name, `${name}Join`, relu),
  ];
  return {
    input: [32, 32, 3],
    layers: [
      fixed('stemConv', 'input', conv(16, 3)),
      fixed('stemBn', 'stemConv', batchNorm),
      fixed('stem', 'stemBn', relu),
      ...stack('stack1', 'stem', 16, 1),
      ...stack('stack2', 'stack1', 32, 2),
      ...stack('stack3', 'stack2', 64, 2),
      fixed('pool', 'stack3', { op: 'globalAvgPool' }),
      fixed('logits', 'pool', { op: 'dense', units: 10, bias: true }),
    ],
  };
}

function dsCnnSpace(): Network {
  const stem: Attributes = {
    op: 'conv2d',
    filters: 64,
    kernel: [10, 4],
    stride: [2, 2],
    padding: [
      [5, 5],
      [1, 1],
    ],
    bias: false,
  };
  return {
    input: [49, 10, 1],
    layers: [
      fixed('stemConv', 'input', stem),
      fixed('stemBn', 'stemConv', batchNorm),
      fixed('stem', 'stemBn', relu),
      ...[1, 2, 3, 4].map((block) => place(`block${block}`, block === 1 ? 'stem' : `block${block - 1}`, 64, 1, true)),
      fixed('pool', 'block4', { op: 'globalAvgPool' }),
      fixed('logits', 'pool', { op: 'dense', units: 12, bias: true }),
    ],
  };
}

/** Stride and channels of MobileNet's blocks 2 to 14, at width 0.25. */
const mobileNetBlocks: readonly (readonly [number, number])[] = [
  [1, 16],
  [2, 32],
  [1, 32],
  [2, 64],
  [1, 64],
  [2, 128],
  ...Array.from({ length: 5 }, () => [1, 128] as const),
  [2, 256],
  [1, 256],
];

function mobileNetSpace(): Network {
  let before = 'stem';
  let channels = 8;
  const blocks = mobileNetBlocks.map(([stride, filters], index) => {
    const layer = place(`block${index + 2}`, before, filters, stride, stride === 1 && filters === channels);
    before = layer.id;
    channels = filters;
    return layer;
  });
  return {
    input: [96, 96, 3],
    layers: [
      fixed('stemConv', 'input', conv(8, 3, 2)),
      fixed('stemBn', 'stemConv', batchNorm),
      fixed('stem', 'stemBn', relu),
      ...blocks,
      fixed('pool', before, { op: 'globalAvgPool' }),
      fixed('logits', 'pool', { op: 'dense', units: 2, bias: true }),
    ],
  };
}

export const workloads: readonly Workload[] = [
  { name: 'study net', network: studyNet(), batch: 16 },
  { name: 'study net', network: studyNet(), batch: 64 },
  { name: 'ResNet-8 supernet', network: resnet8Supernet(10), batch: 32 },
  { name: 'ResNet-8 seed', network: resnet8Seed(10), batch: 32 },
  { name: 'ResNet-8 channels', network: resnet8Seed(10), batch: 32, channels: true },
  { name: 'DS-CNN supernet', network: dsCnnSpace(), batch: 32 },
  { name: 'MobileNet supernet', network: mobileNetSpace(), batch: 8 },
];
