/** Multiples of a power of ten at which axes may end. A quarter of each is a short number. */
const ENDS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10];

/** The smallest such end above a value; 1 for a value that is not positive. The ends lie far apart, so a growing value seldom changes the axis. */
export function roundedUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const end = ENDS.find((candidate) => candidate * power >= value) ?? 10;
  return Number((end * power).toPrecision(3));
}
