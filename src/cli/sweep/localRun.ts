/** Runs the cells of a sweep that have no result yet, in processes of this machine. */
import { rmSync } from 'node:fs';
import type { Plan, PlannedCell } from '../../core/runs/sweep/plan';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { exitCodeOf } from '../exit';
import type { Cell } from './cellMessages';
import { CellWorker, type OrderEnd } from './cellWorker';
import type { SweepFolder } from './folder';
import type { RunNews } from './runLock';

/** So often a cell is tried whose process crashes. */
export const TRIES = 3;
/** How long a process takes at most to write its checkpoint. */
const ENDING_MS = 30_000;

export interface LocalOptions {
  readonly parallel: number;
  /** Of each process. */
  readonly threads: number;
  /** Whether the run was asked to end; its processes may have got the same signal, and their ends are no crashes then. */
  readonly asked: () => boolean;
  /** A cell has its result, or has failed for good. */
  readonly ended: (cell: Cell, failure: string | null, ms: number) => void;
}

export class LocalRun {
  #queue: Cell[] = [];
  readonly #tries = new Map<string, number>();
  readonly #running = new Map<string, number>();
  readonly #workers = new Set<CellWorker>();
  readonly #idle: CellWorker[] = [];
  readonly #givenUp = new Set<string>();
  readonly #slots = new Set<Promise<void>>();
  #failure: Error | null = null;
  #stopped = false;
  #spentMs = 0;
  #done = 0;

  constructor(
    private readonly folder: SweepFolder,
    private readonly plan: Plan,
    private readonly options: LocalOptions,
  ) {
    this.take(plan.cells);
  }

  /** Replaces the cells that wait, where what has ended decides what is needed next. Cells under way go on. */
  take(cells: readonly PlannedCell[]): void {
    const done = this.folder.done();
    this.#queue = cells.flatMap((cell) => {
      const { key } = cell;
      return key === null || done.has(key) || this.#running.has(key) || this.#givenUp.has(key) ? [] : [{ ...cell, key }];
    });
    if (this.#slots.size > 0) this.#fill();
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Cells that were tried in vain. */
  get failed(): number {
    return this.#givenUp.size;
  }

  news(): RunNews {
    const { parallel } = this.options;
    const started = [...this.#running.values()];
    const left = this.#queue.length + started.reduce((sum, share) => sum + 1 - share, 0);
    const running = [...this.#running].map(([key, share]) => ({ key, share }));
    return { parallel, running, leftMs: this.#done > 0 ? (left * this.#spentMs) / this.#done / parallel : null };
  }

  /**
   * Resolves when no cell is left, or once it was stopped.
   * @throws WorkbenchError for settings or examples that a search refuses; all processes have ended by then
   */
  async run(): Promise<void> {
    this.#fill();
    try {
      while (this.#slots.size > 0) await Promise.all(this.#slots);
    } finally {
      await this.stop();
    }
    if (this.#failure !== null) throw this.#failure;
  }

  /** As many slots as may work, and cells wait for. */
  #fill(): void {
    const wanted = Math.min(this.options.parallel, this.#slots.size + this.#queue.length);
    while (this.#slots.size < wanted) {
      const slot = this.#slot().catch((error: unknown) => {
        this.#failure ??= asWorkbenchError(error);
        void this.stop();
      });
      this.#slots.add(slot);
      void slot.then(() => this.#slots.delete(slot));
    }
  }

  /** Ends all processes; cells under way write their checkpoints. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#workers].map((worker) => worker.end(ENDING_MS)));
  }

  /** One process after the other, each until it crashes or nothing is left. */
  async #slot(): Promise<void> {
    let worker = this.#idle.pop();
    for (let cell = this.#queue.shift(); cell && !this.#isStopped(); cell = this.#queue.shift()) {
      const started = performance.now();
      this.#running.set(cell.key, 0);
      if (!worker?.alive) worker = this.#start();
      const end = await this.#try(worker, cell);
      this.#running.delete(cell.key);
      if (this.#isStopped()) return;
      const ms = performance.now() - started;
      if (end.kind === 'done') this.#succeeded(cell, ms);
      else {
        // What a failed process has left in memory is not relied on.
        await worker.end(0);
        this.#crashed(cell, end, ms);
      }
    }
    if (worker?.alive) this.#idle.push(worker);
  }

  /** A function, since its answer changes while a cell runs. */
  #isStopped(): boolean {
    return this.#stopped || this.options.asked();
  }

  #start(): CellWorker {
    const worker = new CellWorker();
    this.#workers.add(worker);
    void worker.gone.then(() => this.#workers.delete(worker));
    return worker;
  }

  #opened = new WeakSet<CellWorker>();

  async #try(worker: CellWorker, cell: Cell): Promise<OrderEnd> {
    if (!this.#opened.has(worker)) {
      const { options, dataFingerprint } = this.plan;
      const { threads } = this.options;
      const end = await worker.open({ folder: this.folder.path, options, dataFingerprint: dataFingerprint ?? '', threads });
      if (end.kind !== 'done') return end;
      this.#opened.add(worker);
    }
    return worker.run(cell, (share) => this.#running.has(cell.key) && this.#running.set(cell.key, share));
  }

  #succeeded(cell: Cell, ms: number): void {
    this.#spentMs += ms;
    this.#done += 1;
    this.folder.removeLog(cell.key);
    this.options.ended(cell, null, ms);
  }

  /** @throws WorkbenchError for bad settings, which no other cell would survive either */
  #crashed(cell: Cell, end: Exclude<OrderEnd, { kind: 'done' }>, ms: number): void {
    if (end.kind === 'failed') {
      const error = new WorkbenchError(end.code, end.message);
      if (exitCodeOf(error) === 2) throw error;
    }
    const tries = (this.#tries.get(cell.key) ?? 0) + 1;
    this.#tries.set(cell.key, tries);
    const log = this.folder.keepLog(cell.key, `Try ${tries} of ${TRIES}\n${end.kind === 'failed' ? end.stack : end.log}\n`);
    if (tries < TRIES) {
      // The last try is from the start, in case that what was kept is the cause.
      if (tries === TRIES - 1) rmSync(this.folder.checkpoint(cell.key), { force: true });
      this.#queue.push(cell);
      return;
    }
    this.#givenUp.add(cell.key);
    this.options.ended(cell, log, ms);
  }
}
