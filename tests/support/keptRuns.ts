/** Storage of kept runs in Node's memory, and locks as of several tabs of one browser. */
import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { DATABASE } from '../../src/keep/database';
import type { RunLocks } from '../../src/keep/locks';
import { RunStorage } from '../../src/keep/runStorage';

/** Locks without a browser; all who have these locks are tabs of one browser. */
export function sharedLocks(): RunLocks {
  const held = new Map<string, { end: Promise<void>; release: () => void }>();
  return {
    hold(id) {
      if (held.has(id)) return Promise.resolve(null);
      let end = () => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      const release = () => {
        held.delete(id);
        end();
      };
      held.set(id, { end: ended, release });
      return Promise.resolve(release);
    },
    held: () => Promise.resolve(new Set(held.keys())),
    free: (id) => held.get(id)?.end ?? Promise.resolve(),
  };
}

export const silent = { tell() {} };

export function storageOf(locks = sharedLocks()): RunStorage {
  return new RunStorage(locks, silent);
}

export const forgetAll = () => deleteDB(DATABASE);
