import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { tasks, type Task } from '../core/tasks/index';
import { initialState } from './initialState';
import { canTake, SettingsHistory } from './settingsHistory';
import { idleRun, type WorkbenchState } from './state';

/** A page that is open, and its history; the store takes back at once what is undone. */
function opened() {
  const store = createStore(() => initialState(tasks[0] as Task));
  const history = new SettingsHistory(store, (settings) => {
    store.setState(settings);
    return Promise.resolve();
  });
  const set = (change: Partial<WorkbenchState>) => store.setState(change);
  set({ space: space(), dataset: examples('shapes', true), loadingData: false, targets: { latencyMs: 6 } });
  return { store, history, set };
}

const space = () => ({}) as unknown as NonNullable<WorkbenchState['space']>;
const examples = (name: string, synthetic: boolean) => ({ name, synthetic }) as unknown as NonNullable<WorkbenchState['dataset']>;

test('a gesture is one step, back and forth', async () => {
  const { store, history, set } = opened();
  for (const latencyMs of [5.9, 5.5, 5]) set({ targets: { latencyMs } });
  history.begin();
  set({ objective: { costs: 'all', strength: 1 } });
  set({ announcement: () => 'x' });
  expect(history.steps.getState().past).toHaveLength(2);
  await history.undo();
  expect(store.getState()).toMatchObject({ objective: null, targets: { latencyMs: 5 } });
  await history.undo();
  expect(store.getState().targets).toEqual({ latencyMs: 6 });
  await history.undo();
  await history.redo();
  expect(store.getState().targets).toEqual({ latencyMs: 5 });
  expect(store.getState().announcement()).toBe('Done again.');
  history.begin();
  set({ targets: { latencyMs: 4 } });
  expect(history.steps.getState()).toMatchObject({ past: [{ targets: { latencyMs: 6 } }, { targets: { latencyMs: 5 } }], future: [] });
});

test('what follows from a gesture later belongs to it, and nothing changed is no step', async () => {
  const { store, history, set } = opened();
  set({ device: 'stm32g0b1' });
  history.begin();
  set({ space: space(), targets: { latencyMs: 60 } });
  history.begin();
  set({ targets: { latencyMs: 60 } });
  expect(history.steps.getState().past).toHaveLength(1);
  await history.undo();
  expect(store.getState()).toMatchObject({ device: 'gap8', targets: { latencyMs: 6 } });
});

test('another task can be undone while its examples are built in; own examples end the history', async () => {
  const { store, history, set } = opened();
  set({ task: 'kws', space: null });
  history.begin();
  set({ loadingData: true });
  set({ dataset: examples('words', true), settings: { trainCount: 7, testCount: 7 } });
  set({ space: space(), targets: { latencyMs: 30 } });
  set({ loadingData: false });
  expect(history.steps.getState().past).toHaveLength(1);
  await history.undo();
  expect(store.getState()).toMatchObject({ task: 'ic', targets: { latencyMs: 6 }, settings: { trainCount: 1600 } });
  set({ dataset: examples('mine', false), settings: { trainCount: 9, testCount: 9 } });
  expect(history.steps.getState()).toEqual({ past: [], future: [] });
});

test('a running search takes targets back, and nothing else', () => {
  const { store, history, set } = opened();
  set({ targets: { latencyMs: 5 } });
  history.begin();
  set({ method: 'random' });
  const run = { ...idleRun, state: 'running' as const };
  const [targets, method] = history.steps.getState().past;
  expect(canTake(method, { ...store.getState(), run })).toBe(false);
  expect(canTake(method, store.getState())).toBe(true);
  expect(canTake(targets, { ...store.getState(), method: 'pit', run })).toBe(true);
  expect(canTake(targets, { ...store.getState(), loadingData: true })).toBe(false);
});

test('the oldest steps are forgotten', () => {
  const { history, set } = opened();
  for (let latencyMs = 1; latencyMs <= 150; latencyMs++) {
    history.begin();
    set({ targets: { latencyMs } });
  }
  const { past } = history.steps.getState();
  expect([past.length, past[0]?.targets]).toEqual([100, { latencyMs: 50 }]);
});
