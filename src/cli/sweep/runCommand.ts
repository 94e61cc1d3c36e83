/** `sweep -- run DIR`: runs what has no result yet. */
import { availableParallelism } from 'node:os';
import { wholeRange } from '../../core/config/domain';
import { durationText } from '../../core/runs/progress';
import { counted } from '../../core/words';
import { readCommandLine } from '../commandLine';
import type { Interruption } from '../interruption';
import { readNumberIn } from '../optionValue';
import { cellKey } from './cellKey';
import { cellText } from './cellText';
import { SweepFolder } from './folder';
import { LocalRun, TRIES } from './localRun';
import { oneFolder } from './oneFolder';
import { RunLock } from './runLock';
import { tasksOf } from './slurm/submission';
import { submitSweep } from './slurm/submitCommand';
import { readSearchArguments } from '../arguments';
import { usageError } from '../exit';
import type { Plan } from '../../core/runs/sweep/plan';

const options = {
  engine: { type: 'string', default: 'local' },
  parallel: { type: 'string' },
  threads: { type: 'string' },
  'cells-per-task': { type: 'string' },
} as const;
const MOST_PROCESSES = 1024;

const LOOK_EVERY_MS = 250;
const TELL_EVERY_MS = 2000;

/** @returns 0 when all cells have a result or are queued, 1 when some failed, or the run was asked to end */
export async function runSweep(all: string[], interruption: Interruption): Promise<number> {
  const end = all.includes('--') ? all.indexOf('--') : all.length;
  const [args, own] = [all.slice(0, end), all.slice(end + 1)];
  const { values, positionals } = readCommandLine({ args, options, allowPositionals: true });
  const path = oneFolder('run', positionals);
  const { engine, 'cells-per-task': perTask } = values;
  if (engine === 'slurm') {
    const number = (option: keyof typeof options, most: number) =>
      values[option] === undefined ? null : readNumberIn(`--${option}`, values[option], wholeRange(1, most));
    return submitSweep(openSweep(path), {
      cellsPerTask: number('cells-per-task', 1e6),
      threads: number('threads', MOST_PROCESSES),
      parallel: number('parallel', 1e6),
      own,
    });
  }
  if (engine !== 'local') throw usageError(`--engine takes local or slurm, not "${engine}"`);
  if (perTask !== undefined || own.length > 0) throw usageError('--cells-per-task and options after "--" belong to --engine slurm');
  return runHere(path, values, interruption);
}

function openSweep(path: string): { readonly folder: SweepFolder; readonly plan: Plan } {
  const folder = new SweepFolder(path);
  const plan = folder.readPlan();
  assertKeys(plan, folder.plan);
  return { folder, plan };
}

interface Values {
  readonly parallel?: string | undefined;
  readonly threads?: string | undefined;
}

async function runHere(path: string, values: Values, interruption: Interruption): Promise<number> {
  const cores = availableParallelism();
  const threads = values.threads === undefined ? 1 : readNumberIn('--threads', values.threads, wholeRange(1, cores));
  const parallel =
    values.parallel === undefined
      ? Math.max(1, Math.floor(cores / threads))
      : readNumberIn('--parallel', values.parallel, wholeRange(1, MOST_PROCESSES));
  const { folder, plan } = openSweep(path);
  const total = plan.cells.length;
  let ended = 0;
  const run = new LocalRun(folder, plan, {
    parallel,
    threads,
    asked: () => interruption.reason !== null,
    ended: ({ key, config }, failure, ms) => {
      ended += 1;
      const { leftMs } = run.news();
      const left = leftMs === null || run.waiting === 0 ? '' : `; about ${durationText(leftMs)} left`;
      const how = failure === null ? outcomeText(folder, key) : `failed ${TRIES} times, see ${failure}`;
      console.error(`${before + ended} of ${total}: ${cellText(config)}: ${how} (${durationText(ms)})${left}`);
    },
  });
  const before = total - run.waiting;
  if (run.waiting === 0) {
    console.log(`All ${counted(total, 'cell has', 'cells have')} a result. Collect them: npm run -s sweep -- collect ${path}`);
    return 0;
  }
  await assertNotQueued(path);
  const lock = new RunLock(path);
  console.error(
    `${run.waiting} of ${counted(total, 'cell', 'cells')} to run, ${parallel} at a time, ${counted(threads, 'thread', 'threads')} each`,
  );
  // From here on checkpoints are to be written.
  interruption.defer();
  let [told, asked] = [-Infinity, false];
  const watch = setInterval(() => {
    if (performance.now() - told >= TELL_EVERY_MS) {
      lock.tell(run.news());
      told = performance.now();
    }
    asked ||= interruption.reason !== null || lock.asked;
    if (asked) void run.stop();
  }, LOOK_EVERY_MS);
  try {
    await run.run();
  } finally {
    clearInterval(watch);
    lock.release();
    interruption.resume();
  }
  if (asked) {
    console.error(`Ended as asked. ${run.failed > 0 ? `${run.failed} failed. ` : ''}The same command goes on.`);
    return 1;
  }
  if (run.failed > 0) console.error(`${counted(run.failed, 'cell', 'cells')} failed ${TRIES} times. The same command tries again.`);
  else console.log(`All ${counted(total, 'cell has', 'cells have')} a result. Collect them: npm run -s sweep -- collect ${path}`);
  return run.failed > 0 ? 1 : 0;
}

function outcomeText(folder: SweepFolder, key: string): string {
  const { status } = folder.result(key).cell;
  return status;
}

/** Two searches of one cell would be work done twice. @throws WorkbenchError `invalid-setting` while Slurm has tasks of this sweep */
async function assertNotQueued(path: string): Promise<void> {
  const tasks = await tasksOf(path);
  if (tasks.length > 0)
    throw usageError(
      `Slurm still has ${counted(tasks.length, 'task', 'tasks')} of ${path}. Wait for them, or end them: npm run -s sweep -- cancel ${path}`,
    );
}

/** A plan that was changed by hand would have results under names that are not theirs. @throws WorkbenchError `invalid-setting` */
function assertKeys({ cells, dataFingerprint, options: words }: Plan, file: string): void {
  const given = readSearchArguments([...words]);
  const wrong = cells.find(({ key, config }) => key !== cellKey(config, dataFingerprint ?? '', given?.backend ?? ''));
  if (wrong) throw usageError(`${file} was changed by hand: the key of "${cellText(wrong.config)}" is not its own. Plan the sweep again.`);
}
