import { expect, it } from 'vitest';
import { quarters, roundSteps } from './ticks';

it('steps are the ends and round numbers between', () => {
  expect(roundSteps(1, 198)).toEqual([1, 50, 100, 150, 198]);
  expect(roundSteps(4, 1260)).toEqual([4, 500, 1000, 1260]);
  expect(roundSteps(1, 50_000)).toEqual([1, 10_000, 20_000, 30_000, 40_000, 50_000]);
  expect(roundSteps(16, 20)).toEqual([16, 17, 18, 19, 20]);
  expect(roundSteps(0, 1)).toEqual([0, 1]);
});

it('quarters are even', () => {
  expect(quarters(0, 10)).toEqual([0, 2.5, 5, 7.5, 10]);
  expect(quarters(0, 3.2)).toEqual([0, 0.8, 1.6, 2.4000000000000004, 3.2]);
});
