/** The kept runs as a page reads them, and what a person does with them. Runs themselves write through `RunStorage`. */
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { unlabelled, type ListedRun, type RunLabel } from './keptRun';
import { dropCheckpoints, type DroppedCheckpoint } from './room';
import { newlyNumbered } from './runNumbers';
import type { RunStorage, StoredRun } from './runStorage';

/** How long a deleted run can be brought back. */
export const UNDO_MS = 5 * 60_000;

const ALL = ['summaries', 'labels', 'records', 'checkpoints'] as const;

export class RunLibrary {
  /** Lets go of each run that was deleted here and can be brought back. It is held, so that no other page goes on with it or clears it away. */
  readonly #deleted = new Map<string, () => void>();

  constructor(
    private readonly storage: RunStorage,
    private readonly now = () => Date.now(),
  ) {}

  /** All runs that are not deleted, the newest first, each with a number among those of its name. */
  async list(): Promise<ListedRun[]> {
    const [{ summaries, labels }, held] = await Promise.all([this.#numbered(), this.storage.locks.held()]);
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
  label(id: string, change: Partial<Omit<RunLabel, 'id'>>): Promise<void> {
    return this.#label([id], change);
  }

  /** Deletes runs, which can be brought back until they are forgotten. @returns those that were deleted; a run that a page holds is not */
  async remove(ids: readonly string[]): Promise<string[]> {
    const taken = await this.#hold(ids);
    const removed = [...taken.keys()];
    try {
      await this.#label(removed, { deleted: this.now() });
    } catch (error) {
      for (const release of taken.values()) release();
      throw error;
    }
    for (const [id, release] of taken) this.#deleted.set(id, release);
    return removed;
  }

  /** Undoes `remove` of this page. */
  async bringBack(ids: readonly string[]): Promise<void> {
    await this.#label(ids, { deleted: null });
    this.#release(ids);
  }

  /** Clears away for good what this page has deleted. */
  async forget(ids: readonly string[]): Promise<void> {
    try {
      await this.#clear(ids.filter((id) => this.#deleted.has(id)));
    } finally {
      this.#release(ids);
    }
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

  /** Clears away for good what pages that are closed have deleted long enough ago. */
  async clearAway(): Promise<void> {
    const labels = await (await this.storage.database()).getAll('labels');
    const old = labels.filter(({ deleted }) => deleted !== null && this.now() - deleted > UNDO_MS);
    const taken = await this.#hold(old.map(({ id }) => id));
    try {
      if (taken.size > 0) await this.#clear([...taken.keys()]);
    } finally {
      for (const release of taken.values()) release();
    }
  }

  /** @returns how to let go of each run that no page held */
  async #hold(ids: readonly string[]): Promise<Map<string, () => void>> {
    const releases = await Promise.all(ids.map((id) => this.storage.locks.hold(id)));
    return new Map(ids.flatMap((id, index) => (releases[index] ? [[id, releases[index]] as const] : [])));
  }

  #release(ids: readonly string[]): void {
    for (const id of ids) {
      this.#deleted.get(id)?.();
      this.#deleted.delete(id);
    }
  }

  /** What a list shows of all runs. One transaction reads and gives numbers, so that no two tabs give the same. */
  async #numbered() {
    const transaction = (await this.storage.database()).transaction(['summaries', 'labels'], 'readwrite');
    const store = transaction.objectStore('labels');
    const [summaries, labels] = await Promise.all([transaction.objectStore('summaries').getAll(), store.getAll()]);
    const fresh = newlyNumbered(summaries, labels);
    // Numbers that cannot be kept, such as for want of room, are given anew the next time, since a list is what frees room.
    await Promise.allSettled([...fresh.map((label) => store.put(label)), transaction.done]);
    return { summaries, labels: [...labels, ...fresh] };
  }

  /** All or none. */
  async #label(ids: readonly string[], change: Partial<Omit<RunLabel, 'id'>>): Promise<void> {
    const { store, done } = (await this.storage.database()).transaction('labels', 'readwrite');
    for (const id of ids) {
      const { number, ...before } = (await store.get(id)) ?? unlabelled(id);
      const renamed = change.name !== undefined && change.name !== before.name;
      await store.put({ ...before, ...(number !== undefined && !renamed && { number }), ...change });
    }
    await done;
    this.storage.changed();
  }

  /** Clears away those of the runs that are deleted; another page may have brought one back before this one took hold of it. */
  async #clear(ids: readonly string[]): Promise<void> {
    const transaction = (await this.storage.database()).transaction(ALL, 'readwrite');
    const labels = await Promise.all(ids.map((id) => transaction.objectStore('labels').get(id)));
    const gone = labels.flatMap((label) => (label && label.deleted !== null ? [label.id] : []));
    await Promise.all(gone.flatMap((id) => ALL.map((store) => transaction.objectStore(store).delete(id))));
    await transaction.done;
    this.storage.changed();
  }
}
