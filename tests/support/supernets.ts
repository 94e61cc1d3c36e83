/** A small supernet whose candidates differ in every cost, peak RAM included, with a residual connection across two places. */
import { batchNorm as norm, conv, depthwise, relu } from '../../src/core/network/builders';
import { parseNetwork, type Network } from '../../src/core/network/network';

const same = (filters: number, size: number, stride = 1) => conv(filters, size, stride, 'same');
const sameDepthwise = (stride: number) => depthwise(3, stride, 'same');

/** @param channels of the block's input and output */
const candidates = (channels: number, stride: number) => [
  { name: 'conv3x3', layers: [same(channels, 3, stride), norm, relu] },
  { name: 'conv5x5', layers: [same(channels, 5, stride), norm, relu] },
  { name: 'dsconv3x3', layers: [sameDepthwise(stride), norm, relu, same(channels, 1), norm, relu] },
  // An inverted bottleneck has few weights, but uses much memory while it runs.
  { name: 'expand', layers: [same(4 * channels, 1), norm, relu, sameDepthwise(stride), norm, relu, same(channels, 1), norm] },
  ...(stride === 1 ? [{ name: 'identity', layers: [{ op: 'identity' }] }] : []),
];

export const variedSupernet: Network = parseNetwork({
  input: [12, 12, 3],
  layers: [
    { ...same(4, 3), id: 'stem', inputs: ['input'] },
    { ...norm, id: 'stemBn', inputs: ['stem'] },
    { id: 'a', op: 'mixedOp', inputs: ['stemBn'], candidates: candidates(4, 1) },
    { id: 'b', op: 'mixedOp', inputs: ['a'], candidates: candidates(4, 1) },
    { id: 'join', op: 'add', inputs: ['b', 'stemBn'] },
    { id: 'joinRelu', op: 'relu', inputs: ['join'] },
    { id: 'c', op: 'mixedOp', inputs: ['joinRelu'], candidates: candidates(6, 2) },
    { id: 'd', op: 'mixedOp', inputs: ['c'], candidates: candidates(6, 1) },
    { id: 'pool', op: 'globalAvgPool', inputs: ['d'] },
    { id: 'logits', op: 'dense', inputs: ['pool'], units: 5, bias: true },
  ],
});

/** Every choice of candidates, as an index per mixed operation. */
export function everyChoice(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (choices, size) => choices.flatMap((choice) => Array.from({ length: size }, (_, pick) => [...choice, pick])),
    [[]],
  );
}
