import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../network/network';
import { planNetwork } from '../network/plan';
import { activationSteps } from './activations';

const steps = (layers: object[], input = [4, 4, 2]) => activationSteps(planNetwork(parseNetwork({ input, layers })));
const live = (layers: object[]) =>
  Object.fromEntries(steps(layers).map((step) => [step.path, step.live.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')]));

const conv = (id: string, from: string, filters: number) => ({
  id,
  op: 'conv2d',
  inputs: [from],
  filters,
  kernel: [3, 3],
  stride: [1, 1],
  padding: 'same',
  bias: false,
});
const norm = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };

describe('live activations', () => {
  it('are the input and the output of an operation, and nothing more of it in a batch norm or ReLU', () => {
    expect(live([conv('a', 'input', 3), { ...norm, id: 'bn', inputs: ['a'] }, { id: 'relu', op: 'relu', inputs: ['bn'] }])).toEqual({
      a: 'input 32, a 48',
      bn: 'a 48',
      relu: 'bn 48',
    });
  });

  it('include the input of a residual connection until its add, which writes a value of its own', () => {
    const layers = [conv('a', 'input', 3), conv('b', 'a', 1), conv('c', 'b', 3), { id: 'sum', op: 'add', inputs: ['c', 'a'] }];
    expect(live(layers)).toEqual({
      a: 'input 32, a 48',
      b: 'a 48, b 16',
      c: 'a 48, b 16, c 48',
      sum: 'a 48, c 48, sum 48',
    });
  });

  it('count a value once that an operation reads twice', () => {
    expect(live([{ id: 'sum', op: 'add', inputs: ['input', 'input'] }])).toEqual({ sum: 'input 32, sum 32' });
  });

  it('keep both sides of a ReLU whose input is read again later', () => {
    const layers = [conv('a', 'input', 3), { id: 'relu', op: 'relu', inputs: ['a'] }, { id: 'sum', op: 'add', inputs: ['relu', 'a'] }];
    expect(live(layers).relu).toBe('a 48, relu 48');
  });

  it('shrink to a pool’s channels', () => {
    expect(live([{ id: 'pool', op: 'globalAvgPool', inputs: ['input'] }])).toEqual({ pool: 'input 32, pool 2' });
  });

  it('are told for every candidate of a mixed operation, with what is kept besides it', () => {
    const { id, inputs, ...plain } = conv('', '', 2);
    const layers = [
      {
        id: 'mix',
        op: 'mixedOp',
        inputs: ['input'],
        candidates: [
          { name: 'wide', layers: [{ ...plain, filters: 5 }, norm, plain] },
          { name: 'identity', layers: [{ op: 'identity' }] },
        ],
      },
      { id: 'sum', op: 'add', inputs: ['mix', 'input'] },
    ];
    expect(live(layers)).toEqual({
      'mix/wide/0': 'input 32, mix/wide/0 80',
      'mix/wide/1': 'input 32, mix/wide/0 80',
      'mix/wide/2': 'input 32, mix/wide/1 80, mix/wide/2 32',
      'mix/identity/0': 'input 32, mix/identity/0 32',
      sum: 'input 32, mix 32, sum 32',
    });
    expect(steps(layers).map(({ choice }) => choice?.candidate)).toEqual(['wide', 'wide', 'wide', 'identity', undefined]);
  });
});
