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
import { engineOptions, MOST_PROCESSES, readSlurm, withoutOwn } from './engineOptions';
import { SweepFolder } from './folder';
import { LocalRun, TRIES } from './localRun';
import { oneFolder } from './oneFolder';
import { submitSweep } from './slurm/submitCommand';
import { watchedRun } from './watchedRun';
import { readSearchArguments } from '../arguments';
import { usageError } from '../exit';
import type { Plan } from '../../core/runs/sweep/plan';

/** @returns 0 when all cells have a result or are queued, 1 when some failed, or the run was asked to end */
export async function runSweep(all: string[], interruption: Interruption): Promise<number> {
  const { args, own } = withoutOwn(all);
  const { values, positionals } = readCommandLine({ args, options: engineOptions, allowPositionals: true });
  const path = oneFolder('run', positionals);
  const slurm = readSlurm(values, own);
  return slurm ? submitSweep(openSweep(path), slurm) : runHere(path, values, interruption);
}

function openSweep(path: string): { readonly folder: SweepFolder; readonly plan: Plan } {
  const folder = new SweepFolder(path);
  const plan = folder.readPlan();
  assertKeys(plan, folder.plan);
  // Side by side, times that count would be wrong: those cells are left to the evaluation that planned them.
  return { folder, plan: { ...plan, cells: plan.cells.filter(({ timedOn }) => timedOn === undefined) } };
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
    ended: (cell, failure, ms) => {
      ended += 1;
      const { leftMs } = run.news();
      const left = leftMs === null || run.waiting === 0 ? '' : `; about ${durationText(leftMs)} left`;
      const how = failure === null ? outcomeText(folder, cell.key) : `failed ${TRIES} times, see ${failure}`;
      console.error(`${before + ended} of ${total}: ${cellText(cell)}: ${how} (${durationText(ms)})${left}`);
    },
  });
  const before = total - run.waiting;
  if (run.waiting === 0) {
    console.log(`All ${counted(total, 'cell has', 'cells have')} a result. Collect them: npm run -s sweep -- collect ${path}`);
    return 0;
  }
  const asked = await watchedRun(path, run, interruption, () =>
    console.error(
      `${run.waiting} of ${counted(total, 'cell', 'cells')} to run, ${parallel} at a time, ${counted(threads, 'thread', 'threads')} each`,
    ),
  );
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

/** A plan that was changed by hand would have results under names that are not theirs. @throws WorkbenchError `invalid-setting` */
function assertKeys({ cells, dataFingerprint, options: words }: Plan, file: string): void {
  const given = readSearchArguments([...words]);
  const wrong = cells.find((cell) => cell.key !== cellKey(cell, dataFingerprint ?? '', given?.backend ?? ''));
  if (wrong) throw usageError(`${file} was changed by hand: the key of "${cellText(wrong)}" is not its own. Plan the sweep again.`);
}
