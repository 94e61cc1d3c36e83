/** The hypervolume of the networks that were tried: one number for what choice they leave between quality and costs. */
import type { Costs, Metric, Targets } from '../cost/metrics';

/** How many limited costs count beside the quality: with memory and latency, the usual two. */
const COSTS = 2;

/**
 * A network on trial as a point, whose coordinates are better when higher. First exp(-loss), which for a cross-entropy is the geometric
 * mean of the probability given to the right class. Then, for the first two metrics with a target, the share of the target that the
 * network leaves free.
 */
export function pointOf(loss: number, costs: Costs, targets: Targets, metrics: readonly Pick<Metric, 'id'>[]): number[] {
  const limited = metrics.flatMap(({ id }) => (targets[id] === undefined ? [] : [1 - (costs[id] as number) / targets[id]])).slice(0, COSTS);
  return [Math.exp(-loss), ...limited];
}

/**
 * The volume of all points between the origin and any of these points. The origin is a network without quality whose costs equal the
 * targets; 1 is a network without loss and costs. A point with a coordinate that is not above 0 adds nothing.
 *
 * Source: Zitzler and Thiele, "Multiobjective optimization using evolutionary algorithms", PPSN 1998 ("size of the space covered").
 * It is added up in slices along the last coordinate (While et al., "A faster algorithm for calculating hypervolume", IEEE TEVC 2006).
 */
export function hypervolume(points: readonly (readonly number[])[]): number {
  const above = points.filter((point) => point.every((value) => value > 0));
  const last = (above[0]?.length ?? 0) - 1;
  if (last < 1) return Math.max(0, ...above.map(([only]) => only as number));
  const ordered = above.toSorted((a, b) => (b[last] as number) - (a[last] as number));
  return ordered.reduce((sum, point, at) => {
    const thickness = (point[last] as number) - (ordered[at + 1]?.[last] ?? 0);
    return thickness > 0 ? sum + thickness * hypervolume(ordered.slice(0, at + 1).map((each) => each.slice(0, last))) : sum;
  }, 0);
}

/** The points that count: those that no other one reaches in every coordinate. @param others of which none reaches another */
export function withPoint(others: readonly (readonly number[])[], point: readonly number[]): (readonly number[])[] {
  const reaches = (a: readonly number[], b: readonly number[]) => a.every((value, at) => value >= (b[at] as number));
  return others.some((other) => reaches(other, point)) ? [...others] : [...others.filter((other) => !reaches(point, other)), point];
}
