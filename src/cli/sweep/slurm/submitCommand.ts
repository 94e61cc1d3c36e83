/** `sweep -- run DIR --engine slurm`: queues what has no result and is not queued yet. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../../core/runs/sweep/plan';
import { counted } from '../../../core/words';
import type { SweepFolder } from '../folder';
import { RunLock } from '../runLock';
import { batchScript } from './batchScript';
import { arraysOf, cellsPerTask } from './bundles';
import { mostTasks, submit } from './slurm';
import { jobNameOf, keepSubmission, tasksOf } from './submission';

/** So many results are looked at for the time of a cell. */
const LOOKED_AT = 50;

export interface SlurmOptions {
  /** Null for as many as make ten minutes. */
  readonly cellsPerTask: number | null;
  /** Of each search; null for those of the allocation. */
  readonly threads: number | null;
  /** Tasks at a time. */
  readonly parallel: number | null;
  /** A person's own options of sbatch, which come last and so win. */
  readonly own: readonly string[];
}

interface Sweep {
  readonly folder: SweepFolder;
  readonly plan: Plan;
}

/** @returns 0 when all that is left is queued. @throws WorkbenchError where Slurm refuses; what was queued by then stays */
export async function submitSweep(sweep: Sweep, options: SlurmOptions): Promise<number> {
  const lock = new RunLock(sweep.folder.path);
  try {
    return await queue(sweep, options);
  } finally {
    lock.release();
  }
}

async function queue({ folder, plan: { cells } }: Sweep, { cellsPerTask: given, threads, parallel, own }: SlurmOptions): Promise<number> {
  const queued = new Set((await tasksOf(folder.path)).flatMap(({ keys }) => keys));
  // Asked for after the queue, since a task leaves its results before it leaves the queue.
  const done = folder.done();
  const left = cells.flatMap(({ key }) => (key === null || done.has(key) ? [] : [key]));
  const keys = left.filter((key) => !queued.has(key));
  const waiting = left.length - keys.length;
  if (keys.length === 0) {
    console.log(
      waiting > 0 ? `${counted(waiting, 'cell is', 'cells are')} queued already, and no other is left.` : 'All cells have a result.',
    );
    return 0;
  }
  const perTask = given ?? cellsPerTask(meanMs(folder, [...done]), 1);
  const arrays = arraysOf(Math.ceil(keys.length / perTask), await mostTasks());
  const path = keepSubmission(folder.path, { cellsPerTask: perTask, threads, keys });
  const command = [process.execPath, '--import', import.meta.resolve('tsx'), fileURLToPath(new URL('./task.ts', import.meta.url))];
  const jobs: string[] = [];
  let tasks = 0;
  try {
    for (const array of arrays) {
      const script = join(path, `${array.offset}.sh`);
      const jobName = jobNameOf(path, array.offset);
      writeFileSync(script, batchScript({ ...array, jobName, parallel, processors: threads ?? 1, submission: path, command }));
      // Each array counts its own tasks at a time, so that the next one has to wait for the one before.
      const after = parallel !== null && jobs.length > 0 ? [`--dependency=afterany:${jobs.at(-1)}`] : [];
      jobs.push(await submit(script, [...after, ...own]));
      tasks += array.tasks;
    }
  } finally {
    // Also where Slurm refuses a later array: those before stay queued.
    const sent = Math.min(keys.length, tasks * perTask);
    if (jobs.length > 0)
      console.log(
        `Queued ${counted(sent, 'cell', 'cells')} as ${counted(tasks, 'task', 'tasks')} of up to ${perTask} (Slurm: ${jobs.join(', ')})${waiting > 0 ? `; ${waiting} were queued before` : ''}. How far they are: npm run -s sweep -- status ${folder.path}`,
      );
  }
  return 0;
}

/** Mean time of cells that trained, in milliseconds; null where there is none. */
function meanMs(folder: SweepFolder, keys: readonly string[]): number | null {
  const times = keys.slice(-LOOKED_AT).flatMap((key) => {
    const { status, totalMs } = folder.result(key).cell;
    return status === 'infeasible' ? [] : [totalMs];
  });
  return times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0) / times.length;
}
