/** Cost metrics by name: what a network weighs on a device, layer by layer. */
import type { Device } from './devices/index';
import { flashBytes } from './flashBytes';
import { gap8Cycles } from './gap8Cycles';
import type { LayerRow } from './layerTable';
import { macs } from './macs';
import { params } from './params';

export type MetricId = 'params' | 'macs' | 'gap8Cycles' | 'flashBytes' | 'latencyMs';

export interface Metric {
  readonly id: MetricId;
  /**
   * Cost of one layer, in whole numbers where the metric counts something, so that sums are exact whatever their order.
   */
  layerCost(row: LayerRow): number;
  /** What a sum of layer costs is divided by to get the metric's unit. */
  readonly divisor: number;
}

/** Makes a metric for a device; metrics that do not depend on a device ignore it. */
export function metricFor(id: MetricId, device: Device): Metric {
  switch (id) {
    case 'params':
      return { id, layerCost: params, divisor: 1 };
    case 'macs':
      return { id, layerCost: macs, divisor: 1 };
    case 'gap8Cycles':
      return { id, layerCost: gap8Cycles, divisor: 1 };
    case 'flashBytes':
      return { id, layerCost: flashBytes, divisor: 1 };
    case 'latencyMs':
      return { id, layerCost: (row) => device.cycles(row), divisor: device.clockHz / 1000 };
    default:
      return id satisfies never;
  }
}
