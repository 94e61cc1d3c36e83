/** The kept runs as the page shows them, and what a person does with them. */
import { createStore } from 'zustand/vanilla';
import type { SearchClient } from '../client/searchClient';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { sentencesLater } from '../core/language/lists';
import { say } from '../core/language/say';
import { said, sayLater, type Told } from '../core/language/told';
import type { ListedRun, RunLabel } from '../keep/keptRun';
import type { RunLocks } from '../keep/locks';
import { shortRoom, type DroppedCheckpoint, type Estimate, type ShortRoom } from '../keep/room';
import { UNDO_MS, type RunLibrary } from '../keep/runLibrary';
import type { News } from '../keep/database';
import type { StoredRun } from '../keep/runStorage';
import type { GivenFile } from '../protocol/datasets';
import type { RunImportProgress } from '../protocol/protocol';
import { runFileOf } from './keptView';
import { runFilesAmong } from './runFilesAmong';
import { statusOf } from './runList';

/** Bytes of checkpoints in one ZIP file, whose offsets have 32 bits. */
const MOST_TAKEN = 2e9;

export interface RunsState {
  /** Null until they are read. */
  readonly runs: readonly ListedRun[] | null;
  /** Room that runs short; null while there is enough, and once a person has said to leave it so. */
  readonly room: ShortRoom | null;
  /** The checkpoints that a person deleted last; null before that. */
  readonly freed: readonly DroppedCheckpoint[] | null;
  /** Why the last action failed. */
  readonly error: Told | null;
  /** The runs that were deleted last, which can be brought back. */
  readonly deleted: readonly string[];
  /** What a screen reader says, in the language in use when it is shown. */
  readonly announcement: () => string;
  /** How far an import is; null where none is under way. */
  readonly importing: RunImportProgress | null;
  /** A sentence for each file of the last import that was passed over. */
  readonly passedOver: readonly Told[];
}

export class RunsStore {
  readonly store = createStore<RunsState>(() => ({
    runs: null,
    room: null,
    freed: null,
    error: null,
    deleted: [],
    announcement: () => '',
    importing: null,
    passedOver: [],
  }));
  #reading: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  readonly #awaited = new Set<string>();
  #roomSettled = false;
  /** Ends the time in which `deleted` can be brought back. */
  #undoTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param estimate how much room the browser gives; undefined where it does not tell */
  constructor(
    private readonly library: RunLibrary,
    private readonly locks: RunLocks,
    news: Pick<News, 'listen'>,
    private readonly client: Pick<SearchClient, 'call' | 'importRuns'>,
    private readonly estimate: Estimate | undefined,
  ) {
    news.listen(() => void this.refresh());
    void this.#told(() => library.clearAway());
    void this.refresh();
  }

  get state(): RunsState {
    return this.store.getState();
  }

  /** Reads the list again; calls that come meanwhile share one more reading. */
  refresh(): Promise<void> {
    this.#next ??= (this.#reading ?? Promise.resolve()).then(() => {
      this.#next = null;
      this.#reading = this.#told(async () => {
        const runs = await this.library.list();
        const room = shortRoom((await this.estimate?.()) ?? {}, runs);
        this.store.setState({ runs, room: this.#roomSettled ? null : room });
        for (const run of runs) if (run.held && run.state === 'underWay') this.#await(run.id);
      });
      return this.#reading;
    });
    return this.#next;
  }

  read(id: string): Promise<StoredRun> {
    return this.library.read(id);
  }

  async label(id: string, change: Partial<Omit<RunLabel, 'id' | 'deleted'>>): Promise<void> {
    await this.#attempt(() => this.library.label(id, change));
    await this.refresh();
  }

  /** Deletes runs; `undo` brings them back, until others are deleted, or time is over. A run that a page holds stays, and is told. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#attempt(async () => {
      const deleted = await this.library.remove(ids);
      const left = ids.length - deleted.length;
      const why =
        left > 0 ? sayLater('{runs} not deleted, since a page has it open. Press Reset there first.', { runs: countLater(left) }) : null;
      this.store.setState({ error: why, announcement: () => say('{runs} deleted.', { runs: countText(deleted.length) }) });
      if (deleted.length === 0) return;
      const before = this.#takeDeleted();
      this.#offerUndo(deleted);
      await this.library.forget(before);
    });
    await this.refresh();
  }

  async undo(): Promise<void> {
    const deleted = this.#takeDeleted();
    await this.#attempt(async () => {
      try {
        await this.library.bringBack(deleted);
      } catch (error) {
        this.#offerUndo(deleted);
        throw error;
      }
      this.store.setState({ announcement: () => say('{runs} brought back.', { runs: countText(deleted.length) }) });
    });
    await this.refresh();
  }

  /** Frees the room of the runs that were deleted last, which can then not be brought back. */
  async forget(): Promise<void> {
    const deleted = this.#takeDeleted();
    await this.#attempt(async () => {
      await this.library.forget(deleted);
      this.store.setState({ announcement: () => say('{runs} deleted for good.', { runs: countText(deleted.length) }) });
    });
    await this.refresh();
  }

  /** Deletes the checkpoints that are offered for room, and tells what that freed. */
  async makeRoom(): Promise<void> {
    const ids = this.state.room?.oldest.map(({ id }) => id) ?? [];
    await this.#attempt(async () => this.store.setState({ freed: await this.library.dropCheckpoints(ids) }));
    await this.refresh();
  }

  /** Says no more of what was freed, and leaves the room as it is until the page is opened anew. */
  leaveRoom(): void {
    this.#roomSettled ||= this.state.room !== null;
    this.store.setState({ room: null, freed: null });
  }

  /** Runs as one ZIP file, with the weights of those that are finished; null where that fails, which is told. */
  async takeAlong(runs: readonly ListedRun[]): Promise<Blob | null> {
    let file: Blob | null = null;
    const { library } = this;
    await this.#attempt(async () => {
      const bytes = runs.reduce((sum, { checkpointBytes }) => sum + checkpointBytes, 0);
      if (bytes > MOST_TAKEN)
        throw new WorkbenchError(
          'invalid-data',
          sayLater('These runs have more than 2 GB of weights, which is more than one file takes along. Choose fewer runs.'),
        );
      const { takeAlong } = await import('../keep/takeAlong');
      file = await takeAlong(
        (async function* () {
          for (const { id, label, started } of runs) {
            const stored = await library.read(id);
            const checkpoint = stored.summary.state === 'finished' ? stored.checkpoint : null;
            yield { file: runFileOf(stored), label, started, checkpoint };
          }
        })(),
      );
    });
    return file;
  }

  /** Takes runs from run files, from ZIP files of them, and from folders of both. */
  async importRuns(files: readonly GivenFile[]): Promise<void> {
    this.store.setState({ passedOver: [] });
    let over = false;
    // Some reports may still be on their way when the import has ended.
    const tell = (importing: RunImportProgress) => {
      if (!over) this.store.setState({ importing });
    };
    await this.#attempt(async () => {
      const { taken, problems } = await this.client.importRuns(runFilesAmong(files), tell);
      this.store.setState({ passedOver: problems });
      const [first, ...others] = problems;
      const more = others.length > 0 ? [sayLater('{runs} more could not be read either.', { runs: countLater(others.length) })] : [];
      this.store.setState({
        error: first === undefined ? null : sentencesLater([first, ...more]),
        announcement: () => say('{runs} imported.', { runs: countText(taken) }),
      });
    });
    over = true;
    this.store.setState({ importing: null });
    await this.refresh();
  }

  /** Keeps an interrupted run as it is. */
  async leave(id: string): Promise<void> {
    await this.#attempt(() => this.library.leave(id));
    await this.refresh();
  }

  /** What a run searches, for drawing it; null where this version cannot tell. */
  async spaceOf({ record: { config, data } }: StoredRun) {
    try {
      return await this.client.call('describeSpace', config.task, config.device, config.method, config.space, data.classNames.length);
    } catch {
      return null;
    }
  }

  #offerUndo(deleted: readonly string[]): void {
    this.store.setState({ deleted });
    this.#undoTimer = setTimeout(() => {
      void this.#told(() => this.library.forget(this.#takeDeleted())).then(() => this.refresh());
    }, UNDO_MS);
  }

  /** Ends the offer at once, so that nothing is both brought back and cleared away. @returns what could be brought back */
  #takeDeleted(): readonly string[] {
    const { deleted } = this.state;
    clearTimeout(this.#undoTimer);
    this.store.setState({ deleted: [] });
    return deleted;
  }

  /** For a person who goes elsewhere. */
  forgetError(): void {
    if (this.state.error !== null) this.store.setState({ error: null });
  }

  /** What a person does: the failure before is no longer news. */
  async #attempt(action: () => Promise<void>): Promise<void> {
    this.store.setState({ error: null });
    await this.#told(action);
  }

  /** Tells a failure. */
  async #told(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.store.setState({ error: asWorkbenchError(error).told });
    }
  }

  /** Reads again once the page that holds a run is gone, since the run is interrupted then. */
  #await(id: string): void {
    if (this.#awaited.has(id)) return;
    this.#awaited.add(id);
    void this.locks.free(id).then(() => {
      this.#awaited.delete(id);
      return this.refresh();
    });
  }
}

/** The run that was interrupted last, if there is one. */
export function interrupted({ runs }: RunsState): ListedRun | null {
  return runs?.find((run) => statusOf(run) === 'interrupted') ?? null;
}

const countLater = (count: number) => sayLater('{count, plural, one {# run} other {# runs}}', { count });
export const countText = (count: number) => said(countLater(count));
