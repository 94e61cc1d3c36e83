import { describe, expect, it } from 'vitest';
import { batchParts, busyThreads, type BatchPart } from './batchParts';

const pictures = ({ first, end }: BatchPart) => [first, end];

describe.each([1, 2, 3, 5, 7, 8, 9, 13, 32, 100])('a batch of %i pictures', (batchSize) => {
  const counts = [1, 2, 3, 4, 8].filter((threads) => threads <= Math.min(8, batchSize));

  it('is cut alike for any number of threads, and whole', () => {
    const [one, ...others] = counts.map((threads) => batchParts(batchSize, threads).parts.map(pictures));
    expect(others).toEqual(others.map(() => one));
    expect((one as number[][]).flat().slice(1, -1)).toEqual((one as number[][]).slice(1).flatMap(([first]) => [first, first]));
    expect([one?.[0]?.[0], one?.at(-1)?.[1]]).toEqual([0, batchSize]);
    for (const [first, end] of one as [number, number][]) expect(end).toBeGreaterThan(first);
  });

  it('is added up alike by any number of threads', () => {
    const order = (threads: number) => {
      const { parts, shares, firstHalf } = batchParts(batchSize, threads);
      const sums = Array<string>(shares).fill('');
      for (const [part, { share, joins }] of parts.entries()) sums[share] = joins ? `(${sums[share]}+${part})` : String(part);
      const fold = (some: string[]) => some.reduce((sum, next) => `(${sum}+${next})`);
      return [sums.slice(0, firstHalf), sums.slice(firstHalf)].filter(({ length }) => length > 0).map(fold);
    };
    expect(new Set(counts.map((threads) => order(threads).join('+'))).size).toBe(1);
  });
});

it('keeps two shares of a gradient for one thread and for two', () => {
  expect([1, 2].map((threads) => batchParts(32, threads).shares)).toEqual([2, 2]);
  expect([4, 8].map((threads) => batchParts(32, threads).shares)).toEqual([6, 8]);
});

it('uses no more threads than make a step shorter', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 64].map((threads) => busyThreads(32, threads))).toEqual([1, 2, 3, 4, 4, 4, 4, 8, 8]);
  expect([1, 2, 3, 4, 8].map((threads) => busyThreads(3, threads))).toEqual([1, 2, 3, 3, 3]);
});
