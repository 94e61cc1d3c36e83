/**
 * The contract of a search strategy. One strategy is one file beside this one and its row in `index.ts`: the command line, the page
 * and the worker offer every row of that list.
 */
import type { Choice } from '../network/choose';
import type { Network } from '../network/network';
import type { LayerChannels } from '../search/training/architecture';
import type { Targets } from '../cost/metrics';
import type { Model } from '../search/training/engine';
import type { PhasePlan, SearchEvent } from '../search/events';
import type { SearchKit } from '../search/kit';
import type { ChoosingStrategy } from '../config/choices';
import type { SpaceKind } from '../config/searchConfig';

/** Kinds of spaces, in the order in which they are searched. */
export type Searches = readonly [SpaceKind, ...SpaceKind[]];

export interface Strategy extends ChoosingStrategy {
  /** The id in options, run files and commands. */
  readonly id: string;
  /** The name that people read. */
  readonly label: string;
  /** A description, as the end of a sentence that begins with the id. */
  readonly help: string;
  /** The kinds of spaces that it searches, in order; with `eitherSpace` those of which it searches one, the default first. */
  readonly searches: Searches;
  readonly eitherSpace?: true;
  /** The phases that it trains, for estimating progress and time left. Fine-tuning is added as the config says unless it is named. */
  phases(kit: SearchKit): PhasePlan[];
  /** Searches, and returns a function that derives a network from the findings. A host may stop asking for events at any time. */
  search(kit: SearchKit): AsyncGenerator<SearchEvent, Derivation>;
}

/**
 * Derives the network for these targets. It may be called again after the targets moved, and may train.
 * @throws WorkbenchError `infeasible-targets` when no network meets the targets
 */
export type Derivation = (targets: Targets) => AsyncGenerator<SearchEvent, Derived>;

/** A network without an architecture to search, and the choices that led to it. */
export interface Derived {
  readonly network: Network;
  /** The candidate at each mixed operation; empty if there was none. */
  readonly choice: Choice;
  /** Layers whose channels were searched, in network order; empty if there were none. */
  readonly channels: readonly LayerChannels[];
  /** Epochs of fine-tuning; left out for as many as the config says. */
  readonly epochs?: number;
  /** Its values, with which fine-tuning starts. The caller disposes it. */
  readonly model: Model;
}

/** The search of a strategy that does all of its work at the derivation, under the targets in force then. */
export function atDerivation(derivation: (kit: SearchKit) => Derivation): Strategy['search'] {
  // eslint-disable-next-line require-yield -- there is nothing to tell before
  return async function* (kit) {
    return derivation(kit);
  };
}
