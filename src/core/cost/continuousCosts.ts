/**
 * The costs of a network whose groups of channels have continuous sizes, for channel search. All terms of all
 * layers and metrics are columns of one table, so the costs and their gradients take about ten small tensor operations.
 */
import { add, concat, dispose, matMul, mul, reshape, slice, tensor1d, tensor2d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { ChannelMap } from '../network/channels';
import type { NetworkPlan } from '../network/plan';
import { roundUpToBlocks } from '../straightThrough';
import { costRows, type CostRows, type SizeRow } from './costRows';
import type { Metric } from './metrics';
import { peak } from './peak';

/** Rows as tensors. Their values are groups . sizes + constant. */
interface Linear {
  /** [rows, groups] */
  readonly groups: Tensor2D;
  readonly constant: Tensor1D;
  readonly block: Tensor1D;
}

/** Costs per metric, in its unit, for the given sizes of the groups in the channel map's order. */
interface Part {
  at(sizes: Tensor1D): Tensor1D;
  dispose(): void;
}

export class ContinuousCosts implements Part {
  /** In the metrics' order. */
  readonly rows: readonly CostRows[];
  readonly #sums: Part | null;
  /** By index of the metric: costs of which the largest counts. The sums are 0 for these metrics. */
  readonly #peaks: ReadonlyMap<number, Part>;

  /** @param plan a network without mixed operations */
  constructor(plan: NetworkPlan, channels: ChannelMap, metrics: readonly Metric[]) {
    this.rows = costRows(plan, channels, metrics);
    this.#sums = this.rows.some(({ steps }) => steps.length === 0) ? sumsOf(this.rows, channels) : null;
    this.#peaks = new Map(this.rows.flatMap(({ steps }, index) => (steps.length > 0 ? [[index, peakOf(steps, channels)] as const] : [])));
  }

  /** Differentiable in the sizes; rounding up to blocks has slope 1. */
  at(sizes: Tensor1D): Tensor1D {
    if (this.rows.length === 0) return tensor1d([], 'float32');
    const sums = this.#sums?.at(sizes);
    if (sums && this.#peaks.size === 0) return sums;
    const costs = this.rows.map((_, index) => this.#peaks.get(index)?.at(sizes) ?? slice(sums as Tensor1D, index, 1));
    return concat(costs) as Tensor1D;
  }

  dispose(): void {
    for (const part of [...(this.#sums ? [this.#sums] : []), ...this.#peaks.values()]) part.dispose();
  }
}

function sumsOf(rows: readonly CostRows[], channels: ChannelMap): Part {
  const products = rows.flatMap((row, metric) => row.products.map((product) => ({ ...product, metric })));
  const inputs = linear(
    products.map((product) => product.inputs),
    channels,
  );
  const outputs = linear(
    products.map((product) => product.outputs),
    channels,
  );
  const constants = tensor2d(
    rows.flatMap((_, metric) => products.map((product) => (product.metric === metric ? product.constant : 0))),
    [rows.length, products.length],
    'float32',
  );
  const fixed = tensor1d(
    rows.map((row) => row.fixed),
    'float32',
  );
  const rounded = (of: Linear, sizes: Tensor1D) => roundUpToBlocks(valuesOf(of, sizes), of.block);
  return {
    at(sizes) {
      const product = mul(rounded(inputs, sizes), rounded(outputs, sizes));
      return add(reshape(matMul(constants, reshape(product, [-1, 1])), [-1]), fixed);
    },
    dispose: () => dispose([...tensorsOf(inputs), ...tensorsOf(outputs), constants, fixed]),
  };
}

function peakOf(steps: readonly SizeRow[], channels: ChannelMap): Part {
  const all = linear(steps, channels);
  return {
    at: (sizes) => reshape(peak(valuesOf(all, sizes)), [1]),
    dispose: () => dispose(tensorsOf(all)),
  };
}

function valuesOf({ groups, constant }: Linear, sizes: Tensor1D): Tensor1D {
  return add(reshape(matMul(groups, reshape(sizes, [-1, 1])), [-1]), constant);
}

function linear(rows: readonly SizeRow[], { groups }: ChannelMap): Linear {
  const column = (of: 'constant' | 'block') =>
    tensor1d(
      rows.map((row) => row[of]),
      'float32',
    );
  return {
    groups: tensor2d(
      rows.flatMap(({ shares }) => groups.map(({ id }) => shares.get(id) ?? 0)),
      [rows.length, groups.length],
      'float32',
    ),
    constant: column('constant'),
    block: column('block'),
  };
}

const tensorsOf = ({ groups, constant, block }: Linear) => [groups, constant, block];
