import { expect, it } from 'vitest';
import { gridCells, readSeeds } from './grid';

const grid = { methods: ['supernet', 'pit'], devices: ['gap8'], paired: false, randomSeeds: [1, 2] };

it('crosses limits with each other, and covers the grid with the first random seed first', () => {
  const cells = gridCells({ ...grid, limits: { flashBytes: [20_000, 40_000], latencyMs: [4, null] } });
  expect(cells).toHaveLength(16);
  expect(cells.slice(0, 8).every(({ randomSeed }) => randomSeed === 1)).toBe(true);
  expect(cells.slice(0, 4).map(({ limits }) => limits)).toEqual([
    { flashBytes: 20_000, latencyMs: 4 },
    { flashBytes: 20_000, latencyMs: null },
    { flashBytes: 40_000, latencyMs: 4 },
    { flashBytes: 40_000, latencyMs: null },
  ]);
});

it('takes limits in pairs, and refuses lists of unequal length', () => {
  const limits = { flashBytes: [20_000, 40_000], latencyMs: [4, 6] };
  expect(gridCells({ ...grid, paired: true, randomSeeds: [1], methods: ['pit'], limits }).map((cell) => cell.limits)).toEqual([
    { flashBytes: 20_000, latencyMs: 4 },
    { flashBytes: 40_000, latencyMs: 6 },
  ]);
  expect(() => gridCells({ ...grid, paired: true, limits: { ...limits, latencyMs: [4] } })).toThrow('these have 2 and 1');
});

it('reads random seeds as numbers and ranges, each once', () => {
  expect(readSeeds('1-3, 7,2', '--seeds')).toEqual([1, 2, 3, 7]);
  for (const text of ['', '1-', '3-1', 'x', '1,,2', '-1'])
    expect(() => readSeeds(text, '--seeds')).toThrow(/^--seeds takes numbers and ranges, such as 1-5/);
});

it('says whether seeds are too great, or too many', () => {
  for (const text of ['1-99999999999', '2147483648'])
    expect(() => readSeeds(text, '--seeds')).toThrow(`--seeds takes numbers up to 2147483647, not "${text}"`);
  for (const text of ['1-999999999', '0-100000', '0-99999,200000'])
    expect(() => readSeeds(text, '--seeds')).toThrow(`--seeds takes at most 100,000 seeds at once, and "${text}" lists more.`);
  expect(() => readSeeds('1-11', 'Random seeds', 10)).toThrow('Random seeds takes at most 10 seeds');
  expect(readSeeds('1-10', 'Random seeds', 10)).toHaveLength(10);
});
