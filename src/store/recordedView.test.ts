import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedRun } from '../core/runs/recordedRun';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { startingTargets } from '../core/search/constraints/targets';
import { searchSpace } from '../core/search/space';
import { tasks, type Task } from '../core/tasks/index';
import type { SpaceSummary } from '../protocol/protocol';
import { configOf } from './configOf';
import { initialState } from './initialState';
import { RecordedView } from './recordedView';

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, '../ui/recorded/recordedRun.json'), 'utf8')) as RecordedRun;
const searched = searchSpace({ ...recorded.config, searches: ['candidates'] }, 10);
const space = { ...searched, layers: [], groups: [] } as unknown as SpaceSummary;
const page = initialState(tasks[0] as Task);

test('what is recorded is the search that this version of the page opens with; else run npm run -s record', () => {
  expect(recorded.config).toEqual(configOf({ ...page, targets: startingTargets(searched) }));
  expect(recorded.resultsVersion).toBe(RESULTS_VERSION);
});

test('a recorded run plays to its result, and again from its start, and offers nothing to take away', () => {
  const view = new RecordedView(recorded, space, { ...page, exports: [{ id: 'run', label: 'run', mime: '', fileName: '', note: '' }] });
  view.showUntil(0.2);
  expect(view.store.getState().run).toMatchObject({ state: 'running', result: null });
  const early = view.curves.getState().training.loss.rows().length;
  expect(early).toBeGreaterThan(0);
  view.showUntil(1);
  expect(view.store.getState()).toMatchObject({ live: false, exports: [], run: { state: 'finished', unsaved: false } });
  expect(view.store.getState().run.result?.constraints.map(({ met }) => met)).toEqual([true, true]);
  expect(view.curves.getState().training.loss.rows().length).toBeGreaterThan(early);
  view.showUntil(0.2);
  expect(view.store.getState().run).toMatchObject({ state: 'running', result: null });
  expect(view.curves.getState().training.loss.rows()).toHaveLength(early);
});
