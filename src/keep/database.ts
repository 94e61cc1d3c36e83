/** The database of kept runs in the browser, and the news of its changes that pages tell each other. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { RunLabel, RunRecord, RunSummary } from './keptRun';
import type { KeptSweep } from './keptSweep';

/** A checkpoint's bytes are in a store of their own, so that nothing else has to read them. */
export interface StoredCheckpoint {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export interface RunSchema extends DBSchema {
  summaries: { key: string; value: RunSummary };
  labels: { key: string; value: RunLabel };
  records: { key: string; value: RunRecord };
  checkpoints: { key: string; value: StoredCheckpoint };
  sweeps: { key: string; value: KeptSweep };
}

export type RunDatabase = IDBPDatabase<RunSchema>;

export const DATABASE = 'nas-workbench-runs';
/** 2 added sweeps. */
const VERSION = 2;

/**
 * @param lost is called when the connection has ended, because a newer page wants the database or the browser has closed it
 * @throws what the browser throws where it stores nothing, as some do in private windows
 */
export function openDatabase(lost: () => void): Promise<RunDatabase> {
  return openDB<RunSchema>(DATABASE, VERSION, {
    upgrade(database, before) {
      const stores = ['summaries', 'labels', 'records', 'checkpoints'] as const;
      for (const store of before < 1 ? ([...stores, 'sweeps'] as const) : (['sweeps'] as const))
        database.createObjectStore(store, { keyPath: 'id' });
    },
    // A newer page waits for this one to let go.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      lost();
    },
    terminated: lost,
  });
}

/** Tells other threads and pages that kept runs have changed, and hears it from them. */
export class News {
  readonly #channel = new BroadcastChannel(DATABASE);

  tell(): void {
    this.#channel.postMessage('changed');
  }

  listen(heard: () => void): void {
    this.#channel.onmessage = heard;
  }

  close(): void {
    this.#channel.close();
  }
}
