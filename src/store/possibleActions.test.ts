import { expect, test } from 'vitest';
import { WorkbenchError } from '../core/errors';
import { tasks, type Task } from '../core/tasks/index';
import { initialState } from './initialState';
import { possibleActions } from './possibleActions';
import { idleRun, type RunView, type WorkbenchState } from './state';

const possible = (run: Partial<RunView>, change: Partial<WorkbenchState> = {}) =>
  Object.entries(possibleActions({ ...initialState(tasks[0] as Task), ...change, run: { ...idleRun, ...run } }))
    .filter(([, can]) => can)
    .map(([name]) => name)
    .join();

test.each<[string, string, Partial<RunView>, Partial<WorkbenchState>?]>([
  ['before a run', 'start,step', {}],
  ['with an invalid field', '', {}, { refused: ['Epochs'] }],
  ['with targets that cannot be met', '', {}, { shortfall: [] }],
  ['without examples', '', {}, { dataError: new WorkbenchError('internal', 'no outline') }],
  ['while it starts', '', { starting: true }],
  ['while it runs', 'pause,stop,reset', { state: 'running' }],
  ['while it is paused, with an invalid field', 'resume,step,stop,reset', { state: 'paused' }, { refused: ['Epochs'] }],
  ['after it', 'start,step,reset', { state: 'finished' }],
])('%s: %s', (_, expected, run, change) => {
  expect(possible(run, change)).toBe(expected);
});
