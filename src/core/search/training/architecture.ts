/**
 * The contract of an architecture: its parameters, their effect on a forward pass, the network's expected cost under them, and the
 * network that is derived from them. `supernet.ts` and `pit.ts` implement it.
 */
import { clipByValue, concat, tidy, type Scalar, type Tensor, type Tensor1D, type Variable } from '@tensorflow/tfjs-core';
import type { CostRows } from '../../cost/costRows';
import type { MetricId } from '../../cost/metrics';
import type { ChannelGroup } from '../../network/channels';
import type { Choice } from '../../network/choose';
import type { ForwardOptions } from '../../network/forward';
import type { Network } from '../../network/network';
import type { Parameters } from '../../network/parameters';
import type { NetworkPlan } from '../../network/plan';
import type { Targets } from '../../cost/metrics';
import type { Costs } from '../../cost/metrics';

/** Architecture parameters as plain numbers, by name. */
export type ArchitectureValues = Readonly<Record<string, readonly number[]>>;

/** The purpose of a forward pass: methods that draw at random during training show their likeliest network in evaluation. */
export type Purpose = 'training' | 'evaluation';

/** The architecture during one forward pass. Its tensors live in the surrounding tidy. */
export interface ArchitecturePass {
  /** The one network of the space that the pass trains by itself, where the architecture has `singlePath`; `forward.mixing` is not asked then. */
  readonly path?: NetworkPlan;
  /** How the network runs under this architecture. */
  readonly forward: Pick<ForwardOptions, 'mixing' | 'mask'>;
  /** Expected cost per metric, in its unit; differentiable in the architecture parameters. */
  costs(): Tensor1D;
  /** The term that the method itself adds to the loss, null for none. */
  regularization(): Scalar | null;
  /** One value per name in `readingNames`. */
  readings(): Tensor1D[];
}

/** Keeps the inverse coefficient of variation finite while all candidates weigh the same. */
export const LEAST_VARIANCE = 1e-3;

/** Factors that are a softmax over the candidates of each mixed operation. */
export interface CandidateWeights {
  readonly kind: 'candidates';
  /** Whether the softmax alone decides: no noise, no rounding, no regularization. */
  readonly plain: boolean;
  /** Per metric whether a cost is the sum or the largest of its parts. */
  readonly combine: readonly ('sum' | 'max')[];
  /** Cost per metric of everything that is not searched, and of each candidate, in the metrics' units. */
  readonly fixed: readonly number[];
  readonly costs: readonly (readonly number[])[];
  /** Strength of the inverse coefficient of variation, 0 for none. */
  readonly icv: number;
  /** The softmax's temperature now. */
  temperature(): number;
  /** Whether only the likeliest candidate is mixed in now. */
  hard(): boolean;
  /** Draws the noise that a step adds to each mixed operation's parameters; null for none. */
  noise(): number[][] | null;
}

/** Factors that are 1 where the parameter's absolute value is above the threshold, else 0. */
export interface ChannelMasks {
  readonly kind: 'channels';
  /** By the path of the masked operation: the group of channels, and how often it repeats there. */
  readonly places: ReadonlyMap<string, { readonly id: string; readonly repeat: number }>;
  /** The terms of expected costs, per metric. */
  readonly costs: readonly CostRows[];
  /** How far channels now count by their parameter rather than by whether they are kept. */
  temperature(): number;
}

/** How many channels a layer kept. */
export interface LayerChannels {
  readonly layer: string;
  readonly kept: number;
  readonly total: number;
}

/** The network that is derived from the architecture parameters under the targets, with its initial values. */
export interface Discretised {
  readonly network: Network;
  readonly plan: NetworkPlan;
  /** Variables of this network only; the caller disposes them. */
  readonly parameters: Parameters;
  /** The candidate at each mixed operation; empty if there was none. */
  readonly choice: Choice;
  /** Layers whose channels could be removed, in network order; empty if there were none. */
  readonly channels: readonly LayerChannels[];
}

/** The numbers that a network is multiplied by while its architecture is searched: weights of candidates, or masks of channels. */
export interface Factors {
  /** Candidates per mixed operation, in network order; empty if no candidates are searched. */
  readonly candidates: readonly { readonly mixedOp: string; readonly count: number }[];
  /** Paths of the operations whose channels are masked. */
  readonly masked: ReadonlySet<string>;
}

/** The factors of a network in which nothing is searched. */
export const noFactors: Factors = { candidates: [], masked: new Set() };

/** How many candidates all mixed operations have together. */
export const candidateCount = ({ candidates }: Factors): number => candidates.reduce((total, { count }) => total + count, 0);

/** All factors of a pass as one tensor: candidates' weights in network order, then the masks of these paths. */
export function factorsInRow({ forward }: ArchitecturePass, { candidates }: Factors, masked: Iterable<string>): Tensor1D {
  const weights = candidates.map(({ mixedOp }) => forward.mixing(mixedOp));
  return concat([...weights, ...[...masked].map((path) => forward.mask?.(path) as Tensor1D)]);
}

/** What an architecture keeps from one step to the next beside its parameters. */
export interface ArchitectureState {
  /** What `advance` was told last; null before. */
  readonly progress: number | null;
  /** The state of the generator that it draws noise from; null for none. */
  readonly random: readonly number[] | null;
  /** The candidates that each place has still to train before any of them comes again, where paths are drawn. */
  readonly left?: readonly (readonly number[])[];
}

export interface Architecture {
  readonly factors: Factors;
  /**
   * Whether a training pass is of one network of the space alone, on the searched network's parameters. A step then leaves everything
   * else as it is: other candidates have no gradient, no weight decay, and neither statistics nor moments that move.
   * On WebGPU a step computes all candidates all the same, and lets one of each place through.
   */
  readonly singlePath: boolean;
  /** The formula from which a step without autograd computes the factors and their gradient; null if there is none. */
  readonly formula: CandidateWeights | ChannelMasks | null;
  /** The architecture parameters by name. */
  readonly alphas: ReadonlyMap<string, Variable>;
  /** Steps keep the parameters between minus and plus this bound; null for no bound. */
  readonly bound: number | null;
  /** The groups of channels that are searched; empty in a search over candidates. */
  readonly groups: readonly ChannelGroup[];
  /** The metrics of the expected costs, in order. */
  readonly metrics: readonly MetricId[];
  /** Names of the values that charts show: `weight/<mixedOp>/<candidate>`, `channels/<group>/kept`. */
  readonly readingNames: readonly string[];
  /**
   * Names of what the gradient pulls at: `<mixedOp>/<candidate>` for each candidate's parameter, `<group>` for each group's number of
   * channels.
   */
  readonly pulled: readonly string[];
  /**
   * The gradient in the order of `pulled`: of a group the mean over its channels of the slope by |alpha|, without the channel that
   * always stays. Must be called inside a tidy, before the parameters move.
   */
  gradientAt(gradients: ReadonlyMap<string, Tensor>): Tensor1D;
  /** Must be called inside a tidy. */
  pass(purpose: Purpose): ArchitecturePass;
  /** Sets the values that change during the search, such as the temperature. @param progress steps done over steps planned */
  advance(progress: number): void;
  /** What changes during the search beside the parameters, as plain data. */
  state(): ArchitectureState;
  /** Goes on from what `state()` returned. */
  restore(state: ArchitectureState): void;
  /** Expected costs now, as plain numbers. It waits for the backend, so call it between phases, not in steps. */
  readCosts(): Promise<Costs>;
  /**
   * @param parameters values of the searched network
   * @throws WorkbenchError `infeasible-targets` when no network of the space meets the targets
   */
  discretise(targets: Targets, parameters: Parameters): Promise<Discretised>;
  /**
   * A network of the space with the searched network's values, whatever the architecture parameters say of it.
   * @param code per mixed operation the index of its candidate, or per group its number of channels less one, of which the most
   *   important stay
   */
  network(code: readonly number[], parameters: Parameters): Promise<Discretised>;
  dispose(): void;
}

/** Clips architecture parameters to their bound after a step has moved them. */
export function keepWithinBound({ alphas, bound }: Architecture): void {
  if (bound === null) return;
  for (const alpha of alphas.values()) tidy(() => alpha.assign(clipByValue(alpha, -bound, bound)));
}
