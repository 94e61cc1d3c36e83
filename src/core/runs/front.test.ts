import { expect, it } from 'vitest';
import { createRandom } from '../random';
import { paretoFront } from './front';

it('keeps those that no other beats, in order of cost', () => {
  const points = [
    { cost: 3, quality: 0.7, id: 'a' },
    { cost: 1, quality: 0.5, id: 'b' },
    { cost: 2, quality: 0.5, id: 'beaten at the same quality' },
    { cost: 3, quality: 0.6, id: 'beaten at the same cost' },
    { cost: 4, quality: 0.7, id: 'beaten' },
    { cost: 1, quality: 0.5, id: 'equal' },
    { cost: NaN, quality: 1, id: 'of unknown cost' },
  ];
  expect(paretoFront(points).map(({ id }) => id)).toEqual(['b', 'a']);
});

it('agrees with comparing each pair, and is quick for 100,000 points', () => {
  const random = createRandom(1, 'front');
  const drawn = (count: number) => Array.from({ length: count }, () => ({ cost: random.integer(50), quality: random.integer(50) }));
  for (let round = 0; round < 50; round++) {
    const points = drawn(40);
    const beaten = (a: (typeof points)[number]) =>
      points.some((b) => b.cost <= a.cost && b.quality >= a.quality && (b.cost < a.cost || b.quality > a.quality));
    const expected = new Set(points.filter((point) => !beaten(point)).map(({ cost, quality }) => `${cost}/${quality}`));
    expect(new Set(paretoFront(points).map(({ cost, quality }) => `${cost}/${quality}`))).toEqual(expected);
  }
  const many = drawn(100_000);
  const before = performance.now();
  paretoFront(many);
  expect(performance.now() - before).toBeLessThan(1000);
});
