/** Learning rates over a phase, as pure functions of how far the phase has come. */

export type Schedule = 'constant' | 'cosine';

/**
 * @param base the learning rate at the phase's start
 * @param progress steps done over steps planned, in [0, 1)
 */
export function scheduledRate(schedule: Schedule, base: number, progress: number): number {
  switch (schedule) {
    case 'constant':
      return base;
    case 'cosine':
      return (base / 2) * (1 + Math.cos(Math.PI * progress));
    default:
      return schedule satisfies never;
  }
}

/**
 * Falls by the same factor at every step, from `start` at progress 0 to `end` at progress 1.
 * The softmax temperature of a search follows it.
 */
export function geometric(start: number, end: number, progress: number): number {
  return start * (end / start) ** progress;
}
