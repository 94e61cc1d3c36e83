/** A person's own examples: reads them in a thread of their own, or takes prepared ones, and hands them to the one that trains. */
import type { StoreApi } from 'zustand/vanilla';
import type { DatasetClient } from '../client/datasetClient';
import { nameText } from '../core/data/nameText';
import type { Dataset } from '../core/data/dataset';
import { asWorkbenchError } from '../core/errors';
import { durationText } from '../core/runs/progress';
import { sentencesText } from '../core/language/lists';
import { say } from '../core/language/say';
import { said, sayLater, type Told } from '../core/language/told';
import type { GivenFile, ImportProgress, LoadedSet, PreparedSet } from '../protocol/datasets';
import { importShare } from './importShare';
import type { WorkbenchState } from './state';

/** Milliseconds between two announcements of how far an import is. */
const ANNOUNCE_EVERY = 10_000;

const nothingRead: ImportProgress = { items: null, bytes: { done: 0, total: 0 }, leftMs: null };

/** What own data needs of the application. */
export interface Host {
  readonly store: StoreApi<WorkbenchState>;
  /** Loads examples in place of those in use, which stay when there are none or when loading fails. */
  use(load: () => Promise<Dataset | null>): Promise<void>;
  chooseTask(id: string): Promise<void>;
  /** The time in milliseconds. */
  now(): number;
}

export class OwnData {
  #announced = 0;

  constructor(
    private readonly host: Host,
    private readonly datasets: DatasetClient,
  ) {}

  /** Reads a folder's files or an archive, and keeps the result in this browser. */
  async import(given: readonly GivenFile[]): Promise<void> {
    const { task } = this.#state;
    this.#set({ importing: nothingRead, dataNote: null, announcement: () => say('Reading files.') });
    this.#announced = this.host.now();
    await this.host.use(async () => {
      const loaded = await this.datasets.importExamples(given, task, (progress) => this.#tell(progress));
      if (!loaded) {
        this.#set({ announcement: () => say('Cancelled. Nothing has changed.') });
        return null;
      }
      return this.taken(loaded);
    });
    await this.list();
  }

  /** Tells what was read and whether it is kept. */
  taken({ dataset, notKept }: LoadedSet): Dataset {
    const { prepared } = this.#state;
    this.#set({ dataNote: notKept });
    if (prepared && notKept === null && prepared.sets.length === 0) this.datasets.persist();
    this.#announce(dataset, notKept);
    return dataset;
  }

  /** Ends the import under way; the examples in use stay. */
  cancel(): void {
    this.datasets.cancel();
  }

  /** Asks what is kept in this browser. */
  list = (): Promise<void> => this.#attempt(async () => this.#listed(await this.datasets.preparedSets()));

  /** Takes a prepared set, and its task. */
  async usePrepared({ key, task, title }: PreparedSet): Promise<void> {
    this.#set({ dataNote: null });
    if (task !== this.#state.task) await this.host.chooseTask(task);
    await this.host.use(async () => {
      const dataset = await this.datasets.loadPrepared(key);
      if (dataset) this.#announce(dataset, null);
      else this.#set({ dataNote: sayLater('{title} is not there any more. Read its files again.', { title }) });
      return dataset;
    });
    // It may have been damaged, and is removed then.
    if (this.#state.dataNote !== null || this.#state.dataError !== null) await this.list();
  }

  removePrepared({ key, title }: PreparedSet): Promise<void> {
    return this.#attempt(async () => {
      await this.datasets.removePrepared(key);
      this.#set({ announcement: () => say('{title} is deleted.', { title: said(title) }) });
      this.#listed(await this.datasets.preparedSets());
    });
  }

  #listed(prepared: WorkbenchState['prepared']): void {
    const dropped = prepared?.dropped ?? [];
    this.#set({ prepared, ...(dropped.length > 0 && { announcement: () => sentencesText(dropped) }) });
  }

  /** What is kept is a convenience: when it fails, the reason is told and everything else goes on. */
  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const { told } = asWorkbenchError(error);
      this.#set({ dataNote: told, announcement: () => said(told) });
    }
  }

  #announce(dataset: Dataset, note: Told | null): void {
    const { words, name, synthetic } = dataset;
    const [train, test] = [dataset.train.count, dataset.test.count];
    const announcement = () => {
      const values = { name: nameText({ name, synthetic }), train, test, examples: say(words.many) };
      return sentencesText([say('{name}: {train, number} training and {test, number} test {examples}.', values), note]);
    };
    this.#set({ announcement });
  }

  #tell(importing: ImportProgress): void {
    this.#set({ importing });
    if (this.host.now() - this.#announced < ANNOUNCE_EVERY) return;
    this.#announced = this.host.now();
    const { leftMs } = importing;
    const share = Math.floor(100 * importShare(importing));
    this.#set({
      announcement: () =>
        leftMs === null ? say('{share} % read.', { share }) : say('{share} % read, {time} left.', { share, time: durationText(leftMs) }),
    });
  }

  get #state(): WorkbenchState {
    return this.host.store.getState();
  }

  #set(change: Partial<WorkbenchState>): void {
    this.host.store.setState(change);
  }
}
