/** A person's own examples: reads them in a thread of their own and hands them to the one that trains. */
import type { StoreApi } from 'zustand/vanilla';
import type { DatasetClient } from '../client/datasetClient';
import type { Dataset } from '../core/data/dataset';
import { durationText } from '../core/runs/progress';
import type { ImportProgress } from '../protocol/datasets';
import { importShare } from './importShare';
import type { WorkbenchState } from './state';

/** Milliseconds between two announcements of how far an import is. */
const ANNOUNCE_EVERY = 10_000;

const nothingRead: ImportProgress = { items: null, bytes: { done: 0, total: 0 }, leftMs: null };

export class OwnData {
  #announced = 0;

  /**
   * @param use loads examples in place of those in use, which stay when there are none or when loading fails
   * @param now the time in milliseconds
   */
  constructor(
    private readonly store: StoreApi<WorkbenchState>,
    private readonly datasets: DatasetClient,
    private readonly use: (load: () => Promise<Dataset | null>) => Promise<void>,
    private readonly now: () => number,
  ) {}

  /** Reads a folder's files or an archive. */
  async import(files: readonly File[]): Promise<void> {
    const given = files.map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
    const { task } = this.store.getState();
    this.store.setState({ importing: nothingRead, announcement: 'Reading files.' });
    this.#announced = this.now();
    await this.use(async () => {
      const loaded = await this.datasets.importExamples(given, task, (progress) => this.#tell(progress));
      if (loaded) return loaded.dataset;
      this.store.setState({ announcement: 'Cancelled. Nothing has changed.' });
      return null;
    });
  }

  /** Ends the import under way; the examples in use stay. */
  cancel(): void {
    this.datasets.cancel();
  }

  #tell(importing: ImportProgress): void {
    // A report may still be on its way when the import is cancelled.
    if (!this.store.getState().importing) return;
    this.store.setState({ importing });
    if (this.now() - this.#announced < ANNOUNCE_EVERY) return;
    this.#announced = this.now();
    const { leftMs } = importing;
    const left = leftMs === null ? '' : `, ${durationText(leftMs)} left`;
    this.store.setState({ announcement: `${Math.floor(100 * importShare(importing))} % read${left}.` });
  }
}
