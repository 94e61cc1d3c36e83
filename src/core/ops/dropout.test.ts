import { expect, it } from 'vitest';
import { dropoutFactors, dropoutSeed } from './dropout';

const COUNT = 20_000;
const dropped = (factors: Float32Array) => factors.reduce((count, factor) => count + Number(factor === 0), 0);
/** Standard deviation of the number of drops. */
const spread = (rate: number) => Math.sqrt(COUNT * rate * (1 - rate));

it.each([0.05, 0.2, 0.4, 0.9])('dropout drops a share of %d and scales what it keeps', (rate) => {
  for (const layer of [0, 1, 7]) {
    const factors = dropoutFactors(dropoutSeed(12, layer), COUNT, rate);
    expect(Math.abs(dropped(factors) - COUNT * rate)).toBeLessThan(4 * spread(rate));
    expect(new Set(factors)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
  }
});

it('drops in one layer, step and place whatever it drops in others', () => {
  const of = (step: number, layer: number) => dropoutFactors(dropoutSeed(step, layer), COUNT, 0.5);
  const first = of(3, 0);
  const shifted = Float32Array.from(first, (_, index) => first[(index + 1) % COUNT] as number);
  for (const other of [of(3, 1), of(4, 0), of(0, 3), shifted]) {
    const both = first.reduce((count, factor, index) => count + Number(factor === 0 && other[index] === 0), 0);
    expect(Math.abs(both - COUNT / 4)).toBeLessThan(4 * spread(0.25));
  }
});

it('gives the same numbers for good, since seeded runs depend on them', () => {
  expect([dropoutSeed(0, 0), dropoutSeed(1, 2), dropoutSeed(2 ** 31 - 1, 1)]).toMatchInlineSnapshot(`
    [
      0,
      3405767568,
      853269824,
    ]
  `);
  expect([...dropoutFactors(dropoutSeed(5, 1), 16, 0.5)].map((factor) => Number(factor > 0)).join('')).toMatchInlineSnapshot(
    `"1100001011011100"`,
  );
});
