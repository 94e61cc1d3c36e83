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

  /**
   * Writes a run. Where there is no room, the oldest checkpoints of finished runs go first.
   * @returns a sentence about room that runs short, null while there is enough
   * @throws what the browser throws when the run cannot be written; what was written before stays
   */
  async write(parts: KeptParts): Promise<string | null> {
    const database = await this.database();
    for (;;) {
      try {
        await put(database, parts);
        break;
      } catch (error) {
        if (!isFull(error) || !(await dropOldestCheckpoint(database, parts.summary.id))) throw error;
      }
    }
    this.changed();
    return this.#writes++ % LOOK_EVERY === 0 ? roomLeft(database, this.estimate, parts.summary.id) : null;
  }

  /** Writes what a person has said of a run. */
  async say(label: RunLabel): Promise<void> {
    await (await this.database()).put('labels', label);
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

async function put(database: RunDatabase, { summary, record, checkpoint }: KeptParts): Promise<void> {
  const transaction = database.transaction(['summaries', 'records', 'checkpoints'], 'readwrite');
  const { id } = summary;
  const summaries = transaction.objectStore('summaries');
  // A request that fails ends the transaction, which says why.
  const ask = (request: Promise<unknown>) => void request.catch(() => {});
  const checkpointBytes = checkpoint?.byteLength ?? (await summaries.get(id))?.checkpointBytes ?? 0;
  try {
    ask(transaction.objectStore('records').put(record));
    if (checkpoint) ask(transaction.objectStore('checkpoints').put({ id, bytes: checkpoint }));
    ask(summaries.put({ ...summary, checkpointBytes }));
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
