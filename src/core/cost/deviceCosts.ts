/** What one network costs on each device. */
import type { NetworkPlan } from '../network/plan';
import { networkCosts } from './costTable';
import type { Device } from './devices/index';
import { constrainable, metricFor, type Costs } from './metrics';

/** Plain data, so that it can be sent to the main thread. */
export interface DeviceCosts {
  readonly name: string;
  /** In the metrics' units; without energy where the device's power is not known. */
  readonly costs: Costs;
  /** The memories of the device that the network does not fit into. */
  readonly exceeds: readonly ('flashBytes' | 'ramBytes')[];
}

/**
 * Weights and activations count one byte each, as on devices that compute int8.
 * @param plan a network without mixed operations
 */
export function deviceCosts(plan: NetworkPlan, devices: Iterable<Device>): DeviceCosts[] {
  return Array.from(devices, (device) => {
    const ids = constrainable(device);
    const found = networkCosts(
      plan,
      ids.map((id) => metricFor(id, device)),
    );
    const costs: Costs = Object.fromEntries(ids.map((id, index) => [id, found[index]]));
    const exceeds = (['flashBytes', 'ramBytes'] as const).filter((id) => (costs[id] as number) > (device[id] ?? Infinity));
    return { name: device.name, costs, exceeds };
  });
}
