/**
 * The gradients of the penalty and of a method's own term by the architecture parameters, in closed form from values that a step
 * reports anyway. What the whole gradient has beyond them is the task's. Tests compare them with autograd.
 */
import { costSlopes, largestAt } from '../../cost/costRows';
import { penaltySlope } from '../constraints/penalty';
import { LEAST_VARIANCE, type Architecture, type CandidateWeights } from './architecture';
import type { Penalty } from './trainingStep';

/** What a step reports, and what it ran under. */
export interface StepValues {
  /** Expected costs, in the order of the architecture's metrics. */
  readonly costs: ArrayLike<number>;
  /** In the order of the architecture's `readingNames`. */
  readonly readings: ArrayLike<number>;
  readonly penalties: readonly Penalty[];
  readonly temperature: number;
}

/** One number per name in the architecture's `pulled`, in loss per unit of the parameter. */
interface OwnGradients {
  readonly penalty: readonly number[];
  /** Of the term that the method itself adds to the loss. */
  readonly regularization: readonly number[];
}

export function penaltyGradient(architecture: Architecture, values: StepValues): OwnGradients {
  const { formula, metrics, groups, pulled } = architecture;
  const slopes = metrics.map((_, metric) => {
    const penalty = values.penalties[metric];
    return penalty ? penaltySlope(values.costs[metric] as number, penalty) : 0;
  });
  const none = pulled.map(() => 0);
  if (formula?.kind === 'candidates') return byCandidate(architecture, formula, slopes, values);
  if (formula?.kind !== 'channels' || slopes.every((slope) => slope === 0)) return { penalty: none, regularization: none };
  // A group's second reading is its size in the expected cost.
  const sizes = new Map(groups.map(({ id }, index) => [id, values.readings[2 * index + 1] as number]));
  const bySize = costSlopes(formula.costs, sizes);
  // In a group of one channel there is none that may be removed.
  const penalty = bySize.map((perMetric, group) => (groups[group]?.channels === 1 ? 0 : dot(slopes, perMetric)));
  return { penalty, regularization: none };
}

function byCandidate(
  { factors }: Architecture,
  { fixed, costs, combine, icv }: CandidateWeights,
  slopes: readonly number[],
  { readings, temperature }: StepValues,
): OwnGradients {
  let at = 0;
  const places = factors.candidates.map(({ count }) => {
    const own = costs.slice(at, at + count);
    const weights = own.map((_, k) => readings[at + k] as number);
    at += count;
    return { costs: own, weights };
  });
  /** The share of each place in a metric's gradient: of a largest cost only the places that reach it have one. */
  const reach = combine.map((how, metric) => {
    if (how === 'sum') return places.map(() => 1);
    const expected = places.map((place) =>
      dot(
        place.weights,
        place.costs.map((perMetric) => perMetric[metric] as number),
      ),
    );
    const tops = largestAt([fixed[metric] as number, ...expected]);
    return places.map((_, place) => (tops.includes(place + 1) ? 1 / tops.length : 0));
  });
  const penalty = places.flatMap((place, index) => {
    const factorsOf = slopes.map((slope, metric) => slope * ((reach[metric] as number[])[index] as number));
    return throughSoftmax(
      place.weights,
      place.costs.map((perMetric) => dot(factorsOf, perMetric)),
      temperature,
    );
  });
  const regularization = places.flatMap(({ weights }) => throughSoftmax(weights, variationSlopes(weights, icv), temperature));
  return { penalty, regularization };
}

/** From slopes by weights to slopes by the parameters behind them. */
function throughSoftmax(weights: readonly number[], slopes: readonly number[], temperature: number): number[] {
  const mean = dot(weights, slopes);
  return weights.map((weight, k) => (weight * ((slopes[k] as number) - mean)) / temperature);
}

/** The slopes of icv * mean^2 / (variance + least variance), with the sample variance; see the SuperNet's `variation`. */
function variationSlopes(weights: readonly number[], icv: number): number[] {
  const count = weights.length;
  if (icv === 0 || count === 1) return weights.map(() => 0);
  const mean = 1 / count;
  const below = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / (count - 1) + LEAST_VARIANCE;
  return weights.map((weight) => ((2 * icv * mean) / below) * (1 / count - (mean * (weight - mean)) / ((count - 1) * below)));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
}
