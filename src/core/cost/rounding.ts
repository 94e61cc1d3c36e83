/** How many blocks of n cover x: ceil(x / n). */
export function blocks(x: number, n: number): number {
  return Math.ceil(x / n);
}
