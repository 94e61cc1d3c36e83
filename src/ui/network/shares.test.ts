import { expect, it } from 'vitest';
import { costOf, shareOf } from './shares';

const costs = {
  metrics: ['flashBytes', 'ramBytes'] as const,
  layers: new Map([
    ['a', [10, 300]],
    ['b', [30, 400]],
    ['c', [0, 200]],
  ]),
};
const some = (...ids: string[]) => ids.map((id) => ({ id }));

it('adds up costs of layers, and takes the most of their peaks', () => {
  expect(costOf(costs, some('a', 'b'), 'flashBytes')).toBe(40);
  expect(costOf(costs, some('a', 'b'), 'ramBytes')).toBe(400);
  expect(shareOf(costs, some('b'), 'flashBytes')).toBe(0.75);
  expect(shareOf(costs, some('a', 'c'), 'ramBytes')).toBe(0.75);
  expect(shareOf({ ...costs, layers: new Map() }, some('a'), 'flashBytes')).toBe(0);
});
