/**
 * Runs what an evaluation still needs as cells of a sweep's plan, which are run by processes of this machine or by Slurm, once each, and can be gone
 * on with. What is needed may follow from what was found, so that the plan grows.
 */
import { availableParallelism } from 'node:os';
import { durationText } from '../../core/runs/progress';
import type { CellWork, Plan, PlannedCell } from '../../core/runs/sweep/plan';
import { counted } from '../../core/words';
import type { Interruption } from '../interruption';
import { cellKey } from '../sweep/cellKey';
import { SweepFolder, type ResultFile } from '../sweep/folder';
import { LocalRun, TRIES } from '../sweep/localRun';
import { submitSweep, type SlurmOptions } from '../sweep/slurm/submitCommand';
import { watchedRun } from '../sweep/watchedRun';
import type { Examples } from './examples';

/** A training that is missing. */
export interface Wanted extends CellWork {
  /** Takes the result in, after which this training is no longer missing. @returns what to tell people */
  readonly keep: (file: ResultFile) => string;
}

export interface Need {
  /** What is missing and can begin now, the most informative first. */
  readonly ready: () => readonly Wanted[];
  /** Saves what was taken in. */
  readonly save: () => void;
}

export interface RunChoice {
  /** Null for processes of this machine. */
  readonly slurm: SlurmOptions | null;
  /** At a time, on this machine; null for as many as the cores allow. */
  readonly parallel: number | null;
  /** Of each search on this machine. */
  readonly threads: number;
  readonly interruption: Interruption;
}

type Keyed = Wanted & PlannedCell & { readonly key: string };

export class PlannedRuns {
  /** Trainings that may still begin. */
  left: number;

  /**
   * @param json the evaluation's results, beside which the plans lie, a folder for each data set
   * @param most how many trainings may begin
   */
  constructor(
    private readonly json: string,
    most: number,
    private readonly choice: RunChoice,
  ) {
    this.left = most;
  }

  /** Whether trainings whose times count can run. */
  get timesHere(): boolean {
    return this.choice.slurm === null;
  }

  /**
   * Runs what is needed, or queues what can begin now.
   * @param alone one after the other on all threads, so that times can be compared; never on Slurm
   * @returns whether all went on as it should: false when it was asked to end, or trainings failed
   * @throws WorkbenchError for settings or examples that a search refuses, and where Slurm refuses
   */
  async run(need: Need, examples: Examples, alone = false): Promise<boolean> {
    if (this.left <= 0) return true;
    const cells = new Cells(this.json, examples, need);
    const { slurm } = this.choice;
    if (!slurm) return this.#here(cells, alone);
    const now = cells.now();
    const untimed = now.filter(({ timedOn }) => timedOn === undefined);
    if (untimed.length < now.length)
      console.error(
        `${counted(now.length - untimed.length, 'training is', 'trainings are')} left to a run without --engine slurm, since their times count.`,
      );
    const offered = untimed.slice(0, this.left);
    this.left -= offered.length;
    if (offered.length === 0) return true;
    await submitSweep({ folder: cells.folder, plan: cells.plan(offered) }, slurm);
    console.error('The same command takes in what has ended, and queues what follows from it.');
    return true;
  }

  async #here(cells: Cells, alone: boolean): Promise<boolean> {
    const { interruption } = this.choice;
    const threads = alone ? availableParallelism() : this.choice.threads;
    const parallel = alone ? 1 : (this.choice.parallel ?? Math.max(1, Math.floor(availableParallelism() / threads)));
    const now = cells.now();
    if (now.length === 0) return true;
    const { folder } = cells;
    const tried = new Set<string>();
    const run: LocalRun = new LocalRun(folder, cells.plan(now.slice(0, this.left)), {
      parallel,
      threads,
      asked: () => interruption.reason !== null,
      ended: (cell, failure, ms) => {
        tried.add(cell.key);
        if (failure !== null) console.error(`failed ${TRIES} times, see ${failure} (${durationText(ms)})`);
        const under = new Set(run.news().running.map(({ key }) => key));
        const waiting = cells.now().filter(({ key }) => !under.has(key) && !tried.has(key));
        run.take(cells.plan(waiting.slice(0, Math.max(0, this.left - tried.size - under.size))).cells);
      },
    });
    const asked = await watchedRun(folder.path, run, interruption, () => {});
    this.left -= tried.size;
    if (asked) console.error('Ended as asked. The same command goes on.');
    else if (run.failed > 0) console.error(`${counted(run.failed, 'training', 'trainings')} failed. The same command tries again.`);
    return !asked && run.failed === 0;
  }
}

/** The cells of a need in their folder. */
class Cells {
  readonly folder: SweepFolder;
  /** Of all that was ever needed, by key: tasks of Slurm find their cells there. */
  readonly #planned = new Map<string, PlannedCell>();

  constructor(
    json: string,
    private readonly examples: Examples,
    private readonly need: Need,
  ) {
    const [task] = examples.options;
    this.folder = new SweepFolder(`${json.replace(/\.json$/, '')}.cells/${task?.split('=')[1]}-${examples.dataFingerprint}`);
    if (!this.folder.exists()) return;
    for (const cell of this.folder.readPlan().cells) this.#planned.set(cell.key ?? '', cell);
  }

  /** What can begin, after all has been taken in that has a result. */
  now(): Keyed[] {
    const { dataFingerprint, backend } = this.examples;
    for (;;) {
      const done = this.folder.done();
      const wanted = this.need.ready().map((work): Keyed => ({ ...work, key: cellKey(work, dataFingerprint, backend) }));
      const found = wanted.filter(({ key }) => done.has(key));
      if (found.length === 0) return wanted;
      for (const { key, keep } of found) {
        const file = this.folder.result(key);
        console.error(`${keep(file)} (${durationText(file.cell.totalMs)})`);
      }
      this.need.save();
    }
  }

  /** The plan of these cells, after writing it with all that were planned before. */
  plan(cells: readonly Keyed[]): Plan {
    const { options, dataFingerprint } = this.examples;
    const header = { options, dataFingerprint, ownData: null };
    const offered = cells.map(({ keep: _, ...cell }): PlannedCell => cell);
    const before = this.#planned.size;
    for (const cell of offered) this.#planned.set(cell.key ?? '', cell);
    if (this.#planned.size > before) this.folder.writePlan({ ...header, cells: [...this.#planned.values()] });
    return { ...header, cells: offered };
  }
}
