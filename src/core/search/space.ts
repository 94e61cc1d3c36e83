/** The space of a search, computed from task, device and metrics without any training. */
import { costTable, networkCosts, type CostTable } from '../cost/costTable';
import type { Told } from '../language/told';
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
  /** The supernet or the seed network, whichever the strategy searches first. */
  readonly searched: NetworkPlan;
  readonly metrics: readonly Metric[];
  /** Costs of the searched network and of its candidates. */
  readonly candidates: CostTable;
  /** Costs within reach, for checking targets: the same costs, with one channel per group if channels are searched. */
  readonly table: CostTable;
  /** Costs of the costliest network of the space, per metric, in its unit. */
  readonly largestCosts: Costs;
  /** The seed network's costs per metric, in its unit. */
  readonly seedCosts: Costs;
  /** Sentences about reasons to trust its costs less. */
  readonly warnings: readonly Told[];
}

/**
 * @param searches kinds of spaces that a strategy searches, in order
 * @param metricIds the metrics to count; by default all that can be limited on the device
 * @throws WorkbenchError `invalid-setting` for an unknown task or device
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

/** Costs of a network without mixed operations, per metric, in its unit. */
export function costsOf(plan: NetworkPlan, metrics: readonly Metric[]): Costs {
  const values = networkCosts(plan, metrics);
  return Object.fromEntries(metrics.map(({ id }, index) => [id, values[index]]));
}
