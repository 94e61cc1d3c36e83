import { describe, expect, it } from 'vitest';
import { hypervolume, mean, median, percentileAmong, standardError } from './statistics';

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

describe('the hypervolume', () => {
  it('of one network is its box', () => {
    expect(hypervolume([{ quality: 0.8, memory: 0.5, latency: 0.25 }])).toBeCloseTo(0.8 * 0.5 * 0.75, 12);
  });

  it('of two networks is their boxes less what they share', () => {
    const small = { quality: 0.5, memory: 0.25, latency: 0.5 };
    const large = { quality: 0.9, memory: 0.5, latency: 0.75 };
    // 0.5 · 0.75 · 0.5 = 0.1875 and 0.9 · 0.5 · 0.25 = 0.1125; they share 0.5 · 0.5 · 0.25 = 0.0625.
    expect(hypervolume([small, large])).toBeCloseTo(0.1875 + 0.1125 - 0.0625, 12);
    expect(hypervolume([large, small])).toBeCloseTo(0.2375, 12);
  });

  it('of crossing networks of one quality is their union', () => {
    const crossing = [
      { quality: 1, memory: 0.2, latency: 0.6 },
      { quality: 1, memory: 0.6, latency: 0.2 },
    ];
    // 0.8 · 0.4 + 0.4 · 0.8 - 0.4 · 0.4.
    expect(hypervolume(crossing)).toBeCloseTo(0.48, 12);
  });

  it('does not grow by a dominated network or by one outside', () => {
    const one = { quality: 0.8, memory: 0.5, latency: 0.25 };
    expect(hypervolume([one, { quality: 0.7, memory: 0.6, latency: 0.3 }, { quality: 1, memory: 1, latency: 0 }])).toBeCloseTo(0.3, 12);
    expect(hypervolume([])).toBe(0);
  });
});
