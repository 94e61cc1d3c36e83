import { expect, it } from 'vitest';
import { closer, createTimeAxis, further, rangeBetween } from './timeAxis';

it('tells every chart the step and the range, and nothing when they stay', () => {
  const axis = createTimeAxis();
  const told: unknown[] = [];
  axis.store.subscribe(({ step, range }) => told.push([step, range]));
  axis.point(7);
  axis.point(7);
  axis.zoom({ from: 5, to: 9 });
  axis.zoom(null);
  expect(told).toEqual([
    [7, null],
    [7, { from: 5, to: 9 }],
    [7, null],
  ]);
});

it('makes a range of two steps in any order, never of too few', () => {
  expect(rangeBetween(30.4, 9.6)).toEqual({ from: 10, to: 30 });
  expect(rangeBetween(50, 50)).toEqual({ from: 48, to: 52 });
  expect(rangeBetween(0, 1)).toEqual({ from: 0, to: 4 });
});

it('zooms in around a step and out again, until all is shown', () => {
  const whole = { from: 1, to: 101 };
  const half = closer(whole, 21);
  expect(half).toEqual({ from: 11, to: 61 });
  expect(further(half, whole)).toEqual({ from: 1, to: 86 });
  expect(further({ from: 1, to: 86 }, whole)).toBeNull();
});
