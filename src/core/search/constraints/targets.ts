/** The range and the start value of targets, from a space and a device. Pure numbers. */
import type { CostTable } from '../../cost/costTable';
import type { Device } from '../../cost/devices/device';
import type { Costs, MetricId, Targets } from '../../cost/metrics';
import { smallestReachable } from './reach';

/** The space and the device that targets depend on. */
export interface TargetSpace {
  readonly table: CostTable;
  readonly seedCosts: Costs;
  /** Costs of the costliest network in the space. */
  readonly largestCosts: Costs;
  readonly device: Pick<Device, 'flashBytes' | 'ramBytes'>;
}

/** Metrics that have a target unless a person says otherwise. */
export const limitedAtFirst = ['flashBytes', 'latencyMs'] as const satisfies readonly MetricId[];

/**
 * A target's start value as a share of the seed network's cost: well below it, and low enough to matter while all can be met
 * together.
 */
const STARTING_SHARE: Readonly<Partial<Record<MetricId, number>>> = { flashBytes: 0.51, params: 0.51 };
const OTHER_STARTING_SHARE = 0.78;

/** A start value lies at least this far from the least that the space reaches, so that there is something left to choose. */
const LEAST_FREEDOM = 0.3;

/** From the smallest value in the space to the seed network's, or to the device's capacity if that is less. */
export function targetRange(
  { table, seedCosts, device }: TargetSpace,
  metric: MetricId,
): { readonly least: number; readonly most: number } {
  const least = smallestReachable(table, metric) as number;
  return { least, most: Math.max(least, Math.min(seedCosts[metric] as number, capacityOf(device, metric))) };
}

/** How much more than the costliest network needs a target may be, at least: enough for any device's memory and any deadline. */
const HEADROOM = 1000;

/** The greatest target that a person can set, a power of ten in the metric's unit. A greater one would limit nothing either. */
export function greatestTarget({ largestCosts }: Pick<TargetSpace, 'largestCosts'>, metric: MetricId): number {
  return Number(`1e${Math.ceil(Math.log10(HEADROOM * (largestCosts[metric] as number)))}`);
}

/** The start value, rounded to two digits if that stays within the range. */
export function startingTarget(space: TargetSpace, metric: MetricId): number {
  const { least, most } = targetRange(space, metric);
  const share = (STARTING_SHARE[metric] ?? OTHER_STARTING_SHARE) * (space.seedCosts[metric] as number);
  const start = Math.max(share, least + LEAST_FREEDOM * (most - least));
  return Math.min(most, Math.max(least, Number(start.toPrecision(2))));
}

/** Targets on flash memory and latency, within the device's capacity. */
export function startingTargets(space: TargetSpace): Targets {
  return withinDevice(space, Object.fromEntries(limitedAtFirst.map((metric) => [metric, startingTarget(space, metric)])));
}

/** The targets, plus limits by the device's memories if some network of the space would exceed them. */
export function withinDevice({ largestCosts, device }: TargetSpace, targets: Targets): Targets {
  const memories = (['flashBytes', 'ramBytes'] as const).filter((metric) => (largestCosts[metric] as number) > capacityOf(device, metric));
  const limits = memories.map((metric) => [metric, Math.min(targets[metric] ?? Infinity, capacityOf(device, metric))] as const);
  return { ...targets, ...Object.fromEntries(limits) };
}

/** The device's capacities that some network of the space would exceed. */
export const capacities = (space: TargetSpace): Targets => withinDevice(space, {});

function capacityOf(device: TargetSpace['device'], metric: MetricId): number {
  if (metric !== 'flashBytes' && metric !== 'ramBytes') return Infinity;
  return device[metric] ?? Infinity;
}

/** Whether two sets of targets limit the same costs alike. */
export function sameTargets(these: Targets, those: Targets): boolean {
  const text = (targets: Targets) => JSON.stringify(Object.entries(targets).sort());
  return text(these) === text(those);
}
