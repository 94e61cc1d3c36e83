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

/** How long a run takes at most to end once it was asked. */
const ENDING_MS = 60_000;
const LOOK_EVERY_MS = 200;

export async function sweepStatus(args: string[]): Promise<number> {
  const { positionals } = readCommandLine({ args, options: {}, allowPositionals: true });
  const path = oneFolder('status', positionals);
  const folder = new SweepFolder(path);
  const { cells } = folder.readPlan();
  const [done, failed, runner] = [folder.done(), folder.failed(), runnerOf(path)];
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

export async function cancelSweep(args: string[]): Promise<number> {
  const { positionals } = readCommandLine({ args, options: {}, allowPositionals: true });
  const path = oneFolder('cancel', positionals);
  const runner = runnerOf(path);
  if (!runner) {
    console.log(`Nobody runs ${path}.`);
    return 0;
  }
  askToEnd(path);
  const since = performance.now();
  while (runnerOf(path)) {
    if (performance.now() - since > ENDING_MS)
      throw usageError(`process ${runner.pid} on ${runner.host} has not ended within ${durationText(ENDING_MS)}; end it there`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  console.log(`Ended. Cells that were under way have written their checkpoints: npm run -s sweep -- run ${path} goes on.`);
  return 0;
}
