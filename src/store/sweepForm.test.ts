import { expect, it } from 'vitest';
import { summaryFor } from '../../tests/support/keptSummaries';
import { smallConfig } from '../../tests/support/search';
import type { SearchEvent, SearchResult } from '../core/search/events';
import { unlabelled } from '../keep/keptRun';
import type { StoredRun } from '../keep/runStorage';
import { expectedTime } from './sweepForm';

it('expects the time of the search itself, also where a run has trained more after its result', async () => {
  const resultAfter = (totalMs: number) => ({ timing: { stepMs: {}, totalMs } }) as SearchResult;
  const told: SearchEvent[] = [1000, 90_000].map((ms) => ({ kind: 'result', step: 10, result: resultAfter(ms) }));
  const record = { config: smallConfig, data: { trainCount: 20 }, told, result: resultAfter(90_000) } as unknown as StoredRun['record'];
  const run = { ...summaryFor('a'), furthered: true, label: unlabelled('a'), held: false };
  const read = () => Promise.resolve({ summary: run, record, checkpoint: null });
  expect(await expectedTime([smallConfig, smallConfig], 40, [run], read)).toBe(4000);
  expect(await expectedTime([{ ...smallConfig, task: 'kws' }], 40, [run], read)).toBeNull();
});
