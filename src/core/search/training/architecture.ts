/**
 * What a search method is to the search: architecture parameters, how they act on a forward pass, what the network is
 * expected to cost under them, and the network they stand for in the end. `supernet.ts` and `pit.ts` are the methods.
 */
import { clipByValue, concat, tidy, type Scalar, type Tensor1D, type Variable } from '@tensorflow/tfjs-core';
import type { CostRows } from '../../cost/continuousCosts';
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

/** What a forward pass is for: methods that draw at random while training show their likeliest network otherwise. */
export type Purpose = 'training' | 'evaluation';

/** The architecture as one forward pass sees it. Its tensors live in the surrounding tidy. */
export interface ArchitecturePass {
  /** How the network runs under it. */
  readonly forward: Pick<ForwardOptions, 'mixing' | 'mask'>;
  /** Expected cost per metric, in its unit; differentiable in the architecture parameters. */
  costs(): Tensor1D;
  /** What the method itself adds to the loss, null for nothing. */
  regularization(): Scalar | null;
  /** One value per name in `readingNames`. */
  readings(): Tensor1D[];
}

/** Factors that are a softmax over the candidates of each mixed operation. */
export interface CandidateWeights {
  readonly kind: 'candidates';
  /** Whether nothing but the softmax decides: no noise, no rounding, no regularization. */
  readonly plain: boolean;
  /** Whether a cost is the sum or the largest of what its parts cost, per metric. */
  readonly combine: readonly ('sum' | 'max')[];
  /** Cost per metric of what is not searched, and of each candidate, in the metrics' units. */
  readonly fixed: readonly number[];
  readonly costs: readonly (readonly number[])[];
  /** Strength of the inverse coefficient of variation, 0 for none. */
  readonly icv: number;
  /** The softmax's temperature now. */
  temperature(): number;
  /** Whether only the likeliest candidate is mixed in now. */
  hard(): boolean;
  /** Draws what a step adds to each mixed operation's parameters; null for nothing. */
  noise(): number[][] | null;
}

/** Factors that are 1 where the parameter's absolute value is above the threshold, else 0. */
export interface ChannelMasks {
  readonly kind: 'channels';
  /** By the path of what is masked: the group of channels, and how often it repeats there. */
  readonly places: ReadonlyMap<string, { readonly id: string; readonly repeat: number }>;
  /** What expected costs are made of, per metric. */
  readonly costs: readonly CostRows[];
  /** How far channels count by their parameter rather than by whether they are kept, now. */
  temperature(): number;
}

/** How many channels a layer kept. */
export interface LayerChannels {
  readonly layer: string;
  readonly kept: number;
  readonly total: number;
}

/** The network that the architecture parameters stand for under the targets, with the values it takes over. */
export interface Discretised {
  readonly network: Network;
  readonly plan: NetworkPlan;
  /** Variables of its own; the caller disposes them. */
  readonly parameters: Parameters;
  /** The candidate at each mixed operation; empty where there was none. */
  readonly choice: Choice;
  /** Layers whose channels could be removed, in network order; empty where none could. */
  readonly channels: readonly LayerChannels[];
}

/** What a network is multiplied by while an architecture is searched in it: the weights of candidates, or masks of channels. */
export interface Factors {
  /** Candidates per mixed operation, in network order; none where no candidates are searched. */
  readonly candidates: readonly { readonly mixedOp: string; readonly count: number }[];
  /** Paths of the operations whose channels are masked. */
  readonly masked: ReadonlySet<string>;
}

/** Of a network in which nothing is searched. */
export const noFactors: Factors = { candidates: [], masked: new Set() };

/** How many candidates all mixed operations have together. */
export const candidateCount = ({ candidates }: Factors): number => candidates.reduce((total, { count }) => total + count, 0);

/** All factors of a pass in a row: candidates' weights in network order, then the masks of these paths. */
export function factorsInRow({ forward }: ArchitecturePass, { candidates }: Factors, masked: Iterable<string>): Tensor1D {
  const weights = candidates.map(({ mixedOp }) => forward.mixing(mixedOp));
  return concat([...weights, ...[...masked].map((path) => forward.mask?.(path) as Tensor1D)]);
}

export interface Architecture {
  readonly factors: Factors;
  /** What a step without autograd computes them and their gradient from; null for an architecture of another kind. */
  readonly formula: CandidateWeights | ChannelMasks | null;
  /** The architecture parameters by name. */
  readonly alphas: ReadonlyMap<string, Variable>;
  /** Steps keep the parameters within plus and minus this; null where they may be anything. */
  readonly bound: number | null;
  /** The groups of channels that are searched, none for a search over candidates. */
  readonly groups: readonly ChannelGroup[];
  /** The metrics of the expected costs, in order. */
  readonly metrics: readonly MetricId[];
  /** Names of what charts show of it: `weight/<mixedOp>/<candidate>`, `channels/<group>/kept`. */
  readonly readingNames: readonly string[];
  /** To be called inside a tidy. */
  pass(purpose: Purpose): ArchitecturePass;
  /** Sets what changes as the search goes on, such as the temperature. @param progress steps done over steps planned */
  advance(progress: number): void;
  /** Expected costs now, as plain numbers. Waits for the backend: for moments, not for steps. */
  readCosts(): Promise<Costs>;
  /**
   * @param parameters values of the searched network
   * @throws WorkbenchError `infeasible-targets` when no network of the space meets the targets
   */
  discretise(targets: Targets, parameters: Parameters): Promise<Discretised>;
  dispose(): void;
}

/** Puts architecture parameters back within their bound, for a step that has moved them. */
export function keepWithinBound({ alphas, bound }: Architecture): void {
  if (bound === null) return;
  for (const alpha of alphas.values()) tidy(() => alpha.assign(clipByValue(alpha, -bound, bound)));
}
