import { expect, test } from 'vitest';
import { Settling } from './settling';

test('a pull is the mean over all steps, and each phase keeps its last values', () => {
  const settling = new Settling();
  const event = { kind: 'pulls', phase: 'search', step: 4, of: ['m/a'] } as const;
  settling.add({ ...event, steps: 3, task: [1], penalty: [-2] });
  settling.add({ ...event, steps: 1, task: [5], penalty: [2] });
  expect(settling.pullOf('m/a')).toEqual({ task: 2, penalty: -1 });
  expect(settling.pullOf('m/b')).toBeNull();
  settling.note('warmup', 'm', [0.5, 0.5]);
  settling.note('search', 'm', [0.6, 0.4]);
  settling.note('search', 'm', [0.9, 0.1]);
  expect(settling.ends('m')).toEqual([
    { phase: 'warmup', values: [0.5, 0.5] },
    { phase: 'search', values: [0.9, 0.1] },
  ]);
});

test('the pulls of a group are divided where the fewest of its channels were left', () => {
  const settling = new Settling();
  const told = (kept: readonly number[], task: number) => {
    for (const count of kept) settling.note('search', 'group', [count, count]);
    settling.add({ kind: 'pulls', phase: 'search', step: 4, steps: kept.length, of: ['group'], task: [task], penalty: [-1] });
  };
  expect(settling.swingOf('group')).toBeNull();
  told([16, 14, 12], 5);
  told([9], 1);
  expect(settling.swingOf('group')).toEqual({ fewest: 9, down: { task: 4, penalty: -1 }, up: null });
  told([10, 11], 7);
  told([12, 13], 3);
  expect(settling.swingOf('group')).toEqual({ fewest: 9, down: { task: 4, penalty: -1 }, up: { task: 5, penalty: -1 } });
});
