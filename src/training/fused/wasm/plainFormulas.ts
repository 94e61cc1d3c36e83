/**
 * The arithmetic of a plain SuperNet in a fused step: candidate weights, expected costs, penalty, and their gradient. It handles a
 * few dozen numbers in the kernels' memory, so a kernel would gain nothing.
 */
import type { Architecture, CandidateWeights } from '../../../core/search/training/architecture';
import type { StepControls } from '../../../core/search/training/trainingStep';
import { penaltyOn, penaltySlope } from '../../../kernels/penalty/numbers';

export class PlainFormulas {
  /** Candidates of all mixed operations, in order. */
  readonly candidates: number;
  readonly probabilities: Float64Array;
  readonly costs: Float64Array;
  penalty = 0;
  /** Share of a cost's gradient that reaches each candidate: 1 in a sum. When the largest counts, the largest places share it. */
  readonly #reach: Float64Array[];
  readonly #weightGradients: Float64Array;

  constructor(
    private readonly architecture: Architecture,
    private readonly formula: CandidateWeights,
  ) {
    this.candidates = formula.costs.length;
    this.probabilities = new Float64Array(this.candidates);
    this.costs = new Float64Array(architecture.metrics.length);
    this.#reach = architecture.metrics.map(() => new Float64Array(this.candidates).fill(1));
    this.#weightGradients = new Float64Array(this.candidates);
  }

  /** Softmax per mixed operation, expected costs and penalty. */
  forward(alphas: Float32Array, { penalties }: StepControls): void {
    const temperature = this.formula.temperature();
    this.#eachMixedOp((from, to) => {
      const most = alphas.subarray(from, to).reduce((a, b) => Math.max(a, b), -Infinity);
      let sum = 0;
      for (let k = from; k < to; k++) sum += this.probabilities[k] = Math.exp(((alphas[k] as number) - most) / temperature);
      for (let k = from; k < to; k++) (this.probabilities[k] as number) /= sum;
    });
    this.penalty = 0;
    for (let metric = 0; metric < this.costs.length; metric++) {
      const cost = this.formula.combine[metric] === 'sum' ? this.#sum(metric) : this.#largest(metric);
      this.costs[metric] = cost;
      const pressure = penalties[metric];
      if (pressure) this.penalty += penaltyOn(cost, pressure);
    }
  }

  /**
   * Computes the gradient with respect to the architecture parameters.
   * @param shares gradients of the task loss with respect to the candidates' weights, one set per part of the batch
   * @param gradients the array that receives the result
   */
  backward(shares: Float64Array, gradients: Float32Array, { penalties }: StepControls): void {
    const temperature = this.formula.temperature();
    const weightGradients = this.#weightGradients.fill(0);
    shares.forEach((share, at) => ((weightGradients[at % this.candidates] as number) += share));
    for (const [metric, penalty] of penalties.entries()) {
      const slope = penaltySlope(this.costs[metric] as number, penalty);
      if (slope === 0) continue;
      const reach = this.#reach[metric] as Float64Array;
      for (let k = 0; k < this.candidates; k++)
        (weightGradients[k] as number) += slope * (reach[k] as number) * this.#candidateCost(k, metric);
    }
    this.#eachMixedOp((from, to) => {
      let mean = 0;
      for (let k = from; k < to; k++) mean += (this.probabilities[k] as number) * (weightGradients[k] as number);
      for (let k = from; k < to; k++)
        gradients[k] = ((this.probabilities[k] as number) * ((weightGradients[k] as number) - mean)) / temperature;
    });
  }

  #sum(metric: number): number {
    let cost = this.formula.fixed[metric] as number;
    for (let k = 0; k < this.candidates; k++) cost += (this.probabilities[k] as number) * this.#candidateCost(k, metric);
    return cost;
  }

  /** The largest of the fixed cost and the mixed operations' expected ones. */
  #largest(metric: number): number {
    const fixed = this.formula.fixed[metric] as number;
    const places: { readonly from: number; readonly to: number; readonly cost: number }[] = [];
    this.#eachMixedOp((from, to) => {
      let cost = 0;
      for (let k = from; k < to; k++) cost += (this.probabilities[k] as number) * this.#candidateCost(k, metric);
      places.push({ from, to, cost });
    });
    const largest = Math.max(fixed, ...places.map(({ cost }) => cost));
    const equals = places.filter(({ cost }) => cost === largest);
    const reach = (this.#reach[metric] as Float64Array).fill(0);
    for (const { from, to } of equals) reach.fill(1 / (equals.length + (fixed === largest ? 1 : 0)), from, to);
    return largest;
  }

  #candidateCost(candidate: number, metric: number): number {
    return (this.formula.costs[candidate] as readonly number[])[metric] as number;
  }

  #eachMixedOp(visit: (from: number, to: number) => void): void {
    let at = 0;
    for (const { count } of this.architecture.factors.candidates) visit(at, (at += count));
  }
}
