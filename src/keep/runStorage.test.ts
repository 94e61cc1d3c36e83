import { afterEach, describe, expect, it } from 'vitest';
import { forgetAll, sharedLocks, silent } from '../../tests/support/keptRuns';
import { summaryFor } from '../../tests/support/keptSummaries';
import { openDatabase, type RunDatabase } from './database';
import type { KeptState, RunRecord } from './keptRun';
import type { DroppedCheckpoint } from './room';
import { RunLibrary } from './runLibrary';
import { RunStorage, type KeptParts } from './runStorage';

afterEach(forgetAll);

const parts = (id: string, step: number, state: KeptState = 'underWay', bytes: number | null = step): KeptParts => ({
  summary: { ...summaryFor(id), step, state, changed: step },
  record: { id, told: [{ kind: 'quality', of: 'final', step, quality: 0 }] } as unknown as RunRecord,
  checkpoint: bytes === null ? null : new Uint8Array(bytes),
});

/** A database whose writes of checkpoints the browser refuses while more of their bytes than these are kept. */
function limited(most: number): () => Promise<RunDatabase> {
  return async () => {
    const database = await openDatabase(() => {});
    return new Proxy(database, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== 'transaction') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        return (stores: string[], mode: 'readwrite') => {
          const transaction = target.transaction(stores as 'checkpoints'[], mode);
          if (stores.length < 3) return transaction;
          return new Proxy(transaction, {
            get(of, name) {
              const found: unknown = Reflect.get(of, name);
              if (name === 'done') return full(of.done, target, most);
              return typeof found === 'function' ? (found.bind(of) as unknown) : found;
            },
          });
        };
      },
    });
  };
}

/** As the browser does: the transaction is undone, and says why. */
async function full(done: Promise<void>, database: RunDatabase, most: number): Promise<void> {
  await done;
  const kept = await database.getAll('checkpoints');
  if (kept.reduce((sum, { bytes }) => sum + bytes.length, 0) <= most) return;
  throw new DOMException('no room', 'QuotaExceededError');
}

describe('kept runs in the database', () => {
  it('come back as they were written last, with the checkpoint of then', async () => {
    const storage = new RunStorage(sharedLocks(), silent);
    await storage.write(parts('a', 5));
    await storage.write(parts('a', 7, 'finished', null));
    const run = await storage.read('a');
    expect(run).toMatchObject({ summary: { step: 7, state: 'finished', checkpointBytes: 5 }, record: { told: [{ step: 7 }] } });
    expect(run?.checkpoint).toHaveLength(5);
    expect(await storage.read('b')).toBeNull();
  });

  it('are whole after a write that was cut off: all of it is there, or nothing', async () => {
    const storage = new RunStorage(sharedLocks(), silent);
    await storage.write(parts('a', 5));
    const broken = parts('a', 9);
    // The last part cannot be stored, after the others were handed over.
    await expect(storage.write({ ...broken, summary: { ...broken.summary, name: () => {} } as never })).rejects.toThrow();
    expect(await storage.read('a')).toMatchObject({ summary: { step: 5 }, record: { told: [{ step: 5 }] } });
    expect((await storage.read('a'))?.checkpoint).toHaveLength(5);
  });

  it('make room for the run under way by the oldest checkpoints of finished runs, never by a result, and tell of each', async () => {
    const storage = new RunStorage(sharedLocks(), silent, limited(100));
    await storage.write(parts('newer', 50, 'finished', 30));
    await storage.write(parts('older', 40, 'finished', 30));
    await storage.write(parts('stopped', 10, 'stopped', 30));
    const dropped: DroppedCheckpoint[] = [];
    const tell = (one: DroppedCheckpoint) => void dropped.push(one);
    const bytes = async (id: string) => (await storage.read(id))?.summary.checkpointBytes;
    await storage.write(parts('now', 60, 'underWay', 40), tell);
    expect(await Promise.all(['newer', 'older', 'stopped', 'now'].map(bytes))).toEqual([30, 0, 30, 40]);
    expect(dropped).toEqual([{ id: 'older', bytes: 30 }]);
    expect(await storage.read('older')).toMatchObject({ checkpoint: null, record: { id: 'older' } });
    // Nobody waits for runs of a file, so nothing gives way to them.
    await expect(storage.writeAll([parts('imported', 70, 'finished', 40)])).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(dropped).toHaveLength(1);
    await expect(storage.write(parts('huge', 70, 'underWay', 200), tell)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(dropped.map(({ id }) => id).slice(0, 2)).toEqual(['older', 'newer']);
    expect(await Promise.all(['stopped', 'now'].map(bytes))).toEqual([30, 40]);
  });
});

describe('the library of kept runs', () => {
  it('names, deletes and brings back', async () => {
    const storage = new RunStorage(sharedLocks(), silent);
    const library = new RunLibrary(storage);
    for (const id of ['a', 'b']) await storage.write(parts(id, 5));
    await library.label('a', { name: 'First', starred: true });
    await storage.write(parts('a', 6));
    expect((await library.list()).find(({ id }) => id === 'a')).toMatchObject({ step: 6, label: { name: 'First', starred: true } });
    expect(await library.remove(['a', 'b'])).toEqual(['a', 'b']);
    expect(await library.list()).toEqual([]);
    await library.bringBack(['b']);
    expect((await library.list()).map(({ id }) => id)).toEqual(['b']);
  });

  it('leaves alone what another page holds', async () => {
    const locks = sharedLocks();
    const storage = new RunStorage(locks, silent);
    await storage.write(parts('a', 5));
    const release = await locks.hold('a');
    const library = new RunLibrary(storage);
    expect((await library.list())[0]).toMatchObject({ held: true });
    expect(await library.remove(['a'])).toEqual([]);
    await library.leave('a');
    expect((await library.list())[0]).toMatchObject({ state: 'underWay' });
    release?.();
    await library.leave('a');
    expect((await library.list())[0]).toMatchObject({ held: false, state: 'stopped' });
  });
});
