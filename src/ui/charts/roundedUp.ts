/** Where axes may end, as multiples of a power of ten: a quarter of each is a short number. */
const ENDS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10];

/** The least good end of an axis that holds a value; 1 for a value that is not positive. Steps are wide, so that a growing value seldom changes it. */
export function roundedUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const end = ENDS.find((candidate) => candidate * power >= value) ?? 10;
  return Number((end * power).toPrecision(3));
}
