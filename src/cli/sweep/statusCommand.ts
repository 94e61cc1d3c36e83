/** `sweep -- status DIR` and `sweep -- cancel DIR`. */
import { cellStatuses, type CellStatus } from '../../core/runs/sweep/outcome';
import { durationText } from '../../core/runs/progress';
import { counted } from '../../core/words';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { cellText } from './cellText';
import { SweepFolder } from './folder';
import { oneFolder } from './oneFolder';
import { askToEnd, runnerOf } from './runLock';
import { cancelJobs } from './slurm/slurm';
import { tasksOf, type SweepTask } from './slurm/submission';

/** How long a run takes at most to end once it was asked. */
const ENDING_MS = 60_000;
const LOOK_EVERY_MS = 200;

export async function sweepStatus(args: string[]): Promise<number> {
  const { positionals } = readCommandLine({ args, options: {}, allowPositionals: true });
  const path = oneFolder('status', positionals);
  const folder = new SweepFolder(path);
  const { cells } = folder.readPlan();
  const [done, failed, runner] = [folder.done(), folder.failed(), runnerOf(path)];
  const tasks = await tasksOf(path);
  const keyOf = ({ key }: { readonly key: string | null }) => key ?? '';
  const counts = new Map<CellStatus, number>();
  for (const cell of cells)
    if (done.has(keyOf(cell))) {
      const { status } = folder.result(keyOf(cell)).cell;
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  const ended = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const running = runner?.running ?? [];
  const broken = cells.filter((cell) => failed.has(keyOf(cell)) && !done.has(keyOf(cell)) && !running.some(({ key }) => key === cell.key));
  const lines = [
    `${path}: ${ended} of ${counted(cells.length, 'cell', 'cells')} with a result${ended > 0 ? `: ${cellStatuses.flatMap((status) => (counts.has(status) ? [`${counts.get(status)} ${status}`] : [])).join(', ')}` : ''}`,
    runner
      ? `process ${runner.pid} on ${runner.host} runs ${running.length} at a time${runner.leftMs === null ? '' : `, about ${durationText(runner.leftMs)} left`}`
      : tasks.length > 0
        ? slurmText(tasks, done)
        : ended < cells.length
          ? `nobody runs it now: npm run -s sweep -- run ${path}`
          : `collect them: npm run -s sweep -- collect ${path}`,
    ...running.flatMap(({ key, share }) => {
      const cell = cells.find((one) => one.key === key);
      return cell ? [`  under way: ${cellText(cell.config)}, ${Math.floor(100 * share)} %`] : [];
    }),
    ...broken.map((cell) => `  failed: ${cellText(cell.config)}, see ${folder.log(keyOf(cell))}`),
  ];
  console.log(lines.join('\n'));
  return 0;
}

function slurmText(tasks: readonly SweepTask[], done: ReadonlySet<string>): string {
  const waiting = tasks.filter(({ node }) => node === '');
  const nodes = [...new Set(tasks.flatMap(({ node }) => (node === '' ? [] : [node])))].toSorted();
  const cells = tasks.flatMap(({ keys }) => keys).filter((key) => !done.has(key));
  return `Slurm has ${counted(tasks.length, 'task', 'tasks')} with ${counted(cells.length, 'cell', 'cells')} to do: ${tasks.length - waiting.length} at work${nodes.length > 0 ? ` on ${nodes.join(', ')}` : ''}, ${waiting.length} waiting`;
}

export async function cancelSweep(args: string[]): Promise<number> {
  const { positionals } = readCommandLine({ args, options: {}, allowPositionals: true });
  const path = oneFolder('cancel', positionals);
  const runner = runnerOf(path);
  const tasks = await tasksOf(path);
  if (!runner && tasks.length === 0) {
    console.log(`Nobody runs ${path}.`);
    return 0;
  }
  if (runner) askToEnd(path);
  if (tasks.length > 0) await cancelJobs([...new Set(tasks.map(({ job }) => job))]);
  await ended(
    () => runnerOf(path) !== null,
    `process ${runner?.pid} on ${runner?.host} has not ended within ${durationText(ENDING_MS)}; end it there`,
  );
  await ended(
    async () => (await tasksOf(path)).length > 0,
    `Slurm has not ended all tasks within ${durationText(ENDING_MS)}; squeue --me tells which are left`,
  );
  console.log(`Ended. Cells that were under way have written their checkpoints: npm run -s sweep -- run ${path} goes on.`);
  return 0;
}

/** @throws WorkbenchError `invalid-setting` with that message where it takes too long */
async function ended(goesOn: () => boolean | Promise<boolean>, late: string): Promise<void> {
  const since = performance.now();
  while (await goesOn()) {
    if (performance.now() - since > ENDING_MS) throw usageError(late);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
