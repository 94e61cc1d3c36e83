/** The space that a search moves in, worked out from task, device and metrics alone: nothing is trained for it. */
import { costTable, networkCosts, type CostTable } from '../cost/costTable';
import { deviceOf, type Device } from '../cost/devices/index';
import { constrainable, metricFor, type Metric, type MetricId } from '../cost/metrics';
import { channelMap } from '../network/channels';
import { planNetwork, type NetworkPlan } from '../network/plan';
import { taskFor } from '../tasks/index';
import { narrowestTable } from './architectures/channelFit';
import { largestReachable } from './constraints/reach';
import type { Costs } from '../cost/metrics';
import { modelWarnings } from '../cost/modelWarnings';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';

export interface SearchSpace {
  readonly device: Device;
  readonly supernet: NetworkPlan;
  readonly seed: NetworkPlan;
  /** The one of the two that a method searches first. */
  readonly searched: NetworkPlan;
  readonly metrics: readonly Metric[];
  /** What the searched network and its candidates cost. */
  readonly candidates: CostTable;
  /** What a method can reach, for weighing targets: the same, at one channel per group where channels are searched. */
  readonly table: CostTable;
  /** Costs of the costliest network of the space, per metric, in its unit. */
  readonly largestCosts: Costs;
  /** The seed network's costs per metric, in its unit. */
  readonly seedCosts: Costs;
  /** Sentences about what makes its costs worth less than they look. */
  readonly warnings: readonly string[];
}

/**
 * @param searches what a strategy decides, in order
 * @param metricIds what to count; without it everything that a network can be held to on the device
 * @throws WorkbenchError `invalid-setting` for a task or device that does not exist
 */
export function searchSpace(
  { task, device, searches = ['candidates'] }: Pick<SearchConfig, 'task' | 'device'> & { readonly searches?: readonly SpaceKind[] },
  classes: number,
  metricIds?: readonly MetricId[],
): SearchSpace {
  const chosenTask = taskFor(task);
  const chosenDevice = deviceOf(device);
  const metrics = (metricIds ?? constrainable(chosenDevice)).map((id) => metricFor(id, chosenDevice));
  const seed = planNetwork(chosenTask.seedNetwork(classes));
  const supernet = planNetwork(chosenTask.supernet(classes));
  const searched = searches[0] === 'candidates' ? supernet : seed;
  const candidates = costTable(searched, metrics);
  const pruned = searches.includes('channels');
  return {
    device: chosenDevice,
    supernet,
    seed,
    searched,
    metrics,
    candidates,
    table: pruned ? narrowestTable(searched, channelMap(searched), metrics) : candidates,
    largestCosts: Object.fromEntries(metrics.map(({ id }) => [id, largestReachable(candidates, id)])),
    seedCosts: costsOf(seed, metrics),
    warnings: modelWarnings(chosenDevice, metrics),
  };
}

/** What a network without mixed operations costs, per metric, in its unit. */
export function costsOf(plan: NetworkPlan, metrics: readonly Metric[]): Costs {
  const values = networkCosts(plan, metrics);
  return Object.fromEntries(metrics.map(({ id }, index) => [id, values[index]]));
}
