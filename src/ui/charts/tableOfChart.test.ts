import { expect, it } from 'vitest';
import { csvOf, shownRows } from './tableOfChart';

it('writes every row with all digits, and quotes what would break a row', () => {
  const table = {
    head: ['Network', 'a "b", c'],
    rows: [
      ['x\ny', 0.1 + 0.2],
      ['z', undefined],
    ],
  };
  expect(csvOf(table)).toBe('Network,"a ""b"", c"\r\n"x\ny",0.30000000000000004\r\nz,\r\n');
});

it('shows the newest step first, and of many steps some that lie evenly', () => {
  const rows = Array.from({ length: 125 }, (_, step) => [step, 1]);
  const shown = shownRows({ head: [], rows, inTime: true }).map(([step]) => step);
  expect([shown.length, shown[0], shown[1], shown.at(-1)]).toEqual([42, 124, 121, 1]);
  expect(shownRows({ head: [], rows })).toHaveLength(125);
});
