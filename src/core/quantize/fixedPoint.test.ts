import { expect, it } from 'vitest';
import { createRandom } from '../random';
import {
  divideByPowerOfTwo,
  highMultiply,
  quantizeMultiplier,
  requantizeDouble,
  requantizeSingle,
  roundHalfAway,
  roundHalfEven,
} from './fixedPoint';

const random = createRandom(1, 'fixed point');
const int32 = () => random.integer(2 ** 32 - 1) - 2 ** 31;

it('a product of 32-bit numbers keeps all of its bits', () => {
  for (let round = 0; round < 5000; round++) {
    const [a, b] = [int32(), int32()];
    expect(highMultiply(a, b)).toBe(Number((BigInt(a) * BigInt(b) + (1n << 30n)) >> 31n));
  }
});

it('a factor becomes 31 bits and a power of two', () => {
  expect(quantizeMultiplier(0.5)).toEqual({ multiplier: 2 ** 30, exponent: 0 });
  expect(quantizeMultiplier(1)).toEqual({ multiplier: 2 ** 30, exponent: 1 });
  // Just below a power of two, 31 bits round up to the next.
  expect(quantizeMultiplier(1 - 2 ** -40)).toEqual({ multiplier: 2 ** 30, exponent: 1 });
  expect(quantizeMultiplier(2 ** -33)).toEqual({ multiplier: 0, exponent: 0 });
  expect(quantizeMultiplier(0)).toEqual({ multiplier: 0, exponent: 0 });
  for (let round = 0; round < 1000; round++) {
    const factor = Math.exp(-20 * random.uniform());
    const { multiplier, exponent } = quantizeMultiplier(factor);
    expect(Math.abs(multiplier * 2 ** (exponent - 31) - factor)).toBeLessThanOrEqual(factor * 2 ** -31);
    expect(multiplier).toBeGreaterThanOrEqual(2 ** 30);
  }
});

it('halves round away from zero, twice or once, and to even in floating point', () => {
  expect([-3, -1, 1, 3].map((value) => divideByPowerOfTwo(value, 1))).toEqual([-2, -1, 1, 2]);
  expect([-2.5, -1.5, 1.5, 2.5, 2.4].map(roundHalfEven)).toEqual([-2, -2, 2, 2, 2]);
  expect([-2.5, -0.4, 2.5].map((value) => roundHalfAway(value) + 0)).toEqual([-3, 0, 3]);
  const half = quantizeMultiplier(0.25);
  // -2 * 0.25 is half a step: twice rounded it goes away from zero, once rounded upwards.
  expect(requantizeDouble(-2, half)).toBe(-1);
  expect(requantizeSingle(-2, half)).toBe(0);
});

it('rounding once and twice differ by one step at most', () => {
  let differ = 0;
  for (let round = 0; round < 2000; round++) {
    const [value, factor] = [random.integer(2 ** 24) - 2 ** 23, quantizeMultiplier(0.0001 + 0.001 * random.uniform())];
    const difference = requantizeDouble(value, factor) - requantizeSingle(value, factor);
    expect(Math.abs(difference)).toBeLessThanOrEqual(1);
    if (difference !== 0) differ++;
  }
  expect(differ).toBeLessThan(20);
});
