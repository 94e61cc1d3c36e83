import { expect, it } from 'vitest';
import { fittingNames } from './fittingNames';

const periods = [
  { label: 'search', from: 1, to: 90 },
  { label: 'trials', from: 91, to: 180 },
  { label: 'fine-tune', from: 181, to: 1260 },
];
/** Names in a plot of so many pixels, in letters of 6 pixels each. */
const names = (pixels: number, from: number, to: number) =>
  fittingNames(
    periods,
    { from, to },
    (step) => ((step - from) / (to - from)) * pixels,
    (name) => 6 * name.length,
  ).map(({ label, x }) => [label, Math.round(x)]);

it('names phases that are as wide as their names, each from where it begins', () => {
  expect(names(1000, 1, 1260)).toEqual([
    ['search', 4],
    ['trials', 75],
    ['fine-tune', 147],
  ]);
  expect(names(233, 1, 1260)).toEqual([['fine-tune', 37]]);
  expect(names(60, 1, 1260)).toEqual([]);
});

it('names what a zoom shows of a phase, and none that it hides', () => {
  expect(names(233, 50, 100)).toEqual([['search', 4]]);
  expect(names(233, 300, 400)).toEqual([['fine-tune', 4]]);
});
