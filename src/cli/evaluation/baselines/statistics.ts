/** Figures of comparisons. */

/** Needs at least one value. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}

/** Of the mean; null for fewer than two values. */
export function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** The share of others that a value exceeds, equal ones by half, in percent. Needs at least one other. */
export function percentileAmong(value: number, others: readonly number[]): number {
  const below = others.filter((other) => other < value).length;
  const equal = others.filter((other) => other === value).length;
  return (100 * (below + equal / 2)) / others.length;
}

/** A network by its quality and two costs, each as a share of the reference: quality of all right, costs of the seed network. */
export interface FrontPoint {
  readonly quality: number;
  readonly memory: number;
  readonly latency: number;
}

/**
 * The volume that a set of networks dominates, between quality 0 and 1 and costs of 0 and 1: 1 would be all right at no cost. It grows
 * with every network that no other one beats in everything.
 */
export function hypervolume(points: readonly FrontPoint[]): number {
  const inside = points.filter(({ quality, memory, latency }) => quality > 0 && memory < 1 && latency < 1);
  const levels = [...new Set(inside.map(({ quality }) => quality))].toSorted((a, b) => a - b);
  // Between two levels of quality, the networks above both dominate the same area.
  return levels.reduce((volume, level, at) => {
    const above = inside.filter(({ quality }) => quality >= level);
    return volume + (level - (levels[at - 1] ?? 0)) * dominatedArea(above);
  }, 0);
}

/** The area between points and (1, 1). */
function dominatedArea(points: readonly Pick<FrontPoint, 'memory' | 'latency'>[]): number {
  let [area, lowest] = [0, 1];
  for (const { memory, latency } of points.toSorted((a, b) => a.memory - b.memory || a.latency - b.latency)) {
    if (latency >= lowest) continue;
    area += (1 - memory) * (lowest - latency);
    lowest = latency;
  }
  return area;
}
