/** Everything that defines a search besides its data: plain JSON, so that a run can be repeated from its file. */
import type { DeviceChoice } from '../cost/devices/index';
import type { MetricId } from '../cost/metrics';
import type { Targets } from '../cost/metrics';

export type OptimizerKind = 'sgd' | 'adam';

/** `exponential`: 1 % less with every epoch. `steps`: a fifth of it after each third of the phase. */
export type Schedule = 'constant' | 'cosine' | 'exponential' | 'steps';

/** How weights and architecture parameters take turns: a whole epoch each, or a step each. */
export type Alternation = 'epochs' | 'steps';

/**
 * What is punished: a cost above its target; or any distance from it, which also draws every cost up to its target (an ablation
 * of the paper); or what is above, and what lies below the cost that a network in the whole one's proportions would have, were it
 * as narrow as the tightest target asks. So a budget is used, and a loose target asks for nothing.
 */
export type Excess = 'above' | 'absolute' | 'proportionate';

export interface Epochs {
  readonly warmup: number;
  /** Of each search: a SuperNet followed by PIT searches twice as long. */
  readonly search: number;
  readonly finetune: number;
}

/** What networks of a space differ in: the operation at each place, or the number of channels of each layer. */
export type SpaceKind = 'candidates' | 'channels';

/** How a SuperNet's candidates are mixed while it trains. The expected cost always weighs them by softmax(alpha / temperature). */
export interface Sampling {
  /** Whether Gumbel noise is added to the architecture parameters of each step. */
  readonly noise: 'none' | 'gumbel';
  /** One candidate at a time, with the mixture's gradient (straight-through). */
  readonly hard: boolean;
}

/** How a task is trained. */
export interface Preset {
  readonly epochs: Epochs;
  readonly batchSize: number;
  /** Share of the training pictures kept apart for choosing. */
  readonly validationShare: number;
  /** Learning rate of the weights at the start of search and fine-tuning. */
  readonly weightRate: number;
  /** Learning rate of the architecture parameters. */
  readonly archRate: number;
  /** Pulls weights towards 0, never architecture parameters. */
  readonly weightDecay: number;
  /** Warm-up's own optimizer and learning rate; null for the weights' rate of the other phases, which use Adam. */
  readonly warmup: { readonly optimizer: OptimizerKind; readonly rate: number | null };
  /** How the weights' learning rate falls, per phase. The architecture parameters' follows the search's. */
  readonly schedules: Readonly<Record<keyof Epochs, Schedule>>;
  /**
   * Ends a phase after so many epochs without a better validation accuracy and goes back to the best one; 0 never does. A
   * search counts epochs from this share of it on, since before it the constraints are not in full force.
   */
  readonly earlyStop: { readonly patience: number; readonly searchFrom: number };
  /** Whether weights and architecture parameters learn from pictures of their own, taking turns. */
  readonly bilevel: Readonly<Record<SpaceKind, 'off' | Alternation>>;
  readonly sampling: Sampling;
  /**
   * Temperature at a search phase's start and end; it falls geometrically in between. It divides a SuperNet's architecture
   * parameters before the softmax; in PIT it is how far channels count by |alpha| rather than by whether they are kept.
   */
  readonly temperature: { readonly start: number; readonly end: number };
  /** Strength of the inverse coefficient of variation, which drives a SuperNet's weights apart; 0 leaves it out. */
  readonly icv: number;
  /** What of a cost is punished: what is above its target, or any distance from it. */
  readonly excess: Readonly<Record<SpaceKind, Excess>>;
}

export type PresetName = 'quick' | 'paper';

/** Costs that are made small with one fixed strength instead of being held under their targets: classic search. */
export interface Objective {
  readonly metrics: readonly MetricId[];
  /** Task loss that a cost as high as the seed network's adds. */
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
  /** Change training examples at random, as the task does. */
  readonly augment: boolean;
  readonly randomSeed: number;
  /** Train the seed network too, for as many epochs as the whole search, to compare with. */
  readonly seedNetwork: boolean;
}

/** All of a search's config that the list in `choices.ts` is about. */
export type Choices = Preset & Pick<SearchConfig, 'objective' | 'augment' | 'randomSeed'>;
