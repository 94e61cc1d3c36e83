/** How many blocks of n cover x: ceil(x / n). straightThrough.ts has the same for continuous channels. */
export function blocks(x: number, n: number): number {
  return Math.ceil(x / n);
}
