/** What one network costs on each device. */
import type { NetworkPlan } from '../network/plan';
import { WorkbenchError } from '../errors';
import type { Told } from '../language/told';
import { networkCosts } from './costTable';
import type { Device } from './devices/index';
import { layerTable } from './layerTable';
import { constrainable, metricFor, type Costs, type Metric } from './metrics';

/** Plain data, so that it can be sent to the main thread. */
export interface DeviceCosts {
  readonly name: string;
  /** In the metrics' units; without energy where the device's power is not known, and without what `problem` tells. */
  readonly costs: Costs;
  /** The memories of the device that the network does not fit into. */
  readonly exceeds: readonly ('flashBytes' | 'ramBytes')[];
  /** Why the device does not run the network, so that it has no time and no energy there; null where it does. */
  readonly problem: Told | null;
}

/**
 * Weights and activations count one byte each, as on devices that compute int8.
 * @param plan a network without mixed operations
 */
export function deviceCosts(plan: NetworkPlan, devices: Iterable<Device>): DeviceCosts[] {
  return Array.from(devices, (device) => {
    const { metrics, problem } = metricsOn(device, plan);
    const found = networkCosts(plan, metrics);
    const costs: Costs = Object.fromEntries(metrics.map(({ id }, index) => [id, found[index]]));
    const exceeds = (['flashBytes', 'ramBytes'] as const).filter((id) => (costs[id] as number) > (device[id] ?? Infinity));
    return { name: device.name, costs, exceeds, problem };
  });
}

/** The metrics that a network has on a device: without time and energy where the device has no way to run one of its layers. */
export function metricsOn(device: Device, plan: NetworkPlan): { readonly metrics: Metric[]; readonly problem: Told | null } {
  const metrics = constrainable(device).map((id) => metricFor(id, device));
  try {
    for (const row of layerTable(plan)) device.cycles(row);
    return { metrics, problem: null };
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    return { metrics: metrics.filter(({ id }) => id !== 'latencyMs' && id !== 'energyUj'), problem: error.told };
  }
}
