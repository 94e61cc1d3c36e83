import { expect, it } from 'vitest';
import { summaryFor } from '../../tests/support/keptSummaries';
import { smallConfig } from '../../tests/support/search';
import type { SearchEvent, SearchResult } from '../core/search/events';
import { taskFor } from '../core/tasks/index';
import { unlabelled } from '../keep/keptRun';
import type { StoredRun } from '../keep/runStorage';
import { describeSpace } from '../session/describeSpace';
import { initialState } from './initialState';
import { configsOf, expectedTime, gridOf } from './sweepForm';

it('expects the time of the search itself, also where a run has trained more after its result', async () => {
  const resultAfter = (totalMs: number) => ({ timing: { stepMs: {}, totalMs } }) as SearchResult;
  const told: SearchEvent[] = [1000, 90_000].map((ms) => ({ kind: 'result', step: 10, result: resultAfter(ms) }));
  const record = { config: smallConfig, data: { trainCount: 20 }, told, result: resultAfter(90_000) } as unknown as StoredRun['record'];
  const run = { ...summaryFor('a'), furthered: true, label: unlabelled('a'), held: false };
  const read = () => Promise.resolve({ summary: run, record, checkpoint: null });
  expect(await expectedTime([smallConfig, smallConfig], 40, [run], read)).toBe(4000);
  expect(await expectedTime([{ ...smallConfig, task: 'kws' }], 40, [run], read)).toBeNull();
});

it('tells of searches whose targets are out of reach, each random seed for itself, and refuses those beyond all need', async () => {
  const state = initialState(taskFor('ic'));
  const client = {
    call: (_: string, ...[task, device, method, space]: Parameters<typeof describeSpace>) =>
      Promise.resolve(describeSpace(task, device, method, space, 10)),
  };
  const planned = (kilobytes: string) => {
    const grid = gridOf({ methods: ['pit'], devices: ['gap8'], limits: { flashBytes: kilobytes }, paired: false, seeds: '1-2' });
    return configsOf(grid, state, client as unknown as Parameters<typeof configsOf>[2]);
  };
  expect(await planned('40')).toMatchObject({ configs: [{}, {}], unmet: null });
  await expect(planned('1e99')).rejects.toThrow('Flash memory takes at most 100,000 kB on GAP8.');
  const { configs, unmet } = await planned('0.01, 40');
  expect(configs).toHaveLength(4);
  expect(unmet).toMatchObject({ count: 2, device: 'GAP8', shortfall: [{ metric: 'flashBytes', target: 10 }] });
});
