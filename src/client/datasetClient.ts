/** The main thread's end of the dataset worker. */
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { Dataset } from '../core/data/dataset';
import { missingFile, WorkbenchError } from '../core/errors';
import { locale } from '../core/language/say';
import { sayLater } from '../core/language/told';
import type { DatasetCommands, GivenFile, HubChoice, HubListing, ImportProgress, LoadedSet, PreparedSets } from '../protocol/datasets';
import '../protocol/throwHandler';
import type { WorkerEndpoint } from './searchClient';

interface HubWorker {
  readonly commands: Remote<DatasetCommands>;
  readonly death: Promise<never>;
  readonly end: () => void;
}

export class DatasetClient {
  /** The worker of the hub's data set that is listed. It stays until all is read, since it keeps what was fetched. */
  #hub: HubWorker | null = null;
  /** Ends the import under way. */
  #cancel: (() => void) | null = null;

  /**
   * @param createWorker makes a worker; each command has one of its own, so that it can be ended and nothing stays in memory
   * @param persist asks the browser not to delete what is kept when its disk gets full. Some browsers ask the person.
   */
  constructor(
    private readonly createWorker: () => WorkerEndpoint,
    readonly persist: () => void,
  ) {}

  /**
   * Reads examples; see `DatasetCommands`. One import at a time.
   * @returns null when it was cancelled
   */
  async importExamples(files: readonly GivenFile[], task: string, tell: (progress: ImportProgress) => void): Promise<LoadedSet | null> {
    const cancelled = new Promise<null>((resolve) => (this.#cancel = () => resolve(null)));
    let over = false;
    // Some reports may still be on their way when the import has ended.
    const listener = proxy((progress: ImportProgress) => {
      if (!over) tell(progress);
    });
    try {
      return await this.#run((worker) => Promise.race([worker.importExamples(files, task, listener), cancelled]));
    } finally {
      over = true;
      this.#cancel = null;
    }
  }

  /** Ends the import at once, wherever it is. */
  cancel(): void {
    this.#cancel?.();
  }

  preparedSets(): Promise<PreparedSets | null> {
    return this.#run((worker) => worker.preparedSets());
  }

  loadPrepared(key: string): Promise<Dataset | null> {
    return this.#run((worker) => worker.loadPrepared(key));
  }

  removePrepared(key: string): Promise<void> {
    return this.#run((worker) => worker.removePrepared(key));
  }

  listHub(name: string): Promise<HubListing> {
    return this.#askHub((commands) => commands.listHub(name));
  }

  /** See `DatasetCommands`. */
  async importFromHub(choice: HubChoice, task: string, tell: (progress: ImportProgress) => void): Promise<LoadedSet> {
    let over = false;
    const listener = proxy((progress: ImportProgress) => {
      if (!over) tell(progress);
    });
    try {
      const loaded = await this.#askHub((commands) => commands.importFromHub(choice, task, listener));
      this.#hub?.end();
      return loaded;
    } finally {
      over = true;
    }
  }

  cancelHub(): void {
    void this.#hub?.commands.cancelHub();
  }

  async #askHub<Answer>(ask: (commands: Remote<DatasetCommands>) => Promise<Answer>): Promise<Answer> {
    const { commands, death } = (this.#hub ??= this.#openHub());
    return Promise.race([inLanguage(commands).then(() => ask(commands)), death]);
  }

  #openHub(): HubWorker {
    const worker = this.createWorker();
    const commands = wrap<DatasetCommands>(worker);
    const death = deathOf(worker);
    const end = () => {
      this.#hub = null;
      commands[releaseProxy]();
      worker.terminate();
    };
    death.catch(end);
    return { commands, death, end };
  }

  async #run<Answer>(ask: (worker: Remote<DatasetCommands>) => Promise<Answer>): Promise<Answer> {
    const worker = this.createWorker();
    const commands = wrap<DatasetCommands>(worker);
    try {
      return await Promise.race([inLanguage(commands).then(() => ask(commands)), deathOf(worker)]);
    } finally {
      commands[releaseProxy]();
      worker.terminate();
    }
  }
}

/** Lets a worker tell what goes wrong in the page's language. */
const inLanguage = (commands: Remote<DatasetCommands>) => commands.speak(locale());

function deathOf(worker: WorkerEndpoint): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.addEventListener('error', (event) => {
      const { message } = event as Partial<ErrorEvent>;
      // An error event without a message means that the script could not be loaded.
      reject(
        message
          ? new WorkbenchError('internal', sayLater('The thread that reads examples broke down: {message}. Try again.', { message }))
          : missingFile(sayLater('The thread that reads examples'), sayLater('its script did not come')),
      );
    });
  });
}
