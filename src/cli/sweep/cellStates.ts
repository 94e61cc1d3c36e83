/** Where each cell of a sweep is: what has a result, what is searched for now, what waits and what failed. */
import type { PlannedCell } from '../../core/runs/sweep/plan';
import type { SweepFolder } from './folder';
import type { Runner } from './runLock';
import type { SweepTask } from './slurm/submission';

export interface CellState {
  readonly cell: PlannedCell;
  readonly kind: 'ended' | 'underWay' | 'queued' | 'failed' | 'left';
  /** For people: "met", "under way on n2, 40 %", "waits for n2", "pending (Resources)". */
  readonly text: string;
}

/** Who works on the sweep. */
export interface Workers {
  /** Null where nobody runs it on a machine. */
  readonly runner: Runner | null;
  /** Of Slurm. */
  readonly tasks: readonly SweepTask[];
}

/** @throws WorkbenchError `invalid-data` for a result that cannot be read */
export function cellStates(folder: SweepFolder, cells: readonly PlannedCell[], { runner, tasks }: Workers): CellState[] {
  const [done, failed] = [folder.done(), folder.failed()];
  const shares = new Map(
    [runner, ...tasks].flatMap((worker) => worker?.running ?? []).map(({ key, share }) => [key, ` ${Math.floor(100 * share)} %`]),
  );
  const taskOf = new Map(tasks.flatMap((task) => task.keys.map((key) => [key, task] as const)));
  return cells.map((cell) => {
    const key = cell.key ?? '';
    if (done.has(key)) return { cell, kind: 'ended', text: folder.result(key).cell.status };
    const [share, task] = [shares.get(key), taskOf.get(key)];
    const host = task?.node ?? runner?.host;
    if (share !== undefined) return { cell, kind: 'underWay', text: `under way on ${host},${share}` };
    if (task) return { cell, kind: 'queued', text: queuedText(task) };
    if (failed.has(key)) return { cell, kind: 'failed', text: `failed, see ${folder.log(key)}` };
    return { cell, kind: 'left', text: runner ? `waits for ${runner.host}` : 'not begun' };
  });
}

/** A task at work has cells that follow the present ones. */
function queuedText({ node, state, reason, job, index }: SweepTask): string {
  const why = node === '' && reason !== '' && reason !== 'None' ? ` (${reason})` : '';
  return `${node === '' ? `${state.toLowerCase()}${why}` : `waits for ${node}`}, task ${job}_${index}`;
}
