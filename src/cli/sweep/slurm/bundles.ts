/** How cells are spread over tasks, and tasks over arrays. */

/** Schedulers spend seconds on a task, and sites ask for few starts a minute, so that a task should take this long at least. */
const TASK_MS = 10 * 60_000;
/** Cells of a task while no result tells how long a cell takes. */
const UNKNOWN = 20;

/**
 * Cells of a task so that it takes ten minutes or more.
 * @param cellMs mean time of a cell; null where none has ended
 * @param atATime how many cells a task works on at a time
 */
export function cellsPerTask(cellMs: number | null, atATime: number): number {
  return cellMs === null ? UNKNOWN : Math.max(atATime, Math.ceil((TASK_MS * atATime) / Math.max(1, cellMs)));
}

/** Arrays of at most `most` tasks; `offset` counts the tasks of those before. */
export function arraysOf(tasks: number, most: number): { readonly offset: number; readonly tasks: number }[] {
  return Array.from({ length: Math.ceil(tasks / most) }, (_, index) => ({
    offset: index * most,
    tasks: Math.min(most, tasks - index * most),
  }));
}

/** The cells of a task, by its number over all arrays. */
export const cellsOfTask = <Cell>(cells: readonly Cell[], perTask: number, task: number): Cell[] =>
  cells.slice(task * perTask, (task + 1) * perTask);
