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
