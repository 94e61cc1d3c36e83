/** Cost metrics by name: what a network costs on a device, layer by layer. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { ActivationStep } from './activations';
import type { Device } from './devices/device';
import { flashBytes } from './flashBytes';
import { gap8Cycles } from './gap8Cycles';
import type { LayerRow } from './layerTable';
import { macs } from './macs';
import { params } from './params';
import { ramBytes } from './ramBytes';
import { costOf, type CostTerm } from './terms';

/** Metrics that add up over layers. */
export type LayerMetricId = 'params' | 'macs' | 'gap8Cycles' | 'flashBytes' | 'latencyMs' | 'energyUj';
export type MetricId = LayerMetricId | 'ramBytes';

/** What a network costs, by metric, in the metrics' units. */
export type Costs = Readonly<Partial<Record<MetricId, number>>>;

/** Upper limits by metric: the part of a search that a person may change while it runs. */
export type Targets = Readonly<Partial<Record<MetricId, number>>>;

interface Unit {
  /** The divisor that turns a combined cost into the metric's unit. */
  readonly divisor: number;
}

/** A cost that adds up over layers. */
export interface LayerMetric extends Unit {
  readonly id: LayerMetricId;
  readonly combine: 'sum';
  /**
   * The cost of one layer as a function of its channels, in whole numbers or binary fractions, so that sums are exact in any
   * order.
   */
  terms(row: LayerRow): readonly CostTerm[];
  /** Cost of running any network at all. */
  readonly networkCost: number;
}

/** A cost of which the largest over all operations counts. */
export interface PeakMetric extends Unit {
  readonly id: 'ramBytes';
  readonly combine: 'max';
  stepCost(step: ActivationStep): number;
}

export type Metric = LayerMetric | PeakMetric;

/** Metrics that can be limited on a device, in the order in which they are shown. */
export function constrainable({ powerW }: Device): MetricId[] {
  return ['flashBytes', 'latencyMs', 'ramBytes', ...(powerW === null ? [] : (['energyUj'] as const)), 'macs', 'params'];
}

/**
 * Makes a metric for a device; metrics that do not depend on a device ignore it.
 * @throws WorkbenchError `invalid-setting` for the energy of a device whose power is not known
 */
export function metricFor(id: LayerMetricId, device: Device): LayerMetric;
export function metricFor(id: MetricId, device: Device): Metric;
export function metricFor(id: MetricId, device: Device): Metric {
  switch (id) {
    case 'params':
      return counted(id, params);
    case 'macs':
      return counted(id, macs);
    case 'gap8Cycles':
      return counted(id, gap8Cycles);
    case 'flashBytes':
      return counted(id, flashBytes);
    case 'latencyMs':
      return { ...onDevice(device), id, divisor: device.clockHz / 1000 };
    case 'energyUj':
      return { ...onDevice(device), id, divisor: device.clockHz / (1e6 * powerOf(device)) };
    case 'ramBytes':
      return { id, combine: 'max', stepCost: ramBytes, divisor: 1 };
    default:
      return id satisfies never;
  }
}

/** Cost of one layer with the channels it has. */
export function layerCost(metric: LayerMetric, row: LayerRow): number {
  return costOf(metric.terms(row), row);
}

function counted(id: LayerMetricId, terms: LayerMetric['terms']): LayerMetric {
  return { id, combine: 'sum', terms, networkCost: 0, divisor: 1 };
}

/** Time and energy are both counted in clock cycles. */
function onDevice(device: Device) {
  return { combine: 'sum', terms: (row: LayerRow) => device.cycles(row), networkCost: device.fixedCycles } as const;
}

function powerOf({ name, powerW }: Device): number {
  if (powerW === null)
    throw new WorkbenchError('invalid-setting', sayLater('no power is known for {name}, so there is no energy to limit on it', { name }));
  return powerW;
}
