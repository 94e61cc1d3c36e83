/** The contract of a training step. src/training implements it, and chooses an implementation per backend. */
import type { Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Told } from '../../language/told';
import type { Batch } from '../../data/batches';
import type { ExampleSet } from '../../data/dataset';
import type { WorkbenchError } from '../../errors';
import type { NetworkPlan } from '../../network/plan';
import type { Parameters } from '../../network/parameters';
import type { OptimizerKind } from '../../config/searchConfig';
import type { Architecture } from './architecture';
import type { OptimizerState } from './optimizers';

/** The settings that may change from one step to the next. */
export interface StepControls {
  /** 0 leaves the weights as they are. */
  readonly weightRate: number;
  /** 0 leaves the architecture parameters as they are. */
  readonly archRate: number;
  /** Per steered metric, in the order of the architecture's metrics, in the metrics' units. */
  readonly penalties: readonly Penalty[];
}

/** The optimizers that have kernels for architecture parameters. */
export type ArchOptimizer = Exclude<OptimizerKind, 'momentum'>;

/** strength * (max(0, cost - target) + max(0, floor - cost)). Without a floor, a low cost is never punished. */
export interface Penalty {
  readonly strength: number;
  readonly target: number;
  readonly floor?: number;
}

export interface StepOptions {
  readonly plan: NetworkPlan;
  readonly parameters: Parameters;
  /** The architecture that is searched, null when a network is only trained. */
  readonly architecture: Architecture | null;
  /** Id of the training loss. */
  readonly loss: string;
  readonly batchSize: number;
  /** The weights' optimizer, and that of the architecture parameters. */
  readonly optimizer: OptimizerKind;
  readonly archOptimizer: ArchOptimizer;
  readonly weightDecay: number;
  /** The sets that batches will be drawn from, if known; a device may keep them. */
  readonly sets: readonly ExampleSet[];
  /** The seed of a step, an integer, drawn once by each step of a network that needs one. */
  readonly randomSeed: () => number;
  /** Receives how many of the step's kernels are compiled, if that takes a while. */
  readonly onPrepared?: (done: number, total: number) => void;
}

/** The values of one step, before its update was applied. */
export interface StepReport {
  /**
   * Packed values, one per name in `metricNames`; then, with an architecture, one per name in its `pulled`: the whole loss's gradient,
   * or 0 while the parameters stay. The caller disposes it.
   */
  readonly metrics: Tensor1D;
}

export interface TrainingStep {
  /** "reference" or "fused", shown to people because speed differs. */
  readonly implementation: Told;
  /**
   * Names of the packed training values: taskLoss, the quality that the loss counts, and with an architecture also penalty,
   * cost/<metric> and its `readingNames`.
   */
  readonly metricNames: readonly string[];
  /** One optimizer step on a batch. `observe` sees every gradient by parameter name before it is applied. */
  run(batch: Batch, controls: StepControls, observe?: (gradients: ReadonlyMap<string, Tensor>) => void): StepReport;
  /**
   * Updates the weights' variables, because a step may keep the weights elsewhere between runs. Architecture parameters are current
   * after every run. Code that reads weights must settle first; code that writes them must make a new step.
   */
  settle(): void;
  /** What the step keeps from run to run beside the variables; absent where that cannot be read. */
  readonly memory?: StepMemory;
  /** Why the step's numbers are unreliable, such as a lost device; null while they can be trusted. */
  failure(): WorkbenchError | null;
  dispose(): void;
}

/** Reads what a step knows, and gives it to a new step on the same variables, which then goes on in its place. */
export interface StepMemory {
  /** The states of the optimizers of weights and of architecture parameters. */
  read(): Promise<readonly OptimizerState[]>;
  restore(states: readonly OptimizerState[]): void;
}

export type StepFactory = (options: StepOptions) => Promise<TrainingStep>;

/** The names of a step's packed values, in order. @param counts id of the quality that the loss counts */
export function metricNames(counts: string, architecture: Architecture | null): string[] {
  const names = ['taskLoss', counts];
  if (!architecture) return names;
  return [...names, 'penalty', ...architecture.metrics.map((metric) => `cost/${metric}`), ...architecture.readingNames];
}

/** How many values a step packs. */
export function reportSize(counts: string, architecture: Architecture | null): number {
  return metricNames(counts, architecture).length + (architecture?.pulled.length ?? 0);
}

/** Variables by name, as optimizers take them. */
export type NamedVariables = ReadonlyMap<string, Variable>;
