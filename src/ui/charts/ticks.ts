/** Which numbers stand at an axis. */

/** About as many parts as a horizontal axis has room for. */
const PARTS = 5;
/** Steps are counted in these, times a power of ten. */
const ROUND = [1, 2, 5, 10];

/** The ends of an axis and its quarters; `roundedUp` gives ends of which quarters are short. */
export const quarters = (from: number, to: number): number[] => [0, 1, 2, 3, 4].map((part) => from + (part / 4) * (to - from));

/** The ends of an axis of steps and round steps between. Those that come too close to another are left out where they are drawn. */
export function roundSteps(from: number, to: number): number[] {
  const least = Math.max(1, (to - from) / PARTS);
  const power = 10 ** Math.floor(Math.log10(least));
  const apart = power * (ROUND.find((count) => count * power >= least) ?? 10);
  const between: number[] = [];
  for (let step = (Math.floor(from / apart) + 1) * apart; step < to; step += apart) between.push(step);
  return [from, ...between, to];
}
