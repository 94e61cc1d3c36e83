/** Writes and reads kept runs. All parts of a run are written in one transaction, so that the last whole state is there after any end. */
import { openDatabase, type News, type RunDatabase } from './database';
import type { RunLocks } from './locks';
import type { RunLabel, RunRecord, RunSummary } from './keptRun';
import { dropCheckpoints, type DroppedCheckpoint } from './room';

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

export class RunStorage {
  #database: Promise<RunDatabase> | null = null;

  constructor(
    readonly locks: RunLocks,
    private readonly news: Pick<News, 'tell'>,
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

  /**
   * Writes a run that is under way. Where the browser has no room for it, the oldest checkpoints of other finished runs give way, one by one.
   * @param tell is told of each that was deleted, also where the write fails nevertheless
   * @throws what the browser throws when it cannot be written; what was written before stays
   */
  async write(parts: KeptParts, tell: (dropped: DroppedCheckpoint) => void = () => {}): Promise<void> {
    for (;;) {
      try {
        await this.writeAll([parts]);
        return;
      } catch (error) {
        if (!isFull(error)) throw error;
        const others = (run: RunSummary) => run.id !== parts.summary.id;
        const [dropped] = await dropCheckpoints(await this.database(), (runs) => runs.filter(others).slice(0, 1));
        if (!dropped) throw error;
        tell(dropped);
      }
    }
  }

  /**
   * Writes several runs, all or none, and tells pages once. Nothing makes room for them.
   * @param runs each with what is said of it where something is
   * @throws what the browser throws when they cannot be written
   */
  async writeAll(runs: readonly (KeptParts & { readonly label?: RunLabel | null })[]): Promise<void> {
    await put(await this.database(), runs);
    this.changed();
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
