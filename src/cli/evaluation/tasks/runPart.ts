/** Runs what a part still needs, one training after the other, so that their times can be compared. */
import { durationText } from '../../../core/runs/progress';
import { taskFor } from '../../../core/tasks/index';
import { qualityText } from '../../../core/tasks/task';
import type { Runner } from '../runner';
import { cellKey, methodsFor, type TaskPart, type Timed } from './parts';

export interface Sitting {
  readonly seeds: number;
  /** What times are taken on; null if other work runs beside, so that times mean nothing. */
  readonly timedOn: string | null;
  /** Whether one more training may begin. */
  readonly take: () => boolean;
  /** Saves what was found and prints it. */
  readonly keep: (what: string) => void;
}

/** All trainings of a part: for each random seed the seed network, then every search. */
export async function runPart(
  part: TaskPart,
  { seedNetwork, search }: Pick<Runner, 'seedNetwork' | 'search'>,
  sitting: Sitting,
): Promise<void> {
  const { timedOn, take, keep } = sitting;
  const task = taskFor(part.task);
  const methods = methodsFor(task);
  const run = async <Found extends { readonly totalMs: number }>(
    cells: Record<string, Timed<Found>>,
    key: string,
    start: () => Promise<Found>,
    tell: (found: Found) => string,
  ) => {
    if (!isMissing(cells[key], timedOn) || !take()) return;
    const found = await start();
    cells[key] = { ...found, timedOn };
    keep(`${part.task}, ${part.data.name}, ${tell(found)} (${durationText(found.totalMs)})`);
  };
  for (let randomSeed = 1; randomSeed <= sitting.seeds; randomSeed++) {
    const of = { task: task.id, randomSeed };
    // Every method here searches once, so one seed network has as many epochs as each of them.
    const [method] = methods as [string];
    await run(
      part.seedNetworks,
      String(randomSeed),
      () => seedNetwork({ ...of, method }),
      ({ quality }) => `seed network ${randomSeed}: ${qualityText(task.quality, quality)}`,
    );
    for (const method of methods)
      await run(
        part.searches,
        cellKey(method, randomSeed),
        () => search({ ...of, method, targets: part.targets }),
        (outcome) => `${method} ${randomSeed}: ${'quality' in outcome ? qualityText(task.quality, outcome.quality.final) : outcome.reason}`,
      );
  }
}

/** Whether a training has to run: it never did, or its time is wanted and was not taken. */
export function isMissing(cell: Timed<object> | undefined, timedOn: string | null): boolean {
  return cell === undefined || (timedOn !== null && cell.timedOn === null);
}
