import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { tasks, type Task } from '../core/tasks/index';
import { watchData } from './dataCheck';
import { initialState } from './initialState';
import { idleRun, type WorkbenchState } from './state';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('new warnings are announced, but not those of the run that is shown', async () => {
  const store = createStore<WorkbenchState>(() => initialState(tasks[0] as Task));
  const ask = vi.fn(() => Promise.resolve(['Few pictures.']));
  watchData(store, ask);
  const after = async (change: Partial<WorkbenchState>) => {
    store.setState({ announcement: () => 'Run loaded.', ...change });
    await vi.advanceTimersByTimeAsync(1000);
    return store.getState().announcement();
  };
  const dataset = { trainCount: 100, testCount: 20 } as WorkbenchState['dataset'];
  expect(await after({ dataset, settings: { trainCount: 50, testCount: 10 }, run: { ...idleRun, warnings: ['Few pictures.'] } })).toBe(
    'Run loaded.',
  );
  expect(store.getState().dataWarnings).toEqual(['Few pictures.']);
  expect(ask).toHaveBeenCalledTimes(1);
  store.setState({ dataWarnings: [], run: idleRun });
  expect(await after({ settings: { trainCount: 40, testCount: 10 } })).toBe('Few pictures.');
});
