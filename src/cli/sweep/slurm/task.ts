/** A task of Slurm: runs its cells of a sweep, as `run` does on one machine. Arguments: the submission's folder, and the tasks of arrays before. */
import { WorkbenchError } from '../../../core/errors';
import { durationText } from '../../../core/runs/progress';
import { cellText } from '../cellText';
import { SweepFolder } from '../folder';
import { LocalRun } from '../localRun';
import type { Interruption } from '../../interruption';
import { runProgram } from '../../program';
import { cellsOfTask } from './bundles';
import { requeue } from './slurm';
import { readSubmission, sweepOf, tellRunning } from './submission';

const LOOK_EVERY_MS = 250;
/** Hundreds of tasks may share a file system. */
const TELL_EVERY_MS = 5000;

let timeIsUp = false;
process.on('SIGUSR2', () => (timeIsUp = true));
runProgram(runTask);

async function runTask([path = '', offset = '']: string[], interruption: Interruption): Promise<number> {
  const {
    SLURM_ARRAY_JOB_ID: job = '',
    SLURM_ARRAY_TASK_ID: index = '',
    SLURMD_NODENAME: node,
    SLURM_RESTART_COUNT: restarts,
  } = process.env;
  if (job === '' || index === '') throw new WorkbenchError('internal', 'This program is started by Slurm, as a task of an array.');
  const submission = readSubmission(path);
  const folder = new SweepFolder(sweepOf(path));
  const plan = folder.readPlan();
  const own = new Set(cellsOfTask(submission.keys, submission.cellsPerTask, Number(offset) + Number(index)));
  const cells = plan.cells.filter(({ key }) => key !== null && own.has(key));
  const cores = Number(process.env.SLURM_CPUS_ON_NODE ?? 1);
  const parallel = Math.max(1, Math.min(cells.length, Math.floor(cores / (submission.threads ?? 1))));
  const threads = submission.threads ?? Math.max(1, Math.floor(cores / parallel));
  let kept = 0;
  const run = new LocalRun(
    folder,
    { ...plan, cells },
    {
      parallel,
      threads,
      asked: () => timeIsUp || interruption.reason !== null,
      ended: (cell, failure, ms) => {
        kept += failure === null ? 1 : 0;
        console.log(`${cellText(cell)}: ${failure ?? folder.result(cell.key).cell.status} (${durationText(ms)})`);
      },
    },
  );
  console.log(
    `${node}: ${run.waiting} of ${cells.length} cells to run, ${parallel} at a time, on ${threads} threads each${restarts ? `; restart ${restarts}` : ''}`,
  );
  interruption.defer();
  const tell = (running: Parameters<typeof tellRunning>[3]) => tellRunning(path, Number(offset), Number(index), running);
  let told = -Infinity;
  const watch = setInterval(() => {
    if (performance.now() - told >= TELL_EVERY_MS) {
      tell(run.news().running);
      told = performance.now();
    }
    if (timeIsUp || interruption.reason !== null) void run.stop();
  }, LOOK_EVERY_MS);
  try {
    await run.run();
  } finally {
    clearInterval(watch);
    tell(null);
    interruption.resume();
  }
  if (!timeIsUp || interruption.reason !== null) return run.failed > 0 || interruption.reason !== null ? 1 : 0;
  // A task that gets nowhere within its time limit would come back for ever.
  if (kept === 0 && !cells.some(({ key }) => key !== null && folder.hasCheckpoint(key))) {
    console.error('The time limit came before any result or checkpoint. Give tasks more time: run DIR --engine slurm -- --time=HH:MM:SS');
    return 1;
  }
  console.log('The time limit is near: checkpoints are written, and the task is queued again.');
  await requeue(job, index);
  return 1;
}
