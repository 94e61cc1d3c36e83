import { afterEach, expect, it, vi } from 'vitest';
import { forgetAll, sharedLocks, storageOf } from '../../tests/support/keptRuns';
import { summaryFor } from '../../tests/support/keptSummaries';
import type { KeptState, RunRecord } from '../keep/keptRun';
import { RunLibrary } from '../keep/runLibrary';
import { RunsStore } from './runs';

afterEach(forgetAll);

/** A page with finished runs of 100 bytes each, one that was stopped and one that a page holds, and so many bytes of a thousand used. */
async function page(used: number) {
  const locks = sharedLocks();
  const storage = storageOf(locks);
  const keep = (id: string, changed: number, state: KeptState = 'finished') =>
    storage.write({
      summary: { ...summaryFor(id), changed, state },
      record: { id, result: { quality: 0.5 } } as unknown as RunRecord,
      checkpoint: new Uint8Array(100),
    });
  await keep('held', 1);
  await locks.hold('held');
  await keep('stopped', 2, 'stopped');
  await keep('newest', 9);
  await keep('older', 4);
  await keep('oldest', 3);
  const estimate = async () => {
    const left = (await storage.database().then((database) => database.getAll('checkpoints'))).length;
    return { usage: used - 100 * (5 - left), quota: 1000 };
  };
  const client = { call: () => Promise.reject(new Error()), importRuns: () => Promise.reject(new Error()) };
  const runs = new RunsStore(new RunLibrary(storage), locks, { listen() {} }, client, estimate);
  await vi.waitFor(() => expect(runs.state.runs).toHaveLength(5));
  return { runs, storage };
}

const offered = ({ state }: RunsStore) => state.room?.oldest.map(({ id }) => id) ?? null;

it('is told above four fifths, with as many of the oldest checkpoints as free enough, and none is deleted by itself', async () => {
  expect(offered((await page(800)).runs)).toBeNull();
  await forgetAll();
  const { runs, storage } = await page(810);
  expect(runs.state.room).toMatchObject({ used: 810, quota: 1000 });
  expect(offered(runs)).toEqual(['oldest', 'older']);
  await runs.refresh();
  expect(await (await storage.database()).getAllKeys('checkpoints')).toHaveLength(5);
});

it('is made by one press, which tells what it freed and leaves every result', async () => {
  const { runs, storage } = await page(990);
  expect(offered(runs)).toEqual(['oldest', 'older', 'newest']);
  await runs.makeRoom();
  expect(runs.state.freed).toEqual(['oldest', 'older', 'newest'].map((id) => ({ id, bytes: 100 })));
  expect(runs.state.room).toBeNull();
  expect(await (await storage.database()).getAllKeys('checkpoints')).toEqual(['held', 'stopped']);
  for (const id of ['oldest', 'older', 'newest'])
    expect(await storage.read(id)).toMatchObject({ summary: { checkpointBytes: 0 }, record: { result: { quality: 0.5 } } });
});

it('is left as it is where a person says so', async () => {
  const { runs } = await page(990);
  runs.leaveRoom();
  await runs.refresh();
  expect(runs.state).toMatchObject({ room: null, freed: null });
});
