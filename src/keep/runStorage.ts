/** Writes and reads kept runs. All parts of a run are written in one transaction, so that the last whole state is there after any end. */
import { openDatabase, type News, type RunDatabase } from './database';
import type { RunLocks } from './locks';
import type { RunLabel, RunRecord, RunSummary } from './keptRun';
import { dropOldestCheckpoint, roomLeft, type Estimate } from './room';

/** A run as it is written. */
export interface KeptParts {
  readonly summary: Omit<RunSummary, 'checkpointBytes'>;
  readonly record: RunRecord;
  /** Null leaves the checkpoint that is there. */
  readonly checkpoint: Uint8Array | null;
}

export interface StoredRun {
  readonly summary: RunSummary;
  readonly record: RunRecord;
  readonly checkpoint: Uint8Array | null;
}

/** How many writes pass between two looks at the room that is left. */
const LOOK_EVERY = 20;

export class RunStorage {
  #database: Promise<RunDatabase> | null = null;
  #writes = 0;

  /** @param estimate how much room the browser gives; undefined where it does not tell */
  constructor(
    readonly locks: RunLocks,
    private readonly news: Pick<News, 'tell'>,
    private readonly estimate: Estimate | undefined,
    private readonly open = openDatabase,
  ) {}

  /** The database, which is opened anew after its connection has ended. */
  database(): Promise<RunDatabase> {
    this.#database ??= this.open(() => (this.#database = null)).catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  /** Tells every page that kept runs have changed. */
  changed(): void {
    this.news.tell();
  }

  /** Writes a run, see `writeAll`. */
  write(parts: KeptParts): Promise<string | null> {
    return this.writeAll([parts]);
  }

  /**
   * Writes several runs, all or none, and tells pages once. Where there is no room, the oldest checkpoints of finished runs go first.
   * @param runs at least one, each with what is said of it where something is
   * @returns a sentence about room that runs short, null while there is enough
   * @throws what the browser throws when they cannot be written; what was written before stays
   */
  async writeAll(runs: readonly (KeptParts & { readonly label?: RunLabel | null })[]): Promise<string | null> {
    const database = await this.database();
    const id = runs[0]?.summary.id ?? '';
    for (;;) {
      try {
        await put(database, runs);
        break;
      } catch (error) {
        if (!isFull(error) || !(await dropOldestCheckpoint(database, id))) throw error;
      }
    }
    this.changed();
    return this.#writes++ % LOOK_EVERY === 0 ? roomLeft(database, this.estimate, id) : null;
  }

  /** @returns null where there is no such run */
  async read(id: string): Promise<StoredRun | null> {
    const database = await this.database();
    const transaction = database.transaction(['summaries', 'records', 'checkpoints']);
    const [summary, record, checkpoint] = await Promise.all([
      transaction.objectStore('summaries').get(id),
      transaction.objectStore('records').get(id),
      transaction.objectStore('checkpoints').get(id),
    ]);
    return summary && record ? { summary, record, checkpoint: checkpoint?.bytes ?? null } : null;
  }
}

async function put(database: RunDatabase, runs: Parameters<RunStorage['writeAll']>[0]): Promise<void> {
  const transaction = database.transaction(['summaries', 'records', 'checkpoints', 'labels'], 'readwrite');
  const summaries = transaction.objectStore('summaries');
  // A request that fails ends the transaction, which says why.
  const ask = (request: Promise<unknown>) => void request.catch(() => {});
  try {
    for (const { summary, record, checkpoint, label } of runs) {
      const { id } = summary;
      const checkpointBytes = checkpoint?.byteLength ?? (await summaries.get(id))?.checkpointBytes ?? 0;
      ask(transaction.objectStore('records').put(record));
      if (checkpoint) ask(transaction.objectStore('checkpoints').put({ id, bytes: checkpoint }));
      if (label) ask(transaction.objectStore('labels').put(label));
      ask(summaries.put({ ...summary, checkpointBytes }));
    }
  } catch (error) {
    // What was handed over before a part that cannot be stored must not be written by itself.
    ask(transaction.done);
    transaction.abort();
    throw error;
  }
  await transaction.done;
}

/** Whether a write failed for want of room. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
