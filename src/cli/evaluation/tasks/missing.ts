/** What a part still needs: for each random seed the seed network, then every search. */
import { taskFor } from '../../../core/tasks/index';
import { qualityText } from '../../../core/tasks/task';
import type { Wanted } from '../plannedRun';
import { outcomeOf, searchWork, seedNetworkOf, seedNetworkWork } from '../trainings';
import { cellKey, methodsFor, type TaskPart, type Timed } from './parts';

/**
 * @param seeds how many random seeds
 * @param timedOn what times are taken on; null if other work runs beside, so that times mean nothing
 */
export function missingIn(part: TaskPart, seeds: number, timedOn: string | null): Wanted[] {
  const task = taskFor(part.task);
  const methods = methodsFor(task);
  // Every method here searches once, so one seed network has as many epochs as each of them.
  const [first] = methods as [string];
  const timed = timedOn === null ? {} : { timedOn };
  const say = (what: string) => `${part.task}, ${part.data.name}, ${what}`;
  const randomSeeds = Array.from({ length: seeds }, (_, index) => index + 1);
  return randomSeeds.flatMap((randomSeed) => {
    const of = { task: task.id, randomSeed };
    const seedNetwork: Wanted = {
      ...seedNetworkWork({ ...of, method: first }),
      ...timed,
      keep: (file) => {
        const found = seedNetworkOf(file);
        part.seedNetworks[String(randomSeed)] = { ...found, timedOn };
        return say(`seed network ${randomSeed}: ${qualityText(task.quality, found.quality)}`);
      },
    };
    const searches = methods.map((method): [string, Wanted] => [
      cellKey(method, randomSeed),
      {
        ...searchWork({ ...of, method, targets: part.targets }),
        ...timed,
        keep: (file) => {
          const found = outcomeOf(file, part.targets);
          part.searches[cellKey(method, randomSeed)] = { ...found, timedOn };
          return say(`${method} ${randomSeed}: ${'quality' in found ? qualityText(task.quality, found.quality.final) : found.reason}`);
        },
      },
    ]);
    return [
      ...(isMissing(part.seedNetworks[String(randomSeed)], timedOn) ? [seedNetwork] : []),
      ...searches.flatMap(([key, wanted]) => (isMissing(part.searches[key], timedOn) ? [wanted] : [])),
    ];
  });
}

/** Whether a training has to run: it never did, or its time is wanted and was not taken. */
export function isMissing(cell: Timed<object> | undefined, timedOn: string | null): boolean {
  return cell === undefined || (timedOn !== null && cell.timedOn === null);
}
