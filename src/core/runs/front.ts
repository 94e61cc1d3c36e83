/** A cost and a quality, and the index of what has them. */
export interface Placed {
  readonly cost: number;
  /** The higher, the better. */
  readonly quality: number;
}

/**
 * Those that no other beats: none has less of the cost and at least the quality, or the same cost and more quality. In order of cost, so
 * that quality rises. Of equal ones the first is taken. Takes n log n steps.
 */
export function paretoFront<Point extends Placed>(points: readonly Point[]): Point[] {
  const sorted = points
    .filter(({ cost, quality }) => Number.isFinite(cost) && Number.isFinite(quality))
    .toSorted((a, b) => a.cost - b.cost || b.quality - a.quality);
  let best = -Infinity;
  return sorted.filter(({ quality }) => {
    if (quality <= best) return false;
    best = quality;
    return true;
  });
}
