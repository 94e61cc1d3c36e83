/**
 * What a search method is to the search: architecture parameters, how they act on a forward pass, what the network is
 * expected to cost under them, and the network they stand for in the end. `supernet.ts` and `pit.ts` are the methods.
 */
import { clipByValue, tidy, type Scalar, type Tensor1D, type Variable } from '@tensorflow/tfjs-core';
import type { MetricId } from '../cost/metrics';
import type { ChannelGroup } from '../network/channels';
import type { Choice } from '../network/choose';
import type { ForwardOptions } from '../network/forward';
import type { Network } from '../network/network';
import type { Parameters } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import type { Targets } from './constraints';
import type { Costs } from './events';

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

export interface Architecture {
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
