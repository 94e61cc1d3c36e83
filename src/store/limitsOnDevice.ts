import type { Targets } from '../core/cost/metrics';
import { startingTarget, withinDevice } from '../core/search/constraints/targets';
import type { SpaceSummary } from '../protocol/protocol';

/** Limits for another device: those on time and energy go back to their defaults, the others stay. */
export function limitsOnDevice(space: SpaceSummary, targets: Targets): Targets {
  const kept = space.table.metrics.flatMap(({ id }) => {
    const target = targets[id];
    if (target === undefined) return [];
    return [[id, id === 'latencyMs' || id === 'energyUj' ? startingTarget(space, id) : target] as const];
  });
  return withinDevice(space, Object.fromEntries(kept));
}
