import type { Targets } from '../core/cost/metrics';
import type { SpaceSummary } from '../protocol/protocol';
import { Curves } from './curves';

/** Empty curves for a search of a space. */
export function curvesFor({ table, layers, groups }: SpaceSummary, targets: Targets): Curves {
  const mixed = layers.filter(({ op }) => op === null).map(({ id, candidates }) => [id, candidates] as const);
  return new Curves(
    table.metrics.map(({ id }) => id).filter((id) => targets[id] !== undefined),
    new Map(mixed),
    groups,
  );
}
