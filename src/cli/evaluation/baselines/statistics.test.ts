import { describe, expect, it } from 'vitest';
import { mean, median, percentileAmong, standardError } from './statistics';

describe('mean and standard error', () => {
  it('are those of a hand-computed sample', () => {
    expect(mean([2, 4, 4, 6])).toBe(4);
    // Squares 4 + 0 + 0 + 4, over 3, over 4: its root.
    expect(standardError([2, 4, 4, 6])).toBeCloseTo(Math.sqrt(8 / 12), 12);
  });

  it('one value has no error', () => {
    expect(standardError([3])).toBeNull();
  });
});

it('the median is the middle value, or the mean of the middle two', () => {
  expect(median([7])).toBe(7);
  expect(median([9, 1, 2])).toBe(2);
  expect(median([9, 1, 2, 4])).toBe(3);
});

it('a percentile counts equal values by half', () => {
  expect(percentileAmong(5, [1, 2, 5, 9])).toBe(62.5);
  expect(percentileAmong(0, [1, 2])).toBe(0);
  expect(percentileAmong(3, [1, 2])).toBe(100);
  expect(percentileAmong(1, [1])).toBe(50);
});
