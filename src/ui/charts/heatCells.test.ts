import { expect, it } from 'vitest';
import { heatRuns } from './heatCells';

it('joins steps of one level, and leaves out those without a value', () => {
  const rows = [
    [10, 0.5],
    [20, 0.52],
    [30, 1.4],
    [40, NaN],
    [50, 0.02],
  ].map(([step, value]) => ({ step: step as number, values: [value as number] }));
  expect(heatRuns(rows, 0, 1, 1)).toEqual([
    { from: 1, to: 20, level: 4 },
    { from: 20, to: 30, level: 8 },
    { from: 40, to: 50, level: 0 },
  ]);
  expect(heatRuns(rows.slice(0, 1), 0, 2, 1)).toEqual([{ from: 1, to: 10, level: 2 }]);
});
