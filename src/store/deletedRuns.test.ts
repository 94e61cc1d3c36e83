/** How long deleted runs can be brought back, and when their room is free. */
import { afterEach, expect, it, vi } from 'vitest';
import { forgetAll, sharedLocks, storageOf } from '../../tests/support/keptRuns';
import { summaryFor } from '../../tests/support/keptSummaries';
import { said } from '../core/language/told';
import type { RunRecord } from '../keep/keptRun';
import { RunLibrary, UNDO_MS } from '../keep/runLibrary';
import { RunsStore } from './runs';

afterEach(async () => {
  vi.useRealTimers();
  await forgetAll();
});

/** A page with some runs. */
async function page(...ids: string[]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const locks = sharedLocks();
  const storage = storageOf(locks);
  for (const id of ids) await storage.write({ summary: summaryFor(id), record: { id } as unknown as RunRecord, checkpoint: null });
  const client = { call: () => Promise.reject(new Error()), importRuns: () => Promise.reject(new Error()) };
  const runs = new RunsStore(new RunLibrary(storage), locks, { listen() {} }, client, undefined);
  await runs.refresh();
  const left = async () => (await storage.database()).getAllKeys('records');
  return { runs, left };
}

it('the room of deleted runs is free when others are deleted, or a person asks for it', async () => {
  const { runs, left } = await page('a', 'b', 'c');
  await runs.remove(['a']);
  expect([runs.state.deleted, await left()]).toEqual([['a'], ['a', 'b', 'c']]);
  await runs.remove(['b']);
  expect([runs.state.deleted, await left()]).toEqual([['b'], ['b', 'c']]);
  await runs.forget();
  expect([runs.state.deleted, await left()]).toEqual([[], ['c']]);
  expect(runs.state.announcement()).toBe('1 run deleted for good.');
  await runs.undo();
  expect(runs.state.runs?.map(({ id }) => id)).toEqual(['c']);
});

it('it is free when the time to bring them back is over, and not before', async () => {
  const { runs, left } = await page('a', 'b');
  await runs.remove(['a']);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  await runs.undo();
  expect(runs.state.runs?.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  await runs.remove(['b']);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect([runs.state.deleted, await left()]).toEqual([['b'], ['a', 'b']]);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs.state.deleted).toEqual([]);
  await vi.waitFor(async () => expect(await left()).toEqual(['a']));
});

it('a deletion of nothing leaves the one before to be undone', async () => {
  const { runs } = await page('a', 'b');
  await runs.remove(['a']);
  await runs.remove(['a']);
  expect(runs.state.deleted).toEqual(['a']);
  expect(said(runs.state.error ?? '')).toContain('1 run not deleted');
});
