/**
 * The training step as the search sees it. src/training implements it; which implementation runs is decided per backend.
 */
import type { Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Batch } from '../../data/batches';
import type { ExampleSet } from '../../data/dataset';
import type { WorkbenchError } from '../../errors';
import type { NetworkPlan } from '../../network/plan';
import type { Parameters } from '../../network/parameters';
import type { OptimizerKind } from '../../config/searchConfig';
import type { Architecture } from './architecture';

/** Everything that may differ from one step to the next. */
export interface StepControls {
  /** 0 leaves the weights as they are. */
  readonly weightRate: number;
  /** 0 leaves the architecture parameters as they are. */
  readonly archRate: number;
  /** Per constraint, in the order of the step's constraints, in the metrics' units. */
  readonly penalties: readonly Penalty[];
}

/** strength * (max(0, cost - target) + max(0, floor - cost)). Without a floor a cost may be as low as it likes. */
export interface Penalty {
  readonly strength: number;
  readonly target: number;
  readonly floor?: number;
}

export interface StepOptions {
  readonly plan: NetworkPlan;
  readonly parameters: Parameters;
  /** The search method's part, null while a network is only trained. */
  readonly architecture: Architecture | null;
  /** Id of the training loss. */
  readonly loss: string;
  readonly batchSize: number;
  readonly optimizer: OptimizerKind;
  readonly weightDecay: number;
  /** The sets that batches will be drawn from, as far as that is known; a device may keep them. */
  readonly sets: readonly ExampleSet[];
  /** Seeds for operations that draw random numbers. */
  readonly randomSeed: () => number;
  /** Told how many of the step's kernels are compiled, where that takes a while. */
  readonly onPrepared?: (done: number, total: number) => void;
}

/** What one step leaves behind, before its update was applied. */
export interface StepReport {
  /** Packed values, one per name in `metricNames`; the caller disposes it. */
  readonly metrics: Tensor1D;
}

export interface TrainingStep {
  /** "reference" or "fused": shown to people, since speed differs. */
  readonly implementation: string;
  /**
   * Names of the packed training values: taskLoss, the quality that the loss counts along, and with an architecture penalty,
   * cost/<metric> and its `readingNames`.
   */
  readonly metricNames: readonly string[];
  /** One optimizer step on a batch. `observe` sees every gradient by parameter name before it is applied. */
  run(batch: Batch, controls: StepControls, observe?: (gradients: ReadonlyMap<string, Tensor>) => void): StepReport;
  /**
   * Brings the weights' variables up to date. A step may keep them elsewhere between its runs; architecture parameters are
   * current after every run. Whoever reads weights settles first; whoever writes them makes a new step.
   */
  settle(): void;
  /** Why the step's numbers cannot be relied on any more, such as a lost device; null while they can. */
  failure(): WorkbenchError | null;
  dispose(): void;
}

export type StepFactory = (options: StepOptions) => Promise<TrainingStep>;

/** What the packed values of a step hold, in order. @param counts id of the quality that the loss counts along */
export function metricNames(counts: string, architecture: Architecture | null): string[] {
  const names = ['taskLoss', counts];
  if (!architecture) return names;
  return [...names, 'penalty', ...architecture.metrics.map((metric) => `cost/${metric}`), ...architecture.readingNames];
}

/** Variables by name, as optimizers take them. */
export type NamedVariables = ReadonlyMap<string, Variable>;
