import { describe, expect, it } from 'vitest';
import { channelMap } from './channels';
import { parseNetwork } from './network';
import { planNetwork } from './plan';
import { resnet8Seed, resnet8Supernet } from './resnet8';

const window = { kernel: [3, 3], stride: [1, 1], padding: 'same', bias: false };
const conv = (id: string, from: string, filters: number) => ({ id, op: 'conv2d', inputs: [from], filters, ...window });
const depthwise = (id: string, from: string) => ({ id, op: 'depthwiseConv2d', inputs: [from], ...window });
const head = (from: string) => [
  { id: 'pool', op: 'globalAvgPool', inputs: [from] },
  { id: 'logits', op: 'dense', inputs: ['pool'], units: 10, bias: true },
];
const mapOf = (...layers: object[]) => channelMap(planNetwork(parseNetwork({ input: [8, 8, 3], layers })));
const groupsOf = (...layers: object[]) => mapOf(...layers).groups.map(({ layers: members }) => members);

describe('groups of channels', () => {
  it('of ResNet-8 are one per block, and one per stack for what meets in its sum', () => {
    const { groups } = channelMap(planNetwork(resnet8Seed(10)));
    expect(groups.map(({ id, channels, layers }) => [id, channels, layers.join(' ')])).toEqual([
      ['stemConv', 16, 'stemConv stack1bConv'],
      ['stack1aConv', 16, 'stack1aConv'],
      ['stack2aConv', 32, 'stack2aConv'],
      ['stack2bConv', 32, 'stack2bConv stack2Skip'],
      ['stack3aConv', 64, 'stack3aConv'],
      ['stack3bConv', 64, 'stack3bConv stack3Skip'],
    ]);
  });

  it('of a supernet join what its candidates make', () => {
    const { groups } = channelMap(planNetwork(resnet8Supernet(10)));
    const stack2 = groups.find(({ layers }) => layers.includes('stack2SkipConv'));
    expect(stack2?.layers).toContain('stack2b/conv5x5/0');
    // The separable candidate's depthwise layer follows the block's input; the skip passes it on.
    expect(stack2?.layers).toContain('stack2b/dsconv3x3/0');
    expect(stack2?.layers).toContain('stack2a/conv3x3/0');
  });

  it('keep depthwise layers with what they read', () => {
    expect(groupsOf(conv('a', 'input', 4), depthwise('b', 'a'), ...head('b'))).toEqual([['a', 'b']]);
  });

  it('leave out the input, whatever is joined with it, and the logits', () => {
    expect(groupsOf(depthwise('a', 'input'), ...head('a'))).toEqual([]);
    expect(groupsOf(conv('a', 'input', 3), { id: 'join', op: 'add', inputs: ['a', 'input'] }, ...head('join'))).toEqual([]);
    expect(
      groupsOf({ id: 'flat', op: 'flatten', inputs: ['input'] }, { id: 'fc', op: 'dense', inputs: ['flat'], units: 4, bias: true }),
    ).toEqual([]);
  });

  it('leave out what passes a softmax, and single channels', () => {
    expect(groupsOf(conv('a', 'input', 4), { id: 'attention', op: 'softmax', inputs: ['a'] }, ...head('attention'))).toEqual([]);
    expect(groupsOf(conv('a', 'input', 1), ...head('a'))).toEqual([]);
  });

  it('repeat after a flatten, once per pixel', () => {
    const map = mapOf(
      conv('a', 'input', 4),
      { id: 'flat', op: 'flatten', inputs: ['a'] },
      { id: 'logits', op: 'dense', inputs: ['flat'], units: 2, bias: true },
    );
    expect(map.inputs.get('logits')).toMatchObject({ repeat: 64, group: { id: 'a', channels: 4 } });
  });
});
