import { describe, expect, it } from 'vitest';
import { inChinese } from '../../../tests/support/inChinese';
import { WorkbenchError } from '../errors';
import { chooseCandidates } from './choose';
import { parseNetwork } from './network';
import { planNetwork } from './plan';
import { resnet8Supernet } from './resnet8';

const dense = { id: 'logits', op: 'dense', inputs: ['input'], units: 4, bias: true };
const conv = { op: 'conv2d', filters: 4, kernel: [3, 3], stride: [1, 1], padding: 'same', bias: false };

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(WorkbenchError);
    expect((error as WorkbenchError).code).toBe('invalid-network');
    return (error as WorkbenchError).message;
  }
  throw new Error('nothing was thrown');
}

describe('parseNetwork', () => {
  it('accepts every network that the program makes, unchanged', () => {
    const network = resnet8Supernet(10);
    expect(parseNetwork(JSON.parse(JSON.stringify(network)))).toEqual(network);
  });

  it.each([
    ['an operation that does not exist', { ...dense, op: 'lstm' }, /layer "logits".*no operation "lstm".*conv2d/],
    ['a missing attribute', { id: 'logits', op: 'dense', inputs: ['input'], units: 4 }, /layer "logits".*bias/],
    ['an attribute of another operation', { ...dense, kernel: [3, 3] }, /layer "logits".*kernel/],
    ['a number out of range', { ...dense, units: 0 }, /layer "logits".*units/],
    ['a mixed operation without candidates', { id: 'mix', op: 'mixedOp', inputs: ['input'], candidates: [] }, /layer "mix".*candidates/],
    [
      'a wrong layer in a candidate',
      { id: 'mix', op: 'mixedOp', inputs: ['input'], candidates: [{ name: 'a', layers: [{ op: 'relu', rate: 1 }] }] },
      /layer "mix", candidate "a", layer 0.*rate/,
    ],
  ])('names the place and the rule for %s', (_, layer, message) => {
    expect(messageOf(() => parseNetwork({ input: [8], layers: [layer] }))).toMatch(message);
  });
});

describe('planNetwork', () => {
  const network = (...layers: object[]) => parseNetwork({ input: [9, 7, 3], layers });

  it('infers shapes through strides, paddings and pooling', () => {
    const plan = planNetwork(
      network(
        { ...conv, id: 'a', inputs: ['input'], stride: [2, 2] },
        {
          ...conv,
          id: 'b',
          inputs: ['a'],
          kernel: [5, 3],
          padding: [
            [2, 1],
            [0, 1],
          ],
        },
        { id: 'c', op: 'maxPool', inputs: ['b'], kernel: [2, 2], stride: [2, 2], padding: 'valid' },
        { id: 'd', op: 'flatten', inputs: ['c'] },
      ),
    );
    expect(plan.layers.map(({ outputShape }) => outputShape)).toEqual([[5, 4, 4], [4, 3, 4], [2, 1, 4], [8]]);
  });

  it('names parameters by layer, candidate and place in the candidate', () => {
    const mix = {
      id: 'mix',
      op: 'mixedOp',
      inputs: ['a'],
      candidates: [
        { name: 'one', layers: [{ ...conv, kernel: [1, 1] }] },
        { name: 'skip', layers: [{ op: 'identity' }] },
      ],
    };
    const plan = planNetwork(network({ ...conv, id: 'a', inputs: ['input'] }, { ...mix }));
    expect(plan.parameters.map(({ fullName }) => fullName)).toEqual(['a/kernel', 'mix/one/0/kernel']);
  });

  it.each([
    ['an input that does not stand before', [{ ...conv, id: 'a', inputs: ['b'] }], /layer "a".*"b"/],
    [
      'a name that is taken',
      [
        { ...conv, id: 'a', inputs: ['input'] },
        { ...conv, id: 'a', inputs: ['a'] },
      ],
      /layer "a".*taken/,
    ],
    [
      'an add of different shapes',
      [
        { ...conv, id: 'a', inputs: ['input'] },
        { id: 'b', op: 'add', inputs: ['a', 'input'] },
      ],
      /layer "b".*one shape/,
    ],
    ['a dense layer on an image', [dense], /layer "logits".*flat/],
    [
      'a window that does not fit',
      [{ ...conv, id: 'a', inputs: ['input'], kernel: [11, 11], padding: 'valid' }],
      /layer "a".*does not fit/,
    ],
    [
      'candidates that end in different shapes',
      [
        {
          id: 'mix',
          op: 'mixedOp',
          inputs: ['input'],
          candidates: [
            { name: 'one', layers: [conv] },
            { name: 'skip', layers: [{ op: 'identity' }] },
          ],
        },
      ],
      /layer "mix".*different shapes/,
    ],
  ])('tells of %s', (_, layers, message) => {
    expect(messageOf(() => planNetwork(network(...layers)))).toMatch(message);
  });

  it('tells the whole reason in the language in use later', () => {
    expect(inChinese(() => planNetwork(network(dense)))).toBe(
      '层“logits”：dense 需要一维输入，而不是 [9, 7, 3]；请在它前面放置 flatten 或 globalAvgPool',
    );
  });
});

describe('chooseCandidates', () => {
  const supernet = resnet8Supernet(10);
  const choice = {
    stem: 'conv3x3',
    stack1a: 'dsconv3x3',
    stack1b: 'identity',
    stack2a: 'conv5x5',
    stack2b: 'conv3x3',
    stack3a: 'conv3x3',
    stack3b: 'identity',
  };

  it('keeps the supernet’s parameter names, so that trained values carry over', () => {
    const inSupernet = new Map(planNetwork(supernet).parameters.map(({ fullName, shape }) => [fullName, shape]));
    const derived = planNetwork(chooseCandidates(supernet, choice)).parameters;
    expect(derived.length).toBeGreaterThan(20);
    for (const { fullName, shape } of derived) expect(inSupernet.get(fullName), fullName).toEqual(shape);
  });

  it('tells which candidates there are when one does not exist', () => {
    expect(messageOf(() => chooseCandidates(supernet, { ...choice, stem: 'identity' }))).toMatch(
      /"stem" offers conv3x3, conv5x5, dsconv3x3, not identity/,
    );
  });
});
