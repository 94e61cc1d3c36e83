import { expect, it } from 'vitest';
import { summaryFor } from '../../tests/support/keptSummaries';
import { unlabelled } from './keptRun';
import { newlyNumbered } from './runNumbers';

const run = (id: string, started: number, randomSeed = 1) => ({ ...summaryFor(id), started, randomSeed });

it('numbers runs of one task and random seed, or of one given name, in the order in which they were started', () => {
  const runs = [run('c', 3), run('a', 1), run('b', 2), run('other', 2, 7), run('mine', 4), run('mine too', 5, 7)];
  const labels = [
    { ...unlabelled('mine'), name: 'mine' },
    { ...unlabelled('mine too'), name: 'mine', note: 'kept' },
  ];
  const fresh = newlyNumbered(runs, labels);
  expect(Object.fromEntries(fresh.map(({ id, number }) => [id, number]))).toEqual({ a: 1, b: 2, c: 3, other: 1, mine: 1, 'mine too': 2 });
  expect(fresh.find(({ id }) => id === 'mine too')).toMatchObject({ name: 'mine', note: 'kept' });
});

it('changes no number, and gives that of a deleted run to no other', () => {
  const labels = [
    { ...unlabelled('a'), number: 2 },
    { ...unlabelled('b'), number: 5, deleted: 1 },
  ];
  expect(newlyNumbered([run('old', 0), run('a', 1), run('b', 2)], labels)).toEqual([{ ...unlabelled('old'), number: 6 }]);
  expect(newlyNumbered([run('a', 1), run('b', 2)], labels)).toEqual([]);
});
