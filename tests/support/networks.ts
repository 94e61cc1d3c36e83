/** Networks for tests of the fused training steps. */
import { batchNorm, conv, depthwise, inRow, relu } from '../../src/core/network/builders';
import { INPUT } from '../../src/core/network/input';
import type { Layer, Network } from '../../src/core/network/network';
import type { Attributes } from '../../src/core/ops/index';
import type { Padding, Pair } from '../../src/core/ops/window';

/** A network that is one chain of layers, ending in logits. */
export function chain(input: readonly number[], layers: readonly Attributes[]): Network {
  const all: Attributes[] = [...layers, { op: 'globalAvgPool' }, { op: 'dense', units: 5, bias: true }];
  return {
    input: [...input],
    layers: inRow(
      INPUT,
      all.map((attributes, index) => [`l${index}`, attributes]),
    ),
  };
}

/** Networks that give back their inputs: vectors and a picture, of sizes that vectors of four divide evenly and others. */
export const autoencoders: readonly (readonly [string, Network])[] = [[16], [13], [3, 2, 5], [2, 2, 4]].map((input) => [
  `${input.join(' x ')} numbers`,
  {
    input,
    layers: inRow(INPUT, [
      ['f', { op: 'flatten' }],
      ['a', { op: 'dense', units: 7, bias: true }],
      ['n', batchNorm],
      ['r', relu],
      ['b', { op: 'dense', units: input.reduce((a, b) => a * b), bias: true }],
    ]),
  },
]);

/** Dropout after every kind of layer, twice in a row, before a ReLU, in candidates, at a channel count that fours do not divide. */
export const droppedOut: readonly (readonly [string, Network])[] = [
  [
    'in a chain',
    chain(
      [6, 5, 3],
      [
        { op: 'dropout', rate: 0.1 },
        conv(5, [3, 3], [1, 1], 'same', true),
        { op: 'dropout', rate: 0.3 },
        relu,
        conv(8, [3, 3], [1, 1], 'same'),
        batchNorm,
        relu,
        { op: 'dropout', rate: 0.25 },
        { op: 'dropout', rate: 0 },
        { op: 'dropout', rate: 0.5 },
        depthwise([3, 3], [1, 1], 'same'),
        batchNorm,
        { op: 'dropout', rate: 0.4 },
      ],
    ),
  ],
  [
    'around adds and in candidates',
    {
      input: [5, 5, 4],
      layers: [
        {
          id: 'c',
          op: 'mixedOp',
          inputs: ['input'],
          candidates: [
            { name: 'dropped', layers: [conv(6, [3, 3], [1, 1], 'same'), batchNorm, relu, { op: 'dropout', rate: 0.3 }] },
            { name: 'inside', layers: [conv(6, [1, 1], [1, 1], 'same'), { op: 'dropout', rate: 0.5 }, batchNorm] },
          ],
        },
        { id: 'd', op: 'dropout', rate: 0.2, inputs: ['c'] },
        { id: 'j', op: 'add', inputs: ['d', 'c'] },
        { id: 'e', op: 'dropout', rate: 0.2, inputs: ['j'] },
        { id: 'k', op: 'add', inputs: ['e', 'j'] },
        { id: 'r', ...relu, inputs: ['k'] },
        { id: 'g', op: 'dropout', rate: 0.6, inputs: ['r'] },
        { id: 'f', op: 'flatten', inputs: ['g'] },
        { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['f'] },
      ] as Layer[],
    },
  ],
];

/** Kernel, stride, padding and channels of two convolutions with a depthwise one between them. */
const windows: readonly (readonly [Pair, Pair, Padding, readonly [number, number], readonly [number, number]])[] = [
  [[3, 3], [1, 1], 'same', [8, 8], [16, 8]],
  [
    [3, 3],
    [2, 2],
    [
      [1, 1],
      [1, 1],
    ],
    [9, 7],
    [5, 7],
  ],
  [[3, 3], [2, 2], 'same', [8, 8], [12, 9]],
  [[3, 3], [2, 2], 'valid', [13, 13], [4, 3]],
  [
    [5, 5],
    [1, 1],
    [
      [2, 2],
      [2, 2],
    ],
    [8, 8],
    [8, 16],
  ],
  [
    [5, 5],
    [2, 2],
    [
      [2, 2],
      [2, 2],
    ],
    [12, 12],
    [3, 10],
  ],
  [[1, 1], [1, 1], 'valid', [5, 6], [6, 2]],
  [[1, 1], [2, 2], 'valid', [8, 7], [20, 11]],
  [
    [4, 2],
    [2, 2],
    [
      [1, 2],
      [0, 1],
    ],
    [16, 10],
    [7, 13],
  ],
  [[3, 3], [1, 1], 'valid', [11, 9], [12, 8]],
  [[5, 5], [1, 1], 'same', [7, 9], [8, 12]],
  [
    [5, 5],
    [1, 1],
    [
      [0, 3],
      [2, 1],
    ],
    [6, 13],
    [20, 8],
  ],
  [[2, 2], [3, 3], 'valid', [12, 11], [8, 8]],
  [[3, 3], [2, 1], 'same', [9, 8], [8, 12]],
  [[3, 5], [1, 2], 'same', [6, 11], [12, 8]],
  [[1, 3], [1, 1], 'same', [1, 16], [9, 17]],
];

/** Networks that together use every kernel, at sizes and channel counts that tiles divide evenly and others. */
export const networks: readonly (readonly [string, Network])[] = [
  ...windows.map(
    ([kernel, stride, padding, size, [first, second]]) =>
      [
        `kernel ${kernel.join('x')}, stride ${stride.join('x')}, padding ${JSON.stringify(padding)}, ${first} and ${second} channels`,
        chain(
          [...size, 3],
          [
            conv(first, [3, 3], [1, 1], 'same'),
            batchNorm,
            relu,
            depthwise(kernel, stride, padding, true),
            relu,
            conv(second, [3, 3], [1, 1], 'same'),
            relu,
            conv(second, [1, 1], [1, 1], 'same'),
            batchNorm,
          ],
        ),
      ] as const,
  ),
  ...windows.map(
    ([kernel, stride, padding, size, [first, second]]) =>
      [
        `convolution ${kernel.join('x')}, stride ${stride.join('x')}, padding ${JSON.stringify(padding)}, ${first} to ${second} channels`,
        chain([...size, 4], [conv(first, [1, 1], [1, 1], 'same'), batchNorm, conv(second, kernel, stride, padding, true), relu]),
      ] as const,
  ),
  [
    'values that several layers read, adds without batch norm, a flattened picture',
    {
      input: [6, 6, 3],
      layers: [
        { id: 'a', ...conv(6, [3, 3], [1, 1], 'same', true), inputs: ['input'] },
        { id: 'b', ...relu, inputs: ['a'] },
        { id: 'c', ...conv(6, [1, 1], [1, 1], 'same'), inputs: ['b'] },
        { id: 'd', op: 'add', inputs: ['b', 'c', 'a'] },
        { id: 'e', ...batchNorm, inputs: ['d'] },
        { id: 'f', op: 'add', inputs: ['e', 'd'] },
        { id: 'g', ...relu, inputs: ['f'] },
        { id: 'h', op: 'flatten', inputs: ['g'] },
        { id: 'i', op: 'dense', units: 9, bias: false, inputs: ['h'] },
        { id: 'j', ...batchNorm, inputs: ['i'] },
        { id: 'k', ...relu, inputs: ['j'] },
        { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['k'] },
      ] as Layer[],
    },
  ],
  [
    'mixed operations: with and without batch norm and ReLU, an identity, a join',
    {
      input: [8, 8, 4],
      layers: [
        {
          id: 'm',
          op: 'mixedOp',
          inputs: ['input'],
          candidates: [
            { name: 'bnRelu', layers: [conv(4, [3, 3], [1, 1], 'same'), batchNorm, relu] },
            { name: 'plain', layers: [conv(4, [1, 1], [1, 1], 'same', true)] },
            { name: 'separable', layers: [depthwise([3, 3], [1, 1], 'same'), batchNorm, relu, conv(4, [1, 1], [1, 1], 'same'), batchNorm] },
            { name: 'identity', layers: [{ op: 'identity' }] },
          ],
        },
        {
          id: 'n',
          op: 'mixedOp',
          inputs: ['m'],
          candidates: [
            { name: 'relu', layers: [relu] },
            { name: 'bn', layers: [batchNorm] },
          ],
        },
        { id: 'j', op: 'add', inputs: ['n', 'm'] },
        { id: 'r', ...relu, inputs: ['j'] },
        { id: 'p', op: 'avgPool', kernel: [8, 8], stride: [8, 8], padding: 'valid', inputs: ['r'] } as Layer,
        { id: 'f', op: 'flatten', inputs: ['p'] },
        { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['f'] },
      ] as Layer[],
    },
  ],
];
