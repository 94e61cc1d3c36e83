import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { taskFor, tasks, type Task } from '../core/tasks/index';
import { initialState } from './initialState';
import { idleRun, type WorkbenchState } from './state';
import { whileUntouched } from './untouched';

const open = {
  backend: { state: 'ready' },
  loadingData: false,
  dataset: { name: 'shapes' },
  space: {},
  strategies: [{ id: 'supernet' }],
  targets: { latencyMs: 6 },
} as unknown as Partial<WorkbenchState>;

function watched() {
  const store = createStore(() => initialState(tasks[0] as Task));
  const [begin, end] = [vi.fn(), vi.fn()];
  whileUntouched(store, begin, end);
  return { store, begin, end };
}

test.each<[string, Partial<WorkbenchState>]>([
  ['a run begins', { run: { ...idleRun, starting: true } }],
  ['a target moves', { targets: { latencyMs: 5 } }],
  ['the task changes', { task: 'kws' }],
  ['files are read', { importing: {} as WorkbenchState['importing'] }],
])('a page is touched once %s, and stays so', (_, change) => {
  const { store, begin, end } = watched();
  store.setState({ announcement: () => 'x' });
  expect(begin).not.toHaveBeenCalled();
  store.setState(open);
  store.setState({ announcement: () => 'y' });
  expect([begin.mock.calls.length, end.mock.calls.length]).toEqual([1, 0]);
  store.setState(change);
  store.setState({ ...initialState(tasks[0] as Task), ...open });
  expect([begin.mock.calls.length, end.mock.calls.length]).toEqual([1, 1]);
});

test('a page whose run began before it was open never counts as untouched', () => {
  const { store, begin, end } = watched();
  store.setState({ run: { ...idleRun, starting: true } });
  store.setState(open);
  store.setState({ run: idleRun });
  expect([begin.mock.calls.length, end.mock.calls.length]).toEqual([0, 0]);
});

test('a page without examples is open too, and stays untouched when another try makes them', () => {
  const { store, begin, end } = watched();
  store.setState({ ...open, dataset: null });
  store.setState({ loadingData: true });
  store.setState({ ...open, dataset: { name: taskFor('ic').builtIn.name } as WorkbenchState['dataset'] });
  expect([begin.mock.calls.length, end.mock.calls.length]).toEqual([1, 0]);
});
