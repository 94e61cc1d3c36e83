import { openDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { forgetAll, sharedLocks, silent } from '../../tests/support/keptRuns';
import { DATABASE } from './database';
import { readSweep, writeSweep, type KeptSweep } from './keptSweep';
import { RunStorage } from './runStorage';

afterEach(forgetAll);

it('is kept beside the runs of a database from before there were sweeps', async () => {
  const before = await openDB(DATABASE, 1, {
    upgrade(database) {
      for (const store of ['summaries', 'labels', 'records', 'checkpoints']) database.createObjectStore(store, { keyPath: 'id' });
    },
  });
  await before.put('labels', { id: 'a', name: 'kept' });
  before.close();
  const storage = new RunStorage(sharedLocks(), silent);
  const sweep = { id: 'sweep', cells: [] } as unknown as KeptSweep;
  await writeSweep(storage, sweep);
  expect(await readSweep(storage)).toEqual(sweep);
  expect(await (await storage.database()).get('labels', 'a')).toMatchObject({ name: 'kept' });
  await writeSweep(storage, null);
  expect(await readSweep(storage)).toBeNull();
});
