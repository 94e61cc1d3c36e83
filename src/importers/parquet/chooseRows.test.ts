import { describe, expect, it } from 'vitest';
import { chooseRows } from './chooseRows';

describe('chooseRows', () => {
  it('takes everything without a limit, or with a higher one', () => {
    expect(chooseRows([2, 0, 1], null, 0)).toEqual([[0, 1], [], [0]]);
    expect(chooseRows([2, 1], 3, 0)).toEqual([[0, 1], [0]]);
  });

  it('touches as few groups as will do, at equal distances', () => {
    const chosen = chooseRows(
      Array.from({ length: 100 }, () => 10),
      200,
      0,
    );
    const touched = chosen.flatMap((rows, group) => (rows.length > 0 ? [group] : []));
    expect(touched).toHaveLength(20);
    expect([touched[0], touched[1], touched[19]]).toEqual([2, 7, 97]);
    expect(chosen.flat()).toHaveLength(200);
  });

  it('touches eight groups for a few rows, since neighbours are often of one class', () => {
    const chosen = chooseRows(
      Array.from({ length: 100 }, () => 1000),
      16,
      0,
    );
    expect(chosen.filter((rows) => rows.length === 2)).toHaveLength(8);
    expect(chosen.flat().every((row, index) => row === [250, 750][index % 2])).toBe(true);
  });

  it('touches two groups for each class', () => {
    const chosen = chooseRows(
      Array.from({ length: 100 }, () => 100),
      200,
      10,
    );
    expect(chosen.filter((rows) => rows.length === 10)).toHaveLength(20);
  });

  it.each([
    [[5], 3],
    [[1, 100, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 50],
    [[7, 7, 7, 2], 20],
    [[0, 0, 9, 0], 4],
  ])('takes exactly as many rows as are asked for, each once: %s, %s', (counts, most) => {
    const chosen = chooseRows(counts, most, 0);
    expect(chosen.flat()).toHaveLength(most);
    chosen.forEach((rows, group) => {
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.every((row) => row >= 0 && row < (counts[group] as number))).toBe(true);
    });
  });
});
