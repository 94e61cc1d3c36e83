/** Sums of vectors of equal length. */

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** Adds a multiple of one vector to the other, which it changes. */
export function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + scale * (from[at] as number);
}
