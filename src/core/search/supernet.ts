/**
 * SuperNet: the search over candidate operations. Every mixed operation has one architecture parameter per candidate;
 * their softmax weighs the candidates' outputs in the forward pass and their costs in the expected cost.
 */
import {
  add,
  concat,
  div,
  logSoftmax,
  matMul,
  reshape,
  softmax,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { CostTable } from '../cost/costTable';
import type { MetricId } from '../cost/metrics';
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
  /** Cost of everything that is not searched per metric, and of each candidate of each mixed operation, in the metrics' units. */
  readonly costs: { readonly fixed: readonly number[]; readonly candidates: readonly (readonly number[])[] };
  readonly #fixed: Tensor1D;
  readonly #candidates: Tensor2D;

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
    this.costs = { fixed: inUnits(table.fixed), candidates: table.candidates.flat().map(inUnits) };
    this.#fixed = tensor1d([...this.costs.fixed], 'float32');
    const all = this.costs.candidates;
    this.#candidates = tensor2d(all.flat(), [all.length, table.metrics.length], 'float32');
  }

  /** Weights of each mixed operation's candidates: softmax(alpha / temperature). */
  probabilities(): Map<string, Tensor1D> {
    return new Map(this.#logits().map(([id, logits]) => [id, softmax(logits)]));
  }

  /** Expected cost per metric, in its unit, given the candidates' weights. Differentiable in them. */
  expectedCosts(probabilities: ReadonlyMap<string, Tensor1D>): Tensor1D {
    const all = concat([...probabilities.values()]);
    return add(reshape(matMul(reshape(all, [1, -1]), this.#candidates), [-1]), this.#fixed);
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
  }
}
