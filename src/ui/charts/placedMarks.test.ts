import { expect, it } from 'vitest';
import { placedMarks } from './placedMarks';

const at = (...marks: [number, string][]) =>
  placedMarks(
    marks.map(([step, label]) => ({ step, label })),
    0,
    100,
  ).map(({ label, side, row }) => [label, side, row]);

it('gives labels that are close to each other lines of their own', () => {
  expect(at([0, 'warm-up'], [10, 'search'], [20, 'fine-tuning'], [60, 'target moved'])).toEqual([
    ['warm-up', 'right', 0],
    ['search', 'right', 1],
    ['fine-tuning', 'right', 2],
    ['target moved', 'right', 0],
  ]);
});

it('labels a target that moves several times once', () => {
  expect(at([30, 'target moved'], [31, 'target moved'], [40, 'target moved'], [70, 'target moved'])).toEqual([
    ['target moved', 'right', 0],
    ['', 'right', 0],
    ['', 'right', 0],
    ['target moved', 'right', 0],
  ]);
});

it('puts labels at the end of the axis on the other side of their line, clear of those before', () => {
  expect(at([95, 'target moved'])).toEqual([['target moved', 'left', 0]]);
  expect(at([60, 'fine-tuning'], [85, 'target moved'])).toEqual([
    ['fine-tuning', 'right', 0],
    ['target moved', 'left', 1],
  ]);
});

it('leaves out a label that has no room in any line', () => {
  expect(at([0, 'a'], [1, 'b'], [2, 'c'], [3, 'd']).map(([label]) => label)).toEqual(['a', 'b', 'c', '']);
});
