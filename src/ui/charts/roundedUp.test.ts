import { describe, expect, it } from 'vitest';
import { roundedUp } from './roundedUp';

describe('end of an axis', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1.01, 1.2],
    [2.3, 2.4],
    [0.0031, 0.0032],
    [78.7, 80],
    [81, 100],
    [12_513_930, 16_000_000],
  ])('%d ends at %d', (value, end) => {
    expect(roundedUp(value)).toBe(end);
  });

  it('is never below its value', () => {
    for (let value = 1e-4; value < 1e6; value *= 1.013) {
      expect(roundedUp(value)).toBeGreaterThanOrEqual(value);
      expect(roundedUp(value)).toBeLessThan(1.5 * value);
    }
  });
});
