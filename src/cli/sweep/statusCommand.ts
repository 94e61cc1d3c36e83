/** `sweep -- status DIR` and `sweep -- cancel DIR`. */
import { cellStatuses } from '../../core/runs/sweep/outcome';
import { durationText } from '../../core/runs/progress';
import { counted } from '../../core/words';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { cellStates, type CellState, type Workers } from './cellStates';
import { cellText } from './cellText';
import { SweepFolder } from './folder';
import { oneFolder } from './oneFolder';
import { askToEnd, runnerOf } from './runLock';
import { cancelJobs } from './slurm/slurm';
import { tasksOf, type SweepTask } from './slurm/submission';

/** How long a run takes at most to end once it was asked. */
const ENDING_MS = 60_000;
const LOOK_EVERY_MS = 200;

const options = { cells: { type: 'boolean', default: false } } as const;

/** The states that are told without being asked for. */
const TOLD = { underWay: true, failed: true, ended: false, queued: false, left: false } as const satisfies Record<
  CellState['kind'],
  boolean
>;

export async function sweepStatus(args: string[]): Promise<number> {
  const { values, positionals } = readCommandLine({ args, options, allowPositionals: true });
  const path = oneFolder('status', positionals);
  const folder = new SweepFolder(path);
  const { cells } = folder.readPlan();
  const workers = { runner: runnerOf(path), tasks: await tasksOf(path) };
  const states = cellStates(folder, cells, workers);
  const ended = states.filter(({ kind }) => kind === 'ended');
  const counts = cellStatuses.flatMap((status) => {
    const count = ended.filter(({ text }) => text === status).length;
    return count > 0 ? [`${count} ${status}`] : [];
  });
  const listed = states.filter(({ kind }) => values.cells || TOLD[kind]);
  const lines = [
    `${path}: ${ended.length} of ${counted(cells.length, 'cell', 'cells')} with a result${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
    workersText(path, workers, states),
    ...listed.map(({ cell, text }) => `  ${cellText(cell)}: ${text}`),
  ];
  console.log(lines.join('\n'));
  return 0;
}

function workersText(path: string, { runner, tasks }: Workers, states: readonly CellState[]): string {
  if (runner)
    return `process ${runner.pid} on ${runner.host} runs ${runner.running.length} at a time${runner.leftMs === null ? '' : `, about ${durationText(runner.leftMs)} left`}`;
  if (tasks.length > 0) return slurmText(tasks, states);
  return states.some(({ kind }) => kind !== 'ended')
    ? `nobody runs it now: npm run -s sweep -- run ${path}`
    : `collect them: npm run -s sweep -- collect ${path}`;
}

function slurmText(tasks: readonly SweepTask[], states: readonly CellState[]): string {
  const waiting = tasks.filter(({ node }) => node === '');
  const nodes = [...new Set(tasks.flatMap(({ node }) => (node === '' ? [] : [node])))].toSorted();
  const keys = new Set(tasks.flatMap((task) => task.keys));
  const todo = states.filter(({ cell, kind }) => kind !== 'ended' && cell.key !== null && keys.has(cell.key)).length;
  return `Slurm has ${counted(tasks.length, 'task', 'tasks')} with ${counted(todo, 'cell', 'cells')} to do: ${tasks.length - waiting.length} at work${nodes.length > 0 ? ` on ${nodes.join(', ')}` : ''}, ${waiting.length} waiting`;
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
