/** The complete definition of a search except its data: plain JSON, so that a run can be repeated from its file. */
import type { DeviceChoice } from '../cost/devices/index';
import type { MetricId } from '../cost/metrics';
import type { Targets } from '../cost/metrics';

/** `momentum`: stochastic gradient descent with momentum 0.9. */
export type OptimizerKind = 'sgd' | 'momentum' | 'adam';

/** `exponential`: falls by 1 % each epoch. `steps`: falls to a fifth after each third of the phase. */
export type ScheduleName = 'constant' | 'cosine' | 'exponential' | 'steps';

/**
 * From each epoch on, counted from 0 in the phase, the base rate times a factor: [[20, 0.5], [30, 0.25]]. Epochs ascend, factors are
 * above 0.
 */
export type HandSchedule = readonly (readonly [epoch: number, factor: number])[];

export type Schedule = ScheduleName | HandSchedule;

/** How weights and architecture parameters take turns: by whole epochs, or by steps. */
export type Alternation = 'epochs' | 'steps';

/**
 * Which costs are punished. `above`: a cost above its target. `absolute`: any distance from the target, which also draws lower
 * costs up to it (an ablation of the paper). `proportionate`: a cost above its target, or below the cost of the whole network
 * shrunk in proportion to the tightest target. With `proportionate` a budget is used up, and a loose target has no effect.
 */
export type Excess = 'above' | 'absolute' | 'proportionate';

export interface Epochs {
  readonly warmup: number;
  /** Epochs of each search; a SuperNet followed by a channel search therefore searches twice as long. */
  readonly search: number;
  readonly finetune: number;
}

/** What networks of a space differ in: the operation at each place, or the number of channels in each layer. */
export type SpaceKind = 'candidates' | 'channels';

/** How a SuperNet's candidates are mixed during training. The expected cost always weighs them by softmax(alpha / temperature). */
export interface Sampling {
  /** Whether Gumbel noise is added to the architecture parameters of each step. */
  readonly noise: 'none' | 'gumbel';
  /** Whether one candidate at a time is used, with the mixture's gradient (straight-through). */
  readonly hard: boolean;
}

/** The settings of training. */
export interface Preset {
  readonly epochs: Epochs;
  readonly batchSize: number;
  /** Share of the training examples that is kept apart for validation. */
  readonly validationShare: number;
  /** Learning rate of the weights at the start of search and fine-tuning. */
  readonly weightRate: number;
  /** Learning rate of the architecture parameters. */
  readonly archRate: number;
  /** Pulls weights towards 0, never architecture parameters. */
  readonly weightDecay: number;
  /** Optimizer of the weights in search and fine-tuning; architecture parameters always have Adam. */
  readonly optimizer: OptimizerKind;
  /** Warm-up's own optimizer and learning rate; null for the weights' rate of the other phases. */
  readonly warmup: { readonly optimizer: OptimizerKind; readonly rate: number | null };
  /** How the weights' learning rate falls, per phase. The architecture parameters' rate falls as in the search. */
  readonly schedules: Readonly<Record<keyof Epochs, Schedule>>;
  /**
   * Ends a phase after this many epochs without a better validation quality, and restores the best epoch; 0 never does. A search
   * starts counting after this share of its epochs, because the constraints are not in full force before. Fine-tuning has a patience
   * of its own unless that is null.
   */
  readonly earlyStop: { readonly patience: number; readonly searchFrom: number; readonly finetune: number | null };
  /** Whether weights and architecture parameters learn from separate examples, taking turns. */
  readonly bilevel: Readonly<Record<SpaceKind, 'off' | Alternation>>;
  readonly sampling: Sampling;
  /**
   * Temperature at a search phase's start and end; it falls geometrically in between. It divides a SuperNet's architecture
   * parameters before the softmax. In a channel search it says how far channels count by |alpha| rather than by whether they are
   * kept.
   */
  readonly temperature: { readonly start: number; readonly end: number };
  /** Strength of the inverse coefficient of variation, which drives a SuperNet's weights apart; 0 for none. */
  readonly icv: number;
  /** Which costs are punished, per kind of space. */
  readonly excess: Readonly<Record<SpaceKind, Excess>>;
  /**
   * What architecture parameters favour at the start of a search, per kind of space: no candidate or channel, or those of one network
   * within the targets: the one with most parameters, or the one with the greatest balance (core/cost/balance.ts).
   */
  readonly start: Readonly<Record<SpaceKind, Start>>;
  /** How many networks a search with gradients tries out before it settles on one; 1 takes the one of greatest weight. */
  readonly shortlist: number;
}

export type Start = 'even' | 'largest' | 'balanced';

/** What the largest network has most of. */
export type Size = 'params' | 'macs';

/** How networks are ranked before any is trained. */
export type ScoreId = Size | 'balance' | 'nn-mass' | 'synflow' | 'naswot';

export type PresetName = 'quick' | 'paper';

/** Costs that are made small with one fixed strength instead of being kept under their targets: classic search. */
export interface Objective {
  readonly metrics: readonly MetricId[];
  /** The penalty, in task loss, on a cost as high as the seed network's. */
  readonly strength: number;
}

export interface SearchConfig extends Preset {
  readonly task: string;
  /** A strategy's id. */
  readonly method: string;
  readonly device: DeviceChoice;
  /** Upper limit per metric, in the metric's unit. */
  readonly targets: Targets;
  /** Null when every target is a constraint. */
  readonly objective: Objective | null;
  /** The space to search, for strategies that search either; `any` is the first that the task has. */
  readonly space: SpaceKind | 'any';
  /** Training of a strategy without gradients, in epochs of the seed network; null for as much as the gradient search takes. */
  readonly budget: number | null;
  /**
   * How many networks enter the trials: drawn at random, or ranked highest; in an evolution, its population. Null for a few, see
   * `networksToTry`.
   */
  readonly networks: number | null;
  readonly largestBy: Size;
  readonly score: ScoreId;
  /** Change training examples at random, in the task's way. */
  readonly augment: boolean;
  readonly randomSeed: number;
  /** Also train the seed network, for as many epochs as the whole search, for comparison. */
  readonly seedNetwork: boolean;
}

/** The part of a search's config that the list in `choices.ts` describes. */
export type Choices = Preset &
  Pick<SearchConfig, 'objective' | 'augment' | 'randomSeed' | 'space' | 'budget' | 'networks' | 'largestBy' | 'score'>;
