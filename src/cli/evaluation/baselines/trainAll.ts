/** Trains all that a comparison needs, side by side. What several searches share is trained once. */
import { availableParallelism } from 'node:os';
import type { Runner } from '../runner';
import type { Part } from './results';
import type { JobOutcome } from './runJob';
import { units, type Spaces, type Train } from './schedule';

/**
 * Trains what is missing, in several processes of one thread each.
 * @param most how many trainings at most
 * @param keep called after each, when the part holds its outcome
 */
export async function trainAll(
  part: Part,
  spaces: Spaces,
  most: number,
  start: () => Promise<Pick<Runner, 'baseline'> & { readonly end: () => void }>,
  keep: (key: string, outcome: JobOutcome) => void,
): Promise<void> {
  if (most === 0) return;
  const queue = units(part, spaces);
  const processes = await Promise.all(Array.from({ length: availableParallelism() }, start));
  const running = new Map<string, Promise<JobOutcome | null>>();
  let left = most;
  const trainOn =
    ({ baseline }: Pick<Runner, 'baseline'>): Train =>
    (key, job) => {
      const known = part.jobs[key];
      if (known) return Promise.resolve(known);
      const before = running.get(key);
      if (before) return before;
      if (left-- <= 0) return Promise.resolve(null);
      const training = baseline(job).then((outcome) => {
        part.jobs[key] = outcome;
        keep(key, outcome);
        return outcome;
      });
      running.set(key, training);
      return training;
    };
  try {
    await Promise.all(
      processes.map(async (runner) => {
        const train = trainOn(runner);
        for (let next = queue.next(); !next.done && left > 0; next = queue.next()) await next.value(train);
      }),
    );
  } finally {
    for (const { end } of processes) end();
  }
}
