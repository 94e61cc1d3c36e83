/** The kept runs as a page reads them, and what a person does with them. Runs themselves write through `RunStorage`. */
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { unlabelled, type ListedRun, type RunLabel } from './keptRun';
import { dropCheckpoints, type DroppedCheckpoint } from './room';
import type { RunStorage, StoredRun } from './runStorage';

/** How long a deleted run can be brought back, at least. */
const UNDO_MS = 5 * 60_000;

const ALL = ['summaries', 'labels', 'records', 'checkpoints'] as const;

export class RunLibrary {
  constructor(
    private readonly storage: RunStorage,
    private readonly now = () => Date.now(),
  ) {}

  /** All runs that are not deleted, the newest first. */
  async list(): Promise<ListedRun[]> {
    const database = await this.storage.database();
    const transaction = database.transaction(['summaries', 'labels']);
    const [summaries, labels, held] = await Promise.all([
      transaction.objectStore('summaries').getAll(),
      transaction.objectStore('labels').getAll(),
      this.storage.locks.held(),
    ]);
    const labelOf = new Map(labels.map((label) => [label.id, label]));
    return summaries
      .map((summary) => ({ ...summary, label: labelOf.get(summary.id) ?? unlabelled(summary.id), held: held.has(summary.id) }))
      .filter(({ label }) => label.deleted === null)
      .toSorted((a, b) => b.started - a.started);
  }

  /** @throws WorkbenchError `invalid-data` where there is no such run */
  async read(id: string): Promise<StoredRun> {
    const stored = await this.storage.read(id);
    if (!stored) throw new WorkbenchError('invalid-data', sayLater('This run is no longer there; another tab may have deleted it.'));
    return stored;
  }

  /** Changes what a person says of a run. */
  async label(id: string, change: Partial<Omit<RunLabel, 'id'>>): Promise<void> {
    const database = await this.storage.database();
    const transaction = database.transaction('labels', 'readwrite');
    const before = (await transaction.store.get(id)) ?? unlabelled(id);
    await transaction.store.put({ ...before, ...change });
    await transaction.done;
    this.storage.changed();
  }

  /** Deletes runs, which can be brought back for a while. @returns those that were deleted; a run that another page holds is not */
  async remove(ids: readonly string[]): Promise<string[]> {
    const held = await this.storage.locks.held();
    const removed = ids.filter((id) => !held.has(id));
    for (const id of removed) await this.label(id, { deleted: this.now() });
    return removed;
  }

  async bringBack(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.label(id, { deleted: null });
  }

  /** Deletes the checkpoints of finished runs, for good. @returns those that were deleted; that of a run that a page holds is not */
  async dropCheckpoints(ids: readonly string[]): Promise<DroppedCheckpoint[]> {
    const held = await this.storage.locks.held();
    const dropped = await dropCheckpoints(await this.storage.database(), (runs) =>
      runs.filter(({ id }) => ids.includes(id) && !held.has(id)),
    );
    this.storage.changed();
    return dropped;
  }

  /** Keeps an interrupted run as it is: it is offered no more, though it can still go on. */
  async leave(id: string): Promise<void> {
    const release = await this.storage.locks.hold(id);
    if (!release) return;
    try {
      const database = await this.storage.database();
      const transaction = database.transaction('summaries', 'readwrite');
      const summary = await transaction.store.get(id);
      if (summary?.state === 'underWay') await transaction.store.put({ ...summary, state: 'stopped' });
      await transaction.done;
    } finally {
      release();
    }
    this.storage.changed();
  }

  /** Clears away what was deleted long enough ago, for good. */
  async clearAway(): Promise<void> {
    const database = await this.storage.database();
    const transaction = database.transaction(ALL, 'readwrite');
    const labels = await transaction.objectStore('labels').getAll();
    const gone = labels.filter(({ deleted }) => deleted !== null && this.now() - deleted > UNDO_MS);
    await Promise.all(gone.flatMap(({ id }) => ALL.map((store) => transaction.objectStore(store).delete(id))));
    await transaction.done;
  }
}
