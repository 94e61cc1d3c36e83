/**
 * What a network costs when its groups of channels have continuous sizes: the cost side of a mask search. All terms of all
 * layers and metrics are columns of one table, so costs with their gradients take some ten small tensor operations.
 */
import { add, concat, matMul, mul, reshape, slice, tensor1d, tensor2d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { ChannelMap, TensorChannels } from '../network/channels';
import { operationsOf, type NetworkPlan } from '../network/plan';
import { roundUpToBlocks } from '../straightThrough';
import { activationSteps } from './activations';
import { layerTable, type LayerRow } from './layerTable';
import type { LayerMetric, Metric, PeakMetric } from './metrics';
import { peak } from './peak';
import type { ChannelFactor, CostTerm } from './terms';

/** Sums of group sizes: groups . sizes + constant, row by row. */
interface Linear {
  /** [rows, groups] */
  readonly groups: Tensor2D;
  readonly constant: Tensor1D;
}

/** One side of all products, in blocks. */
interface Side extends Linear {
  /** 0 where nothing is rounded. */
  readonly block: Tensor1D;
}

/** Costs per metric, in its unit, for the given sizes of the groups in the channel map's order. */
interface Part {
  at(sizes: Tensor1D): Tensor1D;
  dispose(): void;
}

export class ContinuousCosts implements Part {
  readonly #sums: Part | null;
  /** By place in the metrics: costs of which the largest counts. The sums are 0 there. */
  readonly #peaks: ReadonlyMap<number, Part>;

  /** @param plan a network without mixed operations */
  constructor(
    plan: NetworkPlan,
    channels: ChannelMap,
    private readonly metrics: readonly Metric[],
  ) {
    this.#sums = metrics.some(({ combine }) => combine === 'sum') ? sumsOf(plan, channels, metrics) : null;
    this.#peaks = new Map(
      metrics.flatMap((metric, index) => (metric.combine === 'max' ? [[index, peakOf(plan, channels, metric)] as const] : [])),
    );
  }

  /** Differentiable in the sizes; rounding up to blocks has slope 1. */
  at(sizes: Tensor1D): Tensor1D {
    if (this.metrics.length === 0) return tensor1d([], 'float32');
    const sums = this.#sums?.at(sizes);
    if (sums && this.#peaks.size === 0) return sums;
    const costs = this.metrics.map((_, index) => this.#peaks.get(index)?.at(sizes) ?? slice(sums as Tensor1D, index, 1));
    return concat(costs) as Tensor1D;
  }

  dispose(): void {
    for (const part of [...(this.#sums ? [this.#sums] : []), ...this.#peaks.values()]) part.dispose();
  }
}

function sumsOf(plan: NetworkPlan, channels: ChannelMap, metrics: readonly Metric[]): Part {
  const summed = metrics.map((metric): LayerMetric | null => (metric.combine === 'sum' ? metric : null));
  const rows = layerTable(plan);
  const terms = summed.flatMap((metric, index) =>
    metric ? rows.flatMap((row) => metric.terms(row).map((term) => ({ row, term, index, divisor: metric.divisor }))) : [],
  );
  const side = (of: keyof CostTerm['of'], count: (row: LayerRow) => number, where: ReadonlyMap<string, TensorChannels>): Side => {
    const entries = terms.map(({ row, term }) => ({ factor: term.of[of], count: count(row), tensor: where.get(row.path) }));
    const blocks = entries.map(({ factor }) => factor?.block ?? 0);
    return { ...linear(entries.map(factorOf), channels), block: tensor1d(blocks, 'float32') };
  };
  const inputs = side('inputs', (row) => row.inChannels, channels.inputs);
  const outputs = side('outputs', (row) => row.outChannels, channels.outputs);
  const constants = tensor2d(
    metrics.flatMap((_, metric) => terms.map(({ term, index, divisor }) => (index === metric ? term.constant / divisor : 0))),
    [metrics.length, terms.length],
    'float32',
  );
  const network = tensor1d(
    summed.map((metric) => (metric ? metric.networkCost / metric.divisor : 0)),
    'float32',
  );
  const rounded = (of: Side, sizes: Tensor1D) => roundUpToBlocks(valuesOf(of, sizes), of.block);
  return {
    at(sizes) {
      const product = mul(rounded(inputs, sizes), rounded(outputs, sizes));
      return add(reshape(matMul(constants, reshape(product, [-1, 1])), [-1]), network);
    },
    dispose() {
      for (const { groups, constant, block } of [inputs, outputs]) for (const held of [groups, constant, block]) held.dispose();
      constants.dispose();
      network.dispose();
    },
  };
}

/** A value in memory takes as many bytes per channel whatever the number of channels, so each step is a sum of group sizes. */
function peakOf(plan: NetworkPlan, channels: ChannelMap, metric: PeakMetric): Part {
  const groupOf = new Map(plan.layers.flatMap(operationsOf).map(({ path }) => [path, channels.outputs.get(path)?.group]));
  const steps = activationSteps(plan).map((step) => {
    const shares = new Map<string, number>();
    for (const value of step.live) {
      const group = groupOf.get(value.name);
      const cost = metric.stepCost({ ...step, live: [value] }) / metric.divisor;
      if (group) shares.set(group.id, (shares.get(group.id) ?? 0) + cost / group.channels);
    }
    const fixed = step.live.filter(({ name }) => !groupOf.get(name));
    return { shares, constant: metric.stepCost({ ...step, live: fixed }) / metric.divisor };
  });
  const all = linear(steps, channels);
  return {
    at: (sizes) => reshape(peak(valuesOf(all, sizes)), [1]),
    dispose() {
      all.groups.dispose();
      all.constant.dispose();
    },
  };
}

function valuesOf({ groups, constant }: Linear, sizes: Tensor1D): Tensor1D {
  return add(reshape(matMul(groups, reshape(sizes, [-1, 1])), [-1]), constant);
}

/** What one unit of each group's size adds, and what is there anyway. */
interface LinearRow {
  readonly shares: ReadonlyMap<string, number>;
  readonly constant: number;
}

function linear(rows: readonly LinearRow[], { groups }: ChannelMap): Linear {
  return {
    groups: tensor2d(
      rows.flatMap(({ shares }) => groups.map(({ id }) => shares.get(id) ?? 0)),
      [rows.length, groups.length],
      'float32',
    ),
    constant: tensor1d(
      rows.map(({ constant }) => constant),
      'float32',
    ),
  };
}

function factorOf({
  factor,
  count,
  tensor,
}: {
  factor: ChannelFactor | null;
  count: number;
  tensor: TensorChannels | undefined;
}): LinearRow {
  if (!factor) return { shares: new Map(), constant: 1 };
  if (!tensor) return { shares: new Map(), constant: factor.times * count };
  return { shares: new Map([[tensor.group.id, factor.times * tensor.repeat]]), constant: 0 };
}
