/**
 * The networks of a space as codes, for strategies that choose whole networks: drawn, changed, counted and costed without training
 * any. Targets are exact limits: what these functions return always meets them.
 */
import type { Choice } from '../../network/choose';
import type { NetworkPlan } from '../../network/plan';
import type { Random } from '../../random';
import type { Costs, Targets } from '../../cost/metrics';
import type { Size, SpaceKind } from '../../config/searchConfig';
import type { LayerChannels } from '../training/architecture';

/** A network of a space: per place the index of its candidate, or per channel group its number of channels less one. */
export type Code = readonly number[];

export interface Networks {
  readonly kind: SpaceKind;
  /** Per place or channel group, how many values its number in a code can take. */
  readonly options: readonly number[];
  /** The cost of a network per metric, in its unit. */
  costs(code: Code): Costs;
  meets(code: Code, targets: Targets): boolean;
  /** Every network that meets the targets; null when there are too many to list. */
  list(targets: Targets): Code[] | null;
  /**
   * A network at random among those that meet the targets.
   * @throws WorkbenchError `infeasible-targets` when there is none
   */
  draw(random: Random, targets: Targets): Code;
  /** The network with one place or channel group changed at random, within the targets; the same one when nothing else meets them. */
  changed(code: Code, random: Random, targets: Targets): Code;
  /**
   * The network that meets the targets and has most parameters or multiply-accumulates, or the greatest balance
   * (core/cost/balance.ts).
   * @throws WorkbenchError `infeasible-targets` when there is none
   */
  largest(targets: Targets, by: Size | 'balance'): Code;
  /** How many parameters the network has and how evenly they are spread over what is searched: places, or layers with channels. */
  balance(code: Code): number;
  /**
   * A network that meets the targets, with channels added wherever they add most balance, as long as any fits. Candidates have no
   * channels to add.
   */
  filled(code: Code, targets: Targets): Code;
  describe(code: Code): Described;
}

/** A network of a space in full. */
export interface Described {
  readonly plan: NetworkPlan;
  readonly choice: Choice;
  readonly channels: readonly LayerChannels[];
}
