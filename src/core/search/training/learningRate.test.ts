import { expect, it } from 'vitest';
import { geometric, scheduledRate } from './learningRate';
import type { Schedule } from '../../config/searchConfig';

it.each<[Schedule, number, number]>([
  ['constant', 0.2, 0.2],
  ['cosine', 0.2 * (0.5 + 0.5 * Math.SQRT1_2), 0.1],
  ['exponential', 0.2 * 0.99, 0.2 * 0.99 ** 2],
  ['steps', 0.2, 0.04],
  [[[1, 0.5]], 0.1, 0.1],
  [
    [
      [1, 0.5],
      [2, 0.25],
    ],
    0.1,
    0.05,
  ],
])('a %s learning rate falls as its name says', (schedule, quarter, half) => {
  expect(scheduledRate(schedule, 0.2, { epoch: 0, share: 0 })).toBe(0.2);
  expect(scheduledRate(schedule, 0.2, { epoch: 1, share: 0.25 })).toBeCloseTo(quarter, 12);
  expect(scheduledRate(schedule, 0.2, { epoch: 2, share: 0.5 })).toBeCloseTo(half, 12);
});

it('a stepwise learning rate falls at thirds of a phase', () => {
  const rates = [0.33, 0.34, 0.66, 0.67].map((share) => scheduledRate('steps', 1, { epoch: 0, share }));
  expect(rates).toEqual([1, 0.2, 0.2, expect.closeTo(0.04, 12)]);
});

it('a temperature falls by the same factor at every step', () => {
  expect([0, 0.5, 1].map((progress) => geometric(1, 0.04, progress))).toEqual([1, expect.closeTo(0.2, 12), expect.closeTo(0.04, 12)]);
});
