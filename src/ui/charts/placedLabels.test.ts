import { expect, it } from 'vitest';
import { placedLabels } from './placedLabels';

/** Labels between the pixels 20 and 200, in letters of 5 pixels each. */
const placed = (...marks: [number, string][]) =>
  placedLabels(
    marks.map(([x, label]) => ({ x, label })),
    { left: 20, right: 200 },
    (label) => 5 * label.length,
  ).map(({ x, label }) => [x, label]);

it('puts each label where its mark is', () => {
  expect(placed([20, 'to 30 kB'], [70, ''], [90, 'to 25 kB'])).toEqual([
    [90, 'to 25 kB'],
    [20, 'to 30 kB'],
  ]);
});

it('keeps the later of two labels that would touch, and both that just have room', () => {
  expect(placed([43, 'to 30 kB'], [90, 'to 25 kB'])).toEqual([[90, 'to 25 kB']]);
  expect(placed([42, 'to 30 kB'], [90, 'to 25 kB'])).toHaveLength(2);
});

it('ends the last label where the area ends, and leaves out one that is wider than the area', () => {
  expect(placed([195, 'to 25 kB'])).toEqual([[160, 'to 25 kB']]);
  expect(placed([30, 'went back with half the learning rate'])).toEqual([]);
});
