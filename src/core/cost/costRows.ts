/**
 * The costs of a network as sums and products of the sizes of its groups of channels. They are worked out once for a network, and then
 * give the costs of any choice of channels without planning its network.
 */
import type { ChannelMap, TensorChannels } from '../network/channels';
import { operationsOf, type NetworkPlan } from '../network/plan';
import { activationSteps } from './activations';
import { layerTable, type LayerRow } from './layerTable';
import type { LayerMetric, Metric, PeakMetric } from './metrics';
import type { ChannelFactor } from './terms';

/** A sum of group sizes, each times its share. */
export interface SizeRow {
  /** Shares by group. A group that is missing counts 0. */
  readonly shares: ReadonlyMap<string, number>;
  readonly constant: number;
  /** The size of blocks to which the sum is rounded up; 0 for no rounding. */
  readonly block: number;
}

/** A metric's cost in its unit: a fixed part plus the sum of constant * inputs * outputs over all products, or the largest of some steps. */
export interface CostRows {
  readonly fixed: number;
  readonly products: readonly { readonly constant: number; readonly inputs: SizeRow; readonly outputs: SizeRow }[];
  readonly steps: readonly SizeRow[];
}

/** One row per metric, in the metrics' order. @param plan a network without mixed operations */
export function costRows(plan: NetworkPlan, channels: ChannelMap, metrics: readonly Metric[]): CostRows[] {
  return metrics.map((metric) => (metric.combine === 'sum' ? sumRows(plan, channels, metric) : peakRows(plan, channels, metric)));
}

/**
 * Costs in each metric's unit. They equal `networkCosts` of the network with these channels but for the order of sums, so the last
 * digits may differ.
 * @param sizes channels by group
 */
export function costsFrom(rows: readonly CostRows[], sizes: ReadonlyMap<string, number>): number[] {
  const size = (row: SizeRow) => sizeOf(row, sizes);
  return rows.map(({ fixed, products, steps }) =>
    steps.length > 0
      ? Math.max(...steps.map(size))
      : products.reduce((sum, { constant, inputs, outputs }) => sum + constant * size(inputs) * size(outputs), fixed),
  );
}

/**
 * How much each cost grows with the size of each group, as a training step has it: rounding up to blocks has slope 1, and of a largest
 * cost all steps that reach it share the slope.
 * @param sizes channels by group, which need not be whole
 * @returns per group in the order of `sizes`, and per metric, in the metric's unit per channel
 */
export function costSlopes(rows: readonly CostRows[], sizes: ReadonlyMap<string, number>): number[][] {
  const perMetric = rows.map(({ products, steps }) => {
    const slopes = new Map<string, number>();
    const add = ({ shares }: SizeRow, factor: number) => {
      for (const [id, share] of shares) slopes.set(id, (slopes.get(id) ?? 0) + share * factor);
    };
    for (const { constant, inputs, outputs } of products) {
      add(inputs, constant * sizeOf(outputs, sizes));
      add(outputs, constant * sizeOf(inputs, sizes));
    }
    const tops = largestAt(steps.map((step) => sizeOf(step, sizes)));
    for (const at of tops) add(steps[at] as SizeRow, 1 / tops.length);
    return slopes;
  });
  return [...sizes.keys()].map((id) => perMetric.map((slopes) => slopes.get(id) ?? 0));
}

/**
 * What one channel of each group costs on average while all are there: what the group adds to the network, over its channels. A slope
 * would be more where costs are rounded up to blocks.
 * @returns as `costSlopes`
 */
export function meanChannelCosts(rows: readonly CostRows[], sizes: ReadonlyMap<string, number>): number[][] {
  const whole = costsFrom(rows, sizes);
  return [...sizes].map(([id, size]) => {
    const without = costsFrom(rows, new Map(sizes).set(id, 0));
    return whole.map((cost, metric) => (cost - (without[metric] as number)) / size);
  });
}

function sizeOf({ shares, constant, block }: SizeRow, sizes: ReadonlyMap<string, number>): number {
  let size = constant;
  for (const [group, share] of shares) size += share * (sizes.get(group) as number);
  return block > 0 ? Math.ceil(size / block) : size;
}

/** Positions of the largest values. A training step rounds to single precision, in which close ones are equal. */
export function largestAt(values: readonly number[]): number[] {
  const most = Math.max(...values);
  return values.flatMap((value, at) => (value >= most * (1 - 1e-6) ? [at] : []));
}

/** What each layer by itself counts, one row per layer. @param plan a network without mixed operations */
export function layerRows(plan: NetworkPlan, channels: ChannelMap, terms: LayerMetric['terms']): CostRows[] {
  return layerTable(plan).map((layer) => ({ fixed: 0, products: productsOf([layer], channels, { terms, divisor: 1 }), steps: [] }));
}

function sumRows(plan: NetworkPlan, channels: ChannelMap, metric: LayerMetric): CostRows {
  return { fixed: metric.networkCost / metric.divisor, products: productsOf(layerTable(plan), channels, metric), steps: [] };
}

function productsOf(
  layers: readonly LayerRow[],
  channels: ChannelMap,
  metric: Pick<LayerMetric, 'terms' | 'divisor'>,
): CostRows['products'] {
  return layers.flatMap((row) =>
    metric.terms(row).map(({ constant, of }) => ({
      constant: constant / metric.divisor,
      inputs: sideOf(of.inputs, row.inChannels, channels.inputs.get(row.path)),
      outputs: sideOf(of.outputs, row.outChannels, channels.outputs.get(row.path)),
    })),
  );
}

function sideOf(factor: ChannelFactor | null, count: number, tensor: TensorChannels | undefined): SizeRow {
  if (!factor) return { shares: new Map(), constant: 1, block: 0 };
  const block = factor.block ?? 0;
  if (!tensor) return { shares: new Map(), constant: factor.times * count, block };
  return { shares: new Map([[tensor.group.id, factor.times * tensor.repeat]]), constant: 0, block };
}

/** The bytes of a step as a sum of group sizes, since a value in memory takes the same number of bytes for each channel. */
function peakRows(plan: NetworkPlan, channels: ChannelMap, metric: PeakMetric): CostRows {
  const groupOf = new Map(plan.layers.flatMap(operationsOf).map(({ path }) => [path, channels.outputs.get(path)?.group]));
  const steps = activationSteps(plan).map((step) => {
    const shares = new Map<string, number>();
    for (const value of step.live) {
      const group = groupOf.get(value.name);
      const cost = metric.stepCost({ ...step, live: [value] }) / metric.divisor;
      if (group) shares.set(group.id, (shares.get(group.id) ?? 0) + cost / group.channels);
    }
    const fixed = step.live.filter(({ name }) => !groupOf.get(name));
    return { shares, constant: metric.stepCost({ ...step, live: fixed }) / metric.divisor, block: 0 };
  });
  return { fixed: 0, products: [], steps };
}
