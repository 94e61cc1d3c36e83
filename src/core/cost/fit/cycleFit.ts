/**
 * Fits the cycle model of cycleModel.ts to measured times of whole networks. Four networks cannot tell nine coefficients
 * apart. So boards with the same software share one profile, which is the cost of each kind of work relative to the others, and each
 * board has its own speed. The profile is also pulled towards a neutral one, which decides what the measurements leave open.
 */
import type { NetworkPlan } from '../../network/plan';
import { layerKinds, layerWork, type ByKind, type CycleModel, type LayerKind } from '../devices/cycleModel';
import { layerTable } from '../layerTable';
import { dot, nonNegativeLeastSquares } from './leastSquares';

/** A network's work: multiply-accumulates by kind, outputs by kind, and 1 for the fixed part. */
export type Features = readonly number[];

/** One measured network. */
export interface Measured {
  readonly features: Features;
  /** Clock cycles of one inference. */
  readonly cycles: number;
}

/**
 * The neutral profile: a multiply-accumulate of any kind costs 1, an output as much as 10 of them and a network as much as
 * 20,000. The pull towards it is the smallest among 0.01, 0.03, 0.1 and so on with which no kind of work is
 * free on any published board. A smaller one would fit the four networks better and make 1x1 convolutions free.
 */
const NEUTRAL: Features = [...layerKinds.map(() => 1), ...layerKinds.map(() => 10), 20_000];
/** Weight of a coefficient's squared relative distance from the neutral one, against a measurement's squared relative error. */
const PULL = 0.03;
/** The smallest share of its neutral value that a coefficient may have, since measurements of a few networks cannot show that work is free. */
const LEAST = 0.05;
/** The most rounds of fitting speeds and profile in turn, and the change of the profile, relative to the neutral one, that ends them early. */
const MOST_ROUNDS = 200;
const SETTLED = 1e-9;

export function featuresOf(plan: NetworkPlan): Features {
  const work = layerTable(plan).map(layerWork);
  const total = (kind: LayerKind, what: 'macs' | 'outputs') =>
    work.reduce((sum, layer) => sum + (layer.kind === kind ? layer[what] : 0), 0);
  return [...layerKinds.map((kind) => total(kind, 'macs')), ...layerKinds.map((kind) => total(kind, 'outputs')), 1];
}

/**
 * One model per board, from the measurements of boards that run the same software. Minimises the sum over measurements of
 * the squared relative error plus the pull towards the neutral profile, over one profile and one speed per board, none of
 * them negative.
 *
 * @param boards measurements per board; every board needs at least one
 * @returns coefficients per board, in the order of the features
 */
export function fitCycles(boards: readonly (readonly Measured[])[]): Features[] {
  let profile = NEUTRAL;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = profile;
    profile = fitProfile(boards, speedsOf(boards, profile));
    if (profile.every((value, index) => Math.abs(value - (before[index] as number)) <= SETTLED * (NEUTRAL[index] as number))) break;
  }
  return speedsOf(boards, profile).map((speed) => profile.map((value) => speed * value));
}

/** Cycles of a network by a fitted model. */
export function predictCycles(coefficients: Features, features: Features): number {
  return dot(coefficients, features);
}

/** The coefficients under their names, rounded. */
export function cycleModelOf(coefficients: Features): CycleModel {
  const byKind = (start: number) =>
    Object.fromEntries(layerKinds.map((kind, index) => [kind, short(coefficients[start + index] as number)])) as unknown as ByKind;
  return {
    cyclesPerMac: byKind(0),
    cyclesPerOutput: byKind(layerKinds.length),
    fixedCycles: Math.round(short(coefficients.at(-1) as number)),
  };
}

/** Digits of the stored coefficients, which are more than the measurements justify. */
const DIGITS = 4;

export function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** The factor on the profile that makes each board's relative errors smallest. */
function speedsOf(boards: readonly (readonly Measured[])[], profile: Features): number[] {
  return boards.map((measured) => bestFactor(measured.map(({ features, cycles }) => dot(profile, features) / cycles)));
}

/** The factor f that makes the sum of (f p - 1)^2 smallest. */
export function bestFactor(predictedOverMeasured: readonly number[]): number {
  return predictedOverMeasured.reduce((sum, p) => sum + p, 0) / dot(predictedOverMeasured, predictedOverMeasured);
}

/**
 * The profile for given speeds. It is solved in units of the neutral profile, so that every coefficient is
 * near 1. The result is scaled to be as close to the neutral profile as possible, which the speeds make up for.
 */
function fitProfile(boards: readonly (readonly Measured[])[], speeds: readonly number[]): number[] {
  const measured = boards.flatMap((board, index) =>
    board.map(({ features, cycles }) =>
      features.map((feature, at) => ((speeds[index] as number) * feature * (NEUTRAL[at] as number)) / cycles),
    ),
  );
  const pull = NEUTRAL.map((_, row) => NEUTRAL.map((_, at) => (at === row ? Math.sqrt(PULL) : 0)));
  const rows = [...measured, ...pull];
  const targets = [...measured.map(() => 1), ...pull.map(() => Math.sqrt(PULL))];
  const least = rows.map((row) => LEAST * row.reduce((sum, value) => sum + value, 0));
  const beyondLeast = nonNegativeLeastSquares(
    rows,
    targets.map((target, row) => target - (least[row] as number)),
  );
  const factors = beyondLeast.map((factor) => factor + LEAST);
  const scale = bestFactor(factors);
  return factors.map((factor, at) => scale * factor * (NEUTRAL[at] as number));
}
