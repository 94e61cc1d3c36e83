/** What a search reports while it runs. Plain data, because events cross threads and are written to files as they are. */
import type { Costs } from '../cost/metrics';
import type { CostTable } from '../cost/costTable';
import type { ChannelGroup } from '../network/channels';
import type { Told } from '../language/told';
import type { Choice } from '../network/choose';
import type { Network } from '../network/network';
import type { LayerChannels } from './training/architecture';
import type { Easing } from './divergence';
import type { ConstraintReport, Shortfall } from './constraints/constraint';
import type { Targets } from '../cost/metrics';
import type { QualityPart } from '../tasks/task';

/**
 * Phases with training steps. `masks` is the channel search after a SuperNet; `trials` trains several networks one after the other, of
 * which one is chosen; `seed` trains the seed network for comparison, and `comparison` others of the space.
 */
export type Phase = 'warmup' | 'search' | 'masks' | 'trials' | 'finetune' | 'seed' | 'comparison';

/** Phases that serve comparison only: they count as no work of the search, and have no part in its curves. */
export type ComparingPhase = 'seed' | 'comparison';

export function comparesOnly(phase: Phase): phase is ComparingPhase {
  return phase === 'seed' || phase === 'comparison';
}

/** The length of each phase, known before it starts. */
export interface PhasePlan {
  readonly phase: Phase;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Multiply-accumulates of one forward pass, for estimating a phase's step time from another phase's. */
  readonly macs: number;
}

/** The task's quality on the test examples, for each network that was measured. */
export interface Qualities {
  readonly seedNetwork?: number;
  /** The supernet, after the search over candidates. */
  readonly supernet?: number;
  /** The network with its masks, after the search over channels. */
  readonly masked?: number;
  /** The found network before fine-tuning. */
  readonly derived: number;
  readonly final: number;
}

export interface SearchResult {
  /** The candidate at each mixed operation; empty if there was none. */
  readonly choice: Choice;
  /** The layers whose channels were searched; empty if there were none. */
  readonly channels: readonly LayerChannels[];
  readonly network: Network;
  /** Whether the network meets every constraint. */
  readonly constraints: readonly ConstraintReport[];
  /** Costs that were an objective, compared with their targets, which were not enforced. */
  readonly objectives: readonly ConstraintReport[];
  /** In the quality that `id` names. */
  readonly quality: Qualities & { readonly id: string };
  /** What was measured beside the found network's quality; left out if the quality has no parts. */
  readonly qualityParts?: readonly QualityPart[];
  readonly costs: { readonly seedNetwork: Costs; readonly final: Costs };
  readonly timing: { readonly stepMs: Readonly<Partial<Record<Phase, number>>>; readonly totalMs: number };
  /** Multiply-accumulates of all training so far, see `SearchKit.trainedMacs`. */
  readonly trainedMacs: number;
  /** Networks that were trained for comparison, in the order of their training; left out if there were none. */
  readonly comparison?: readonly ComparedNetwork[];
}

/** How a network came to be compared with the found one; `found` is the found network itself, trained from scratch too. */
export const comparedAs = ['largestParams', 'largestMacs', 'found', 'random'] as const;

/** A network that was trained from scratch for comparison with the found one. */
export interface ComparedNetwork {
  readonly as: (typeof comparedAs)[number];
  readonly choice: Choice;
  readonly channels: readonly LayerChannels[];
  readonly costs: Costs;
  /** On the test examples. */
  readonly quality: number;
}

/** The result with one more network in its comparison. */
export function withCompared<Result extends Pick<SearchResult, 'comparison'>>(
  result: Result,
  { as, choice, channels, costs, quality }: ComparedNetwork,
): Result {
  return { ...result, comparison: [...(result.comparison ?? []), { as, choice, channels, costs, quality }] };
}

export type SearchEvent =
  | {
      readonly kind: 'started';
      readonly phases: readonly PhasePlan[];
      readonly seedCosts: Costs;
      /** Sentences about reasons to trust the result less: the data, or the device's model. */
      readonly warnings: readonly Told[];
      /** Id of what epochs are compared by; the training step's values contain it if the loss counts it. */
      readonly validation: string;
      /** How many networks meet the targets; left out where that cannot be listed, and of searches with gradients. */
      readonly fitting?: number;
    }
  /** What is to be trained, where it was not known at the start: phases of the run, or others after the result on request. */
  | { readonly kind: 'planned'; readonly phases: readonly PhasePlan[] }
  /** How many of a phase's kernels are compiled; reported before the phase starts. */
  | { readonly kind: 'preparing'; readonly phase: Phase; readonly done: number; readonly total: number }
  | { readonly kind: 'phase'; readonly phase: Phase; readonly metricNames: readonly string[]; readonly implementation: Told }
  /** Values of `rows` consecutive steps, of which `step` is the last; the phase's `metricNames` gives the columns. */
  | { readonly kind: 'metrics'; readonly phase: Phase; readonly step: number; readonly rows: number; readonly values: Float32Array }
  /**
   * How the architecture was pulled at, as means over the last `steps` steps that moved it. A pull is the negative gradient, in loss per
   * unit of the parameter: above 0 it raises a candidate's weight, or keeps a group's channels.
   */
  | {
      readonly kind: 'pulls';
      readonly phase: Phase;
      readonly step: number;
      readonly steps: number;
      /** What is pulled at, see `Architecture.pulled`. */
      readonly of: readonly string[];
      /** By the task's loss, one number per name. */
      readonly task: readonly number[];
      readonly penalty: readonly number[];
    }
  /** One training step is done. Epoch and stepInEpoch count from 1, `step` over the whole run. */
  | {
      readonly kind: 'step';
      readonly phase: Phase;
      readonly epoch: number;
      readonly stepInEpoch: number;
      readonly step: number;
      readonly elapsedMs: number;
      /** Live tensors, and bytes of the backend's own memory. */
      readonly memory: { readonly tensors: number; readonly heapBytes: number };
    }
  | {
      readonly kind: 'epoch';
      readonly phase: Phase;
      readonly epoch: number;
      readonly step: number;
      readonly trainLoss: number;
      /** Null if the loss does not count the task's quality. */
      readonly trainQuality: number | null;
      readonly validationLoss: number;
      readonly validationQuality: number;
    }
  /** Targets took effect: at the start of the search, and whenever a person moved one. */
  | {
      readonly kind: 'targets';
      /** When, in milliseconds since 1970; only the page's runs tell, and older ones do not. */
      readonly at?: number;
      readonly revision: number;
      readonly step: number;
      readonly targets: Targets;
      /** Final strength per metric; null before the search, when there is none yet. */
      readonly strengths: Costs | null;
      /** The shortfall if the targets cannot be met together, otherwise null. */
      readonly shortfall: readonly Shortfall[] | null;
    }
  /** The run went back to this step with a gentler setting, since its loss had become no number. */
  | { readonly kind: 'eased'; readonly step: number; readonly easing: Easing }
  | { readonly kind: 'quality'; readonly of: keyof Qualities; readonly step: number; readonly quality: number }
  /**
   * Channels are searched from now on, in these groups; a group's channels are kept or removed together. The table holds the costs
   * that are still in reach, and `channelCosts` what one channel of each group costs on average while all are there; older runs did
   * not tell it.
   */
  | {
      readonly kind: 'masks';
      readonly step: number;
      readonly groups: readonly ChannelGroup[];
      readonly table: CostTable;
      readonly channelCosts?: Readonly<Record<string, Costs>>;
    }
  /** A stage of the search has ended: the network that it found, before further training. */
  | {
      readonly kind: 'derived';
      readonly step: number;
      readonly choice: Choice;
      readonly channels: readonly LayerChannels[];
      readonly network: Network;
      readonly costs: Costs;
    }
  /** How many of the networks that are ranked before any is trained have their score. */
  | { readonly kind: 'ranking'; readonly done: number; readonly total: number }
  /** A network on trial has trained for a while. */
  | {
      readonly kind: 'trial';
      readonly step: number;
      readonly choice: Choice;
      readonly channels: readonly LayerChannels[];
      readonly costs: Costs;
      /** Epochs of its own on trial so far. */
      readonly epochs: number;
      /** Mean training loss of the last of them, by which networks are compared. */
      readonly trainLoss: number;
      readonly validationQuality: number;
      /**
       * Of quality and costs of all networks tried so far, this one included, from 0 to 1; see `hypervolume` in
       * `core/strategies/hypervolume.ts`.
       */
      readonly hypervolume: number;
    }
  /** A network was trained for comparison with the result. */
  | ({ readonly kind: 'compared'; readonly step: number } & ComparedNetwork)
  | { readonly kind: 'result'; readonly step: number; readonly result: SearchResult };
