/**
 * ResNet-18 for small pictures, as the paper searches it on Tiny ImageNet: a first convolution of 3x3 without a pool. Source:
 * eml-eda/pytorch-benchmarks (tiny_imagenet, standard_head false), torchvision.models.resnet18 (the blocks).
 */
import type { Attributes } from '../ops/index';
import { batchNorm, conv, inRow, relu } from './builders';
import { INPUT } from './input';
import type { Layer, Network } from './network';

/** Filters of a stage over those of the first, and its stride. Each stage has two blocks. */
const STAGES = [
  [1, 1],
  [2, 2],
  [4, 2],
  [8, 2],
] as const;

/**
 * @param classes 200 in the benchmark
 * @param side height and width of a picture, 64 in the benchmark
 * @param filters of the first convolution and stage, 64 in the benchmark
 */
export function resnet18(classes: number, side = 64, filters = 64): Network {
  const layers = [...normed('stem', INPUT, conv(filters, 3), true)];
  let from = 'stem';
  let channels = filters;
  STAGES.forEach(([times, firstStride], index) => {
    for (const part of ['a', 'b']) {
      const stride = part === 'a' ? firstStride : 1;
      const width = filters * times;
      layers.push(...block(`stage${index + 1}${part}`, from, width, stride, stride !== 1 || width !== channels));
      from = `stage${index + 1}${part}`;
      channels = width;
    }
  });
  return {
    input: [side, side, 3],
    layers: [
      ...layers,
      ...inRow(from, [
        ['pool', { op: 'globalAvgPool' }],
        ['logits', { op: 'dense', units: classes, bias: true }],
      ]),
    ],
  };
}

/** Two 3x3 convolutions beside a shortcut, which is a 1x1 convolution where the shape changes. */
function block(id: string, from: string, filters: number, stride: number, reshaped: boolean): Layer[] {
  return [
    ...normed(`${id}1`, from, conv(filters, 3, stride), true),
    ...normed(`${id}2`, `${id}1`, conv(filters, 3), false),
    ...(reshaped ? normed(`${id}Skip`, from, conv(filters, 1, stride), false) : []),
    { id: `${id}Join`, op: 'add', inputs: [`${id}2`, reshaped ? `${id}Skip` : from] },
    { id, op: 'relu', inputs: [`${id}Join`] },
  ];
}

/** A convolution with batch norm; the last layer has the plain id. */
function normed(id: string, from: string, convolution: Attributes, withRelu: boolean): Layer[] {
  const named: [string, Attributes][] = withRelu
    ? [
        [`${id}Conv`, convolution],
        [`${id}Bn`, batchNorm],
        [id, relu],
      ]
    : [
        [`${id}Conv`, convolution],
        [id, batchNorm],
      ];
  return inRow(from, named);
}
