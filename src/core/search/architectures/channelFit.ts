/**
 * Decides which channels a channel search keeps in the end: those above the threshold, minus those that the targets do not allow.
 */
import { costTable, networkCosts, type CostTable } from '../../cost/costTable';
import type { Metric } from '../../cost/metrics';
import type { ChannelMap } from '../../network/channels';
import { planNetwork, type NetworkPlan } from '../../network/plan';
import { resizeNetwork, type KeptChannels } from '../../network/prune';
import { infeasible } from '../constraints/sentences';
import { shortfall } from '../constraints/reach';
import type { Targets } from '../../cost/metrics';

/** A channel is kept when its importance exceeds this. */
export const THRESHOLD = 0.5;

/** Channels to give up together: removing fewer of the group would relieve no broken constraint. */
interface Cut {
  readonly group: string;
  readonly channels: readonly number[];
  /** Importance lost per share of the excess that the cut removes. */
  readonly price: number;
}

/**
 * @param importances |alpha| per channel, by group; the last channel of a group always stays
 * @throws WorkbenchError `infeasible-targets` when one channel per group is still too much
 */
export function fitChannels(
  plan: NetworkPlan,
  channels: ChannelMap,
  metrics: readonly Metric[],
  targets: Targets,
  importances: ReadonlyMap<string, readonly number[]>,
): KeptChannels {
  const kept = new Map([...importances].map(([id, values]) => [id, aboveThreshold(values)]));
  const without = (cut?: { group: string; channels: readonly number[] }) =>
    [...kept].map(([id, indices]) => [id, id === cut?.group ? indices.length - cut.channels.length : indices.length] as const);
  const excess = (counts: readonly (readonly [string, number])[]) => {
    const costs = networkCosts(planNetwork(resizeNetwork(plan, channels, new Map(counts))), metrics);
    return metrics.map(({ id }, index) => Math.max(0, (costs[index] as number) - (targets[id] ?? Infinity)));
  };
  for (;;) {
    const before = excess(without());
    if (before.every((value) => value === 0)) return kept;
    const cut = cheapestCut(kept, importances, (candidate) => relief(before, excess(without(candidate))));
    if (!cut) throw infeasible(shortfall(narrowestTable(plan, channels, metrics), targets) ?? [], 'channels');
    kept.set(
      cut.group,
      (kept.get(cut.group) as readonly number[]).filter((channel) => !cut.channels.includes(channel)),
    );
  }
}

/**
 * Costs of the smallest network that removing channels can reach: one channel per group. A mixed operation keeps all its
 * candidates.
 */
export function narrowestTable(plan: NetworkPlan, channels: ChannelMap, metrics: readonly Metric[]): CostTable {
  const single = new Map(channels.groups.map(({ id }) => [id, 1]));
  return costTable(planNetwork(resizeNetwork(plan, channels, single)), metrics);
}

function aboveThreshold(importances: readonly number[]): number[] {
  return importances.flatMap((importance, channel) => (importance > THRESHOLD || channel === importances.length - 1 ? [channel] : []));
}

/** Sum over broken constraints of the share of their excess that a cut removes. */
function relief(before: readonly number[], after: readonly number[]): number {
  return before.reduce((total, excess, index) => (excess === 0 ? total : total + Math.max(0, 1 - (after[index] as number) / excess)), 0);
}

/** Null when every group is down to its last channel. */
function cheapestCut(
  kept: ReadonlyMap<string, readonly number[]>,
  importances: ReadonlyMap<string, readonly number[]>,
  reliefOf: (cut: { group: string; channels: readonly number[] }) => number,
): Cut | null {
  const cuts = [...kept].flatMap(([group, indices]) => {
    const values = importances.get(group) as readonly number[];
    const importance = (channel: number) => values[channel] as number;
    const byImportance = indices.slice(0, -1).toSorted((a, b) => importance(a) - importance(b));
    for (let count = 1; count <= byImportance.length; count++) {
      const channels = byImportance.slice(0, count);
      const gained = reliefOf({ group, channels });
      const price = channels.reduce((total, channel) => total + importance(channel), 0) / gained;
      if (gained > 0) return [{ group, channels, price }];
    }
    // This group alone cannot help (another layer is the peak, or everything lies in one block), so its cut is a last resort.
    return byImportance.slice(0, 1).map((channel) => ({ group, channels: [channel], price: Infinity }));
  });
  return cuts.reduce<Cut | null>((best, cut) => (best === null || cut.price < best.price ? cut : best), null);
}
