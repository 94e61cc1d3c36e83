/** Works off the page's sweep: one cell after the other, each as if a person had chosen its settings and pressed Start. */
import { createStore } from 'zustand/vanilla';
import type { BackendName } from '../backends/backend';
import type { SearchConfig } from '../core/config/searchConfig';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';
import { configDifferences } from '../core/runs/checkpoint/differences';
import type { KeptSweep, SweepCell } from '../keep/keptSweep';
import type { RunLocks } from '../keep/locks';
import type { RunLibrary } from '../keep/runLibrary';
import type { StoredRun } from '../keep/runStorage';
import { isBusy } from './isBusy';
import type { LostDevice } from './lostDevice';
import { showBefore } from './shownRun';
import type { WorkbenchState } from './state';
import type { Workbench } from './workbench';

export interface SweepState {
  /** Undefined until it is read, null where there is none. */
  readonly sweep: KeptSweep | null | undefined;
  /** Whether this tab works it off; otherwise another one does. */
  readonly here: boolean;
  /** Why it waits for a person; null while it does not. */
  readonly problem: Told | null;
}

/** Where it is kept. */
export interface SweepPlace {
  read(): Promise<KeptSweep | null>;
  write(sweep: KeptSweep | null): Promise<void>;
  /** @returns null where there is no such run any more */
  run(id: string): Promise<StoredRun | null>;
  /** The run of this search that its page has left without an end; null for none. */
  interrupted(config: SearchConfig): Promise<StoredRun | null>;
  /** Keeps a run as it is, so that nobody is asked to go on with it. */
  leave(id: string): Promise<void>;
  readonly locks: Pick<RunLocks, 'hold' | 'free'>;
}

type Page = Pick<Workbench, 'store' | 'adopt' | 'start' | 'goOn' | 'pause' | 'resume' | 'stop' | 'pickBackend'>;

const LOCK = 'sweep';

export class SweepQueue {
  readonly store = createStore<SweepState>(() => ({ sweep: undefined, here: false, problem: null }));
  #working = false;

  constructor(
    private readonly place: SweepPlace,
    private readonly page: Page,
    private readonly lostDevice: Pick<LostDevice, 'goOn'>,
  ) {}

  /** Whether a search of it is under way here. */
  get working(): boolean {
    return this.#working && this.#current() !== undefined;
  }

  /** Takes up what an earlier visit has left. Only one tab does; the next takes over when it is gone. */
  async open(): Promise<void> {
    await this.refresh();
    while ((await this.place.locks.hold(LOCK)) === null) await this.place.locks.free(LOCK);
    this.store.setState({ here: true });
    this.store.setState({ sweep: await this.place.read() });
    void this.#work();
  }

  /** Reads it again, where another tab changes it. */
  async refresh(): Promise<void> {
    if (this.store.getState().here) return;
    const sweep = await this.place.read();
    if (!this.store.getState().here) this.store.setState({ sweep });
  }

  /** Begins a sweep, in place of the one before. */
  async start(sweep: Omit<KeptSweep, 'id' | 'paused' | 'cells'>, configs: readonly SweepCell['config'][]): Promise<void> {
    await this.#write({ ...sweep, id: 'sweep', paused: false, cells: configs.map(newCell) });
    void this.#work();
  }

  /**
   * Adds searches behind those that wait; one that waits already is not added again. Where no sweep is left they become one, which waits to be
   * continued, so that a list can be made up from settings one after the other.
   * @returns how many were added
   * @throws WorkbenchError `invalid-setting` where the sweep is another tab's, or learns from other examples
   */
  async add(sweep: Omit<KeptSweep, 'id' | 'paused' | 'cells'>, configs: readonly SweepCell['config'][]): Promise<number> {
    const { here, sweep: kept } = this.store.getState();
    if (!here) throw new WorkbenchError('invalid-setting', sayLater('Another tab works the sweep off: add the searches there.'));
    const before = kept?.cells.some(({ state }) => state !== 'ended') ? kept : null;
    if (before && !learnsAlike(before, sweep, configs))
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('The sweep learns from other examples than the page has now. Choose the same ones, or cancel the sweep first.'),
      );
    const waiting = (before?.cells ?? []).filter(({ state }) => state === 'waiting');
    const added = configs.filter((config) => !waiting.some((cell) => configDifferences(cell.config, config) === null)).map(newCell);
    await this.#write(before ? { ...before, cells: [...before.cells, ...added] } : { ...sweep, id: 'sweep', paused: true, cells: added });
    void this.#work();
    return added.length;
  }

  /** Takes a search out that waits behind the one under way. */
  async remove(index: number): Promise<void> {
    const { sweep } = this.store.getState();
    if (sweep?.cells[index]?.state !== 'waiting' || sweep.cells.findIndex(({ state }) => state === 'running') > index) return;
    const cells = sweep.cells.toSpliced(index, 1);
    await this.#write(cells.length > 0 ? { ...sweep, cells } : null);
  }

  /** Holds the search under way, and begins no other. */
  async pause(): Promise<void> {
    await this.#change({ paused: true });
    if (this.#current() && this.page.store.getState().run.state === 'running') await this.page.pause();
  }

  async goOn(): Promise<void> {
    this.store.setState({ problem: null });
    await this.#change({ paused: false });
    if (this.#current() && this.page.store.getState().run.state === 'paused') await this.page.resume();
    void this.#work();
  }

  /** Ends the search under way and forgets those that wait. What was found stays among the runs. */
  async cancel(): Promise<void> {
    const under = this.#working && this.#current();
    await this.#write(null);
    if (under && isBusy(this.page.store.getState().run)) await this.page.stop();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let index = this.#next(); index >= 0; index = this.#next()) {
        await this.#until(({ run, loadingData, backend }) => !isBusy(run) && !loadingData && backend.state === 'ready');
        if (this.#next() === index) await this.#run(index);
      }
    } catch (error) {
      this.store.setState({ problem: asWorkbenchError(error).told });
      await this.#change({ paused: true });
    } finally {
      this.#working = false;
    }
  }

  /** The cell to run: one that a reload has interrupted, or the first that waits; -1 for none. */
  #next(): number {
    const { sweep, here } = this.store.getState();
    if (!sweep || !here || sweep.paused) return -1;
    const interrupted = sweep.cells.findIndex(({ state }) => state === 'running');
    return interrupted >= 0 ? interrupted : sweep.cells.findIndex(({ state }) => state === 'waiting');
  }

  async #run(index: number): Promise<void> {
    const sweep = this.store.getState().sweep as KeptSweep;
    const { config, runId, state } = sweep.cells[index] as SweepCell;
    // A page may end between a run's first write and the note of it.
    const unnoted = () => (state === 'running' ? this.place.interrupted(config) : Promise.resolve(null));
    const kept = (runId === null ? null : await this.place.run(runId)) ?? (await unnoted());
    const found = kept?.record.result;
    if (found) return this.#cell(index, { state: 'ended', ms: found.timing.totalMs });
    if (!this.#hasExamples(sweep)) {
      this.store.setState({
        problem: sayLater('It learns from “{name}”. Choose its files under Data, then continue.', { name: sweep.data.name }),
      });
      return this.#change({ paused: true });
    }
    await this.#cell(index, { state: 'running' });
    const started = performance.now();
    if (!(kept && kept.summary.checkpointBytes > 0 && (await this.#resumed(kept)))) {
      const { backend } = this.page.store.getState();
      if (kept) await this.place.leave(kept.summary.id);
      if (backend.state === 'ready' && backend.started.name !== sweep.backend) await this.page.pickBackend(sweep.backend as BackendName);
      await this.page.adopt({ config, data: sweep.data });
      await this.page.start();
    }
    await this.#end(index, started);
  }

  /** @returns false where it cannot go on, such as after an update of the page */
  async #resumed({ record, summary }: StoredRun): Promise<boolean> {
    await this.page.goOn(record, summary.backend as BackendName, (space) => showBefore(record, space));
    return this.page.store.getState().run.state !== 'failed';
  }

  /** Waits for the search's end, and notes the run that is kept of it as soon as there is one. */
  async #end(index: number, started: number): Promise<void> {
    const noted = this.page.store.subscribe(({ run: { kept } }) => {
      const before = this.store.getState().sweep?.cells[index];
      if (kept && before?.state === 'running' && before.runId !== kept.id) void this.#cell(index, { runId: kept.id });
    });
    let run: WorkbenchState['run'];
    try {
      // A try at another graphics device leaves nothing of a search that does not go on there.
      do {
        await this.#until((state) => !isBusy(state.run));
        run = this.page.store.getState().run;
      } while (await this.#goesOn());
    } finally {
      noted();
    }
    const ms = run.result?.timing.totalMs ?? (run.state === 'failed' ? null : performance.now() - started);
    await this.#cell(index, { state: 'ended', reason: run.result ? null : run.error, ms, ...(run.kept && { runId: run.kept.id }) });
    // Somebody ended it by hand, so the next one does not begin by itself.
    if (run.state === 'stopped' || run.state === 'idle') await this.#change({ paused: true });
  }

  /** Whether a search that has just failed goes on, on another graphics device. */
  async #goesOn(): Promise<boolean> {
    const { failure, kept } = this.page.store.getState().run;
    return failure?.code === 'device-lost' && kept !== null && (await this.lostDevice.goOn(kept.id));
  }

  #hasExamples({ data }: KeptSweep): boolean {
    const { dataset, task } = this.page.store.getState();
    if (data.synthetic) return true;
    const configTask = this.store.getState().sweep?.cells[0]?.config.task;
    return dataset !== null && !dataset.synthetic && dataset.name === data.name && task === configTask;
  }

  /** The cell under way. */
  #current(): SweepCell | undefined {
    return this.store.getState().sweep?.cells.find(({ state }) => state === 'running');
  }

  #until(holds: (state: WorkbenchState) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (holds(this.page.store.getState())) {
        resolve();
        return;
      }
      const stop = this.page.store.subscribe((state) => {
        if (!holds(state)) return;
        stop();
        resolve();
      });
    });
  }

  /** A sweep that was cancelled meanwhile has no cells to change. */
  async #cell(index: number, change: Partial<SweepCell>): Promise<void> {
    const { sweep } = this.store.getState();
    if (sweep) await this.#write({ ...sweep, cells: sweep.cells.with(index, { ...(sweep.cells[index] as SweepCell), ...change }) });
  }

  async #change(change: Partial<Pick<KeptSweep, 'paused'>>): Promise<void> {
    const { sweep } = this.store.getState();
    if (sweep) await this.#write({ ...sweep, ...change });
  }

  async #write(sweep: KeptSweep | null): Promise<void> {
    this.store.setState({ sweep });
    await this.place.write(sweep);
  }
}

const newCell = (config: SweepCell['config']): SweepCell => ({ config, state: 'waiting', runId: null, reason: null, ms: null });

/** Whether searches learn what a sweep's do, from the same examples. */
function learnsAlike(
  { data, cells }: KeptSweep,
  { data: other }: Pick<KeptSweep, 'data'>,
  configs: readonly SweepCell['config'][],
): boolean {
  const facts = ({ name, synthetic, trainCount, testCount }: KeptSweep['data']) => JSON.stringify([name, synthetic, trainCount, testCount]);
  return facts(data) === facts(other) && configs.every(({ task }) => task === cells[0]?.config.task);
}

/** The newest run with these settings that did not end, and that no page holds. */
export async function interruptedRun(library: Pick<RunLibrary, 'list' | 'read'>, config: SearchConfig): Promise<StoredRun | null> {
  for (const run of await library.list()) {
    if (run.state !== 'underWay' || run.held || run.task !== config.task || run.method !== config.method) continue;
    const stored = await library.read(run.id);
    if (configDifferences(stored.record.config, config) === null) return stored;
  }
  return null;
}

/** Where a sweep is. */
export interface SweepProgress {
  readonly ended: number;
  readonly total: number;
  /** Cells without a network, of those that ended. */
  readonly without: number;
  /** Estimated; null where nothing is known. */
  readonly leftMs: number | null;
}

export function progressOf({ cells, expectedMs }: KeptSweep): SweepProgress {
  const ended = cells.filter(({ state }) => state === 'ended');
  const times = ended.flatMap(({ ms }) => ms ?? []);
  const mean = times.length > 0 ? times.reduce((sum, ms) => sum + ms, 0) / times.length : expectedMs;
  return {
    ended: ended.length,
    total: cells.length,
    without: ended.filter(({ reason }) => reason !== null).length,
    leftMs: mean === null ? null : mean * (cells.length - ended.length),
  };
}
