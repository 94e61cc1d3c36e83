/**
 * SuperNet: the search over candidate operations. Every mixed operation has one architecture parameter per candidate;
 * their softmax weighs the candidates' outputs in the forward pass and their costs in the expected cost.
 */
import {
  add,
  cast,
  concat,
  customGrad,
  div,
  equal,
  logSoftmax,
  matMul,
  max,
  mul,
  reshape,
  slice,
  softmax,
  stack,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { CostTable } from '../cost/costTable';
import type { Metric, MetricId } from '../cost/metrics';
import type { Costs } from './events';
import { read } from './readout';
import { mixedOps, type NetworkPlan, type PlannedMixedOp } from '../network/plan';

/** Architecture parameters as plain numbers, by mixed operation. */
export type ArchitectureValues = Readonly<Record<string, readonly number[]>>;

export class SuperNet {
  readonly mixedOps: readonly PlannedMixedOp[];
  readonly metrics: readonly MetricId[];
  /** The architecture parameters by mixed operation id. */
  readonly alphas: ReadonlyMap<string, Variable>;
  /** Divides the architecture parameters before the softmax: the lower, the closer the weights come to 0 and 1. */
  temperature = 1;
  /**
   * Cost of everything that is not searched per metric, and of each candidate of each mixed operation, in the metrics' units;
   * and per metric whether costs add up or the largest counts.
   */
  readonly costs: {
    readonly combine: readonly Metric['combine'][];
    readonly fixed: readonly number[];
    readonly candidates: readonly (readonly number[])[];
  };
  readonly #fixed: Tensor1D;
  readonly #candidates: Tensor2D;
  /** By place in `metrics`: costs of which the largest counts. Their columns above are 0. */
  readonly #peaks: ReadonlyMap<number, PeakCosts>;

  /** @param initial start values; without them every candidate starts at 1 / (number of candidates) */
  constructor(plan: NetworkPlan, table: CostTable, initial?: ArchitectureValues) {
    this.mixedOps = mixedOps(plan);
    this.metrics = table.metrics.map(({ id }) => id);
    this.alphas = new Map(
      this.mixedOps.map(({ id, candidates }) => {
        const values = initial?.[id] ?? candidates.map(() => 1 / candidates.length);
        const start = tensor1d([...values], 'float32');
        const alpha = variable(start);
        start.dispose();
        return [id, alpha];
      }),
    );
    const inUnits = (costs: readonly number[]) => costs.map((cost, index) => cost / (table.metrics[index]?.divisor as number));
    const combine = table.metrics.map((metric) => metric.combine);
    this.costs = { combine, fixed: inUnits(table.fixed), candidates: table.candidates.flat().map(inUnits) };
    const { fixed, candidates } = this.costs;
    const summed = (costs: readonly number[]) => costs.map((cost, index) => (combine[index] === 'sum' ? cost : 0));
    this.#fixed = tensor1d(summed(fixed), 'float32');
    this.#candidates = tensor2d(candidates.flatMap(summed), [candidates.length, table.metrics.length], 'float32');
    this.#peaks = new Map(combine.flatMap((how, index) => (how === 'max' ? [[index, new PeakCosts(table, index)] as const] : [])));
  }

  /** Weights of each mixed operation's candidates: softmax(alpha / temperature). */
  probabilities(): Map<string, Tensor1D> {
    return new Map(this.#logits().map(([id, logits]) => [id, softmax(logits)]));
  }

  /**
   * Expected cost per metric, in its unit, given the candidates' weights. Differentiable in them. Where the largest cost
   * counts, it is the largest of the places' expected ones, and the gradient is that of the places where it stands.
   */
  expectedCosts(probabilities: ReadonlyMap<string, Tensor1D>): Tensor1D {
    if (this.metrics.length === 0) return tensor1d([], 'float32');
    const all = concat([...probabilities.values()]);
    const sums: Tensor1D = add(reshape(matMul(reshape(all, [1, -1]), this.#candidates), [-1]), this.#fixed);
    if (this.#peaks.size === 0) return sums;
    return stack(this.metrics.map((_, index) => this.#peaks.get(index)?.expected(all) ?? reshape(slice(sums, index, 1), []))) as Tensor1D;
  }

  /** Expected costs now, as plain numbers. Waits for the backend: for moments, not for steps. */
  async readCosts(): Promise<Costs> {
    const values = await read(tidy(() => this.expectedCosts(this.probabilities())));
    return Object.fromEntries(this.metrics.map((metric, index) => [metric, values[index]]));
  }

  /** Logarithms of the candidates' weights, per mixed operation in network order. Waits for the backend. */
  async readLogProbabilities(): Promise<number[][]> {
    const values = await read(tidy(() => concat(this.#logits().map(([, logits]) => logSoftmax(logits)))));
    let at = 0;
    return this.mixedOps.map(({ candidates }) => [...values.subarray(at, (at += candidates.length))]);
  }

  #logits(): [string, Tensor1D][] {
    return [...this.alphas].map(([id, alpha]) => [id, div(alpha as Tensor as Tensor1D, this.temperature)]);
  }

  dispose(): void {
    for (const alpha of this.alphas.values()) alpha.dispose();
    this.#fixed.dispose();
    this.#candidates.dispose();
    for (const peak of this.#peaks.values()) peak.dispose();
  }
}

/** A metric of which the largest cost counts, such as peak memory. */
class PeakCosts {
  readonly #fixed: Tensor1D;
  /** [all candidates, mixed operations]: a candidate's cost in the column of its mixed operation, 0 elsewhere. */
  readonly #candidates: Tensor2D;

  constructor({ metrics, fixed, candidates }: CostTable, index: number) {
    const inUnit = (costs: readonly number[]) => (costs[index] as number) / (metrics[index]?.divisor as number);
    const rows = candidates.flatMap((offered, own) => offered.map((costs) => candidates.map((_, at) => (at === own ? inUnit(costs) : 0))));
    this.#fixed = tensor1d([inUnit(fixed)], 'float32');
    this.#candidates = tensor2d(rows, [rows.length, candidates.length], 'float32');
  }

  /** @param weights of all candidates */
  expected(weights: Tensor1D): Scalar {
    return largest(concat([this.#fixed, reshape(matMul(reshape(weights, [1, -1]), this.#candidates), [-1])]));
  }

  dispose(): void {
    this.#fixed.dispose();
    this.#candidates.dispose();
  }
}

/** The largest value, with its gradient shared evenly by all values that are the largest. */
const largest = customGrad((x, save) => {
  const values = x as Tensor1D;
  const value = max(values);
  (save as (tensors: Tensor[]) => void)([values, value]);
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [all, top] = saved as [Tensor1D, Scalar];
      const where = cast(equal(all, top), 'float32');
      return mul(dy, div(where, sum(where)));
    },
  };
}) as unknown as (values: Tensor1D) => Scalar;
