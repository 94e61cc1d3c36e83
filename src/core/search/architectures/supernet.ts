/**
 * SuperNet: the search over candidate operations. Every mixed operation has one architecture parameter per candidate;
 * their softmax weighs the candidates' outputs in the forward pass and their costs in the expected cost.
 */
import {
  add,
  addN,
  concat,
  div,
  logSoftmax,
  matMul,
  mean,
  mul,
  reshape,
  slice,
  softmax,
  square,
  stack,
  sub,
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
import type { CostTable } from '../../cost/costTable';
import type { Metric, MetricId } from '../../cost/metrics';
import { chooseCandidates, type Choice } from '../../network/choose';
import { shareParameters, type Parameters } from '../../network/parameters';
import { peak } from '../../cost/peak';
import { mixedOps, planNetwork, type NetworkPlan, type PlannedMixedOp } from '../../network/plan';
import type { Random } from '../../random';
import { largestOnly } from '../../straightThrough';
import {
  LEAST_VARIANCE,
  noFactors,
  type Architecture,
  type ArchitecturePass,
  type ArchitectureState,
  type ArchitectureValues,
  type CandidateWeights,
  type Discretised,
  type Factors,
  type Purpose,
} from '../training/architecture';
import { infeasible } from '../constraints/sentences';
import { nearestWithin } from '../constraints/choosing';
import { shortfall } from '../constraints/reach';
import type { Targets } from '../../cost/metrics';
import type { Costs } from '../../cost/metrics';
import { geometric } from '../training/learningRate';
import { read } from '../training/readout';
import type { Preset } from '../../config/searchConfig';

/** How candidates are weighed; `random` draws the Gumbel noise. */
export type SuperNetOptions = Pick<Preset, 'temperature' | 'sampling' | 'icv'> & { readonly random: Random };

/** Candidates weighed by a softmax at constant temperature: PLiNIO's SuperNet without sampling. */
export const plainSoftmax = { temperature: { start: 1, end: 1 }, sampling: { noise: 'none', hard: false }, icv: 0 } as const;

export class SuperNet implements Architecture {
  readonly factors: Factors;
  readonly formula: CandidateWeights;
  readonly mixedOps: readonly PlannedMixedOp[];
  readonly singlePath: boolean = false;
  readonly bound = null;
  readonly groups = [];
  readonly metrics: readonly MetricId[];
  readonly readingNames: readonly string[];
  readonly pulled: readonly string[];
  /** The architecture parameters by mixed operation id. */
  readonly alphas: ReadonlyMap<string, Variable>;
  /** Divides the architecture parameters before the softmax: the lower, the closer the weights come to 0 and 1. */
  temperature: number;
  #progress: number | null = null;
  /**
   * Per metric the cost of everything that is not searched, and the cost of each candidate of each mixed operation, in the metrics'
   * units; and per metric whether costs add up or the largest counts.
   */
  readonly costs: {
    readonly combine: readonly Metric['combine'][];
    readonly fixed: readonly number[];
    readonly candidates: readonly (readonly number[])[];
  };
  readonly #fixed: Tensor1D;
  readonly #candidates: Tensor2D;
  /** By index in `metrics`: costs of which the largest counts. Their columns above are 0. */
  readonly #peaks: ReadonlyMap<number, PeakCosts>;

  /**
   * @param table the candidates' costs that steer the search
   * @param limits the candidates' costs in all metrics that may be limited: as they are, and pruned as far as a later search may
   * @param initial start values by mixed operation; without them every candidate starts at 1 / (number of candidates)
   */
  constructor(
    protected readonly plan: NetworkPlan,
    table: CostTable,
    readonly options: SuperNetOptions,
    private readonly limits: { readonly candidates: CostTable; readonly table: CostTable } = { candidates: table, table },
    initial?: ArchitectureValues,
  ) {
    this.mixedOps = mixedOps(plan);
    this.metrics = table.metrics.map(({ id }) => id);
    this.pulled = this.mixedOps.flatMap(({ id, candidates }) => candidates.map(({ name }) => `${id}/${name}`));
    this.readingNames = this.pulled.map((name) => `weight/${name}`);
    this.temperature = options.temperature.start;
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
    this.factors = { ...noFactors, candidates: this.mixedOps.map(({ id, candidates }) => ({ mixedOp: id, count: candidates.length })) };
    this.formula = {
      kind: 'candidates',
      plain: options.sampling.noise === 'none' && !options.sampling.hard && options.icv === 0,
      combine,
      fixed: this.costs.fixed,
      costs: this.costs.candidates,
      icv: options.icv,
      temperature: () => this.temperature,
      hard: () => this.hardens,
      noise: () => this.drawNoise(),
    };
    const summed = (costs: readonly number[]) => costs.map((cost, index) => (combine[index] === 'sum' ? cost : 0));
    this.#fixed = tensor1d(summed(fixed), 'float32');
    this.#candidates = tensor2d(candidates.flatMap(summed), [candidates.length, table.metrics.length], 'float32');
    this.#peaks = new Map(combine.flatMap((how, index) => (how === 'max' ? [[index, new PeakCosts(table, index)] as const] : [])));
  }

  pass(purpose: Purpose): ArchitecturePass {
    const probabilities = this.probabilities();
    const mixing = this.#mixing(probabilities, purpose);
    return {
      forward: { mixing: (id) => mixing.get(id) as Tensor1D },
      costs: () => this.expectedCosts(probabilities),
      regularization: () => (this.options.icv > 0 ? variation(probabilities.values(), this.options.icv) : null),
      readings: () => [...probabilities.values()],
    };
  }

  gradientAt(gradients: ReadonlyMap<string, Tensor>): Tensor1D {
    return concat([...this.alphas.keys()].map((id) => gradients.get(id) as Tensor1D));
  }

  advance(progress: number): void {
    const { start, end } = this.options.temperature;
    this.temperature = geometric(start, end, progress);
    this.#progress = progress;
  }

  state(): ArchitectureState {
    return { progress: this.#progress, random: this.options.random.state() };
  }

  restore({ progress, random }: ArchitectureState): void {
    if (progress !== null) this.advance(progress);
    if (random) this.options.random.restore(random);
  }

  /** Whether a draw mixes in its likeliest candidate only. */
  get hardens(): boolean {
    const { noise, hard } = this.options.sampling;
    // Without noise, hard mixing would train only the first candidates until the parameters differ.
    return hard && (noise === 'gumbel' || this.#progress !== null);
  }

  /**
   * The noise that a training step adds to each mixed operation's parameters: draws from the standard Gumbel distribution, or null
   * for none.
   */
  drawNoise(): number[][] | null {
    const { random, sampling } = this.options;
    if (sampling.noise === 'none') return null;
    // The offset, half of the generator's resolution, keeps the logarithm finite.
    const gumbel = () => -Math.log(-Math.log(random.uniform() + 2 ** -25));
    return this.mixedOps.map(({ candidates }) => candidates.map(gumbel));
  }

  /** Weights of each mixed operation's candidates: softmax(alpha / temperature). */
  probabilities(): Map<string, Tensor1D> {
    return new Map(this.#logits().map(([id, logits]) => [id, softmax(logits)]));
  }

  /**
   * Expected cost per metric, in its unit, given the candidates' weights. Differentiable in them. If the largest cost counts, this
   * is the largest expected cost of any place, and only the places that reach it get a gradient.
   */
  expectedCosts(probabilities: ReadonlyMap<string, Tensor1D>): Tensor1D {
    if (this.metrics.length === 0) return tensor1d([], 'float32');
    const all = concat([...probabilities.values()]);
    const sums: Tensor1D = add(reshape(matMul(reshape(all, [1, -1]), this.#candidates), [-1]), this.#fixed);
    if (this.#peaks.size === 0) return sums;
    return stack(this.metrics.map((_, index) => this.#peaks.get(index)?.expected(all) ?? reshape(slice(sums, index, 1), []))) as Tensor1D;
  }

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

  /** The candidates of greatest joint weight that meet the targets; the network keeps the supernet's values. */
  async discretise(targets: Targets, parameters: Parameters): Promise<Discretised> {
    const picks = nearestWithin(this.limits.candidates, this.limits.table, targets, await this.readLogProbabilities());
    if (!picks) throw infeasible(shortfall(this.limits.table, targets) ?? []);
    return this.network(picks, parameters);
  }

  async network(picks: readonly number[], parameters: Parameters): Promise<Discretised> {
    const choice = this.choice(picks);
    const plan = this.planOf(choice);
    return { network: plan.network, plan, parameters: shareParameters(plan, parameters), choice, channels: [] };
  }

  protected choice(picks: readonly number[]): Choice {
    return Object.fromEntries(this.mixedOps.map(({ id, candidates }, index) => [id, candidates[picks[index] as number]?.name as string]));
  }

  protected planOf(choice: Choice): NetworkPlan {
    return planNetwork(chooseCandidates(this.plan.network, choice));
  }

  dispose(): void {
    for (const alpha of this.alphas.values()) alpha.dispose();
    this.#fixed.dispose();
    this.#candidates.dispose();
    for (const peak of this.#peaks.values()) peak.dispose();
  }

  #logits(): [string, Tensor1D][] {
    return [...this.alphas].map(([id, alpha]) => [id, div(alpha as Tensor as Tensor1D, this.temperature)]);
  }

  /** The candidates' factors in a forward pass. An evaluation draws no noise, so hard mixing shows the likeliest candidates. */
  #mixing(probabilities: Map<string, Tensor1D>, purpose: Purpose): Map<string, Tensor1D> {
    const noise = purpose === 'training' ? this.drawNoise() : null;
    const drawn = noise ? this.#noisy(noise) : probabilities;
    return this.hardens ? new Map([...drawn].map(([id, weights]) => [id, largestOnly(weights)])) : drawn;
  }

  /** softmax((alpha + noise) / temperature). */
  #noisy(noise: readonly number[][]): Map<string, Tensor1D> {
    return new Map(
      this.mixedOps.map(({ id }, index) => {
        const noisy = add(this.alphas.get(id) as Variable, tensor1d(noise[index] as number[]));
        return [id, softmax(div(noisy, this.temperature)) as Tensor1D];
      }),
    );
  }
}

/**
 * Strength times the squared inverse coefficient of variation, mean(p)^2 / (var(p) + 1e-3), summed over mixed operations:
 * small where one candidate outweighs the others. Source: eml-eda/multi-constraint-nas, utils.py (sample variance).
 */
function variation(probabilities: Iterable<Tensor1D>, strength: number): Scalar {
  const terms = [...probabilities]
    .filter(({ size }) => size > 1)
    .map((p) => {
      const average = mean(p);
      const variance = mul(sum(square(sub(p, average))), 1 / (p.size - 1));
      return div(square(average), add(variance, LEAST_VARIANCE));
    });
  return mul(addN(terms), strength);
}

/** A metric whose largest cost counts, such as peak RAM. */
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
    return peak(concat([this.#fixed, reshape(matMul(reshape(weights, [1, -1]), this.#candidates), [-1])]));
  }

  dispose(): void {
    this.#fixed.dispose();
    this.#candidates.dispose();
  }
}
