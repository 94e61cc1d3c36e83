/**
 * The contract of a way to search. One strategy is one file beside this one and its row in `index.ts`: the command line, the
 * page and the worker offer whatever stands there.
 */
import type { Choice } from '../network/choose';
import type { Network } from '../network/network';
import type { LayerChannels } from '../search/training/architecture';
import type { Targets } from '../cost/metrics';
import type { Model } from '../search/training/engine';
import type { PhasePlan, SearchEvent } from '../search/events';
import type { SearchKit } from '../search/kit';
import type { SpaceKind } from '../config/searchConfig';

export interface Strategy {
  /** What options, run files and commands call it. */
  readonly id: string;
  /** What people read. */
  readonly label: string;
  /** What it does, as the end of a sentence that begins with the id. */
  readonly help: string;
  /** What the networks that it goes through differ in, in the order in which it decides. */
  readonly searches: readonly [SpaceKind, ...SpaceKind[]];
  /** The phases that it trains before the derivation, so that progress and time left can be told. */
  phases(kit: SearchKit): PhasePlan[];
  /** Searches, and returns how to derive a network from what it found. A host may stop asking for events at any time. */
  search(kit: SearchKit): AsyncGenerator<SearchEvent, Derivation>;
}

/**
 * The network that a strategy settles on under targets. May be asked again after the targets moved, and may train to answer.
 * @throws WorkbenchError `infeasible-targets` when no network meets them
 */
export type Derivation = (targets: Targets) => AsyncGenerator<SearchEvent, Derived>;

/** A network without an architecture to search, and what is known of it. */
export interface Derived {
  readonly network: Network;
  /** The candidate at each mixed operation; empty where there was none. */
  readonly choice: Choice;
  /** Layers whose channels were searched, in network order; empty where none were. */
  readonly channels: readonly LayerChannels[];
  /** Its values, with which fine-tuning starts. Whoever receives it disposes it. */
  readonly model: Model;
}
