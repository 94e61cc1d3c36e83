import { expect, it } from 'vitest';
import { arraysOf, cellsOfTask, cellsPerTask } from './bundles';

it('bundles short cells to ten minutes, and leaves long ones alone', () => {
  expect(cellsPerTask(60_000, 1)).toBe(10);
  expect(cellsPerTask(7 * 60_000, 1)).toBe(2);
  expect(cellsPerTask(60 * 60_000, 1)).toBe(1);
  expect(cellsPerTask(60 * 60_000, 4)).toBe(4);
  expect(cellsPerTask(60_000, 4)).toBe(40);
});

it('has every cell in one task of one array', () => {
  const cells = Array.from({ length: 10_001 }, (_, index) => index);
  const arrays = arraysOf(Math.ceil(cells.length / 4), 1001);
  expect(arrays).toEqual([
    { offset: 0, tasks: 1001 },
    { offset: 1001, tasks: 1001 },
    { offset: 2002, tasks: 499 },
  ]);
  const run = arrays.flatMap(({ offset, tasks }) => Array.from({ length: tasks }, (_, index) => cellsOfTask(cells, 4, offset + index)));
  expect(run.flat()).toEqual(cells);
});
