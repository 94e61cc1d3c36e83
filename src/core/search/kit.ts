/**
 * The tools that a strategy searches with. The kit trains, evaluates and measures networks, holds the network that is being
 * searched, and keeps the targets in force. One kit serves one run.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import type { BatchSource } from '../data/batches';
import type { Dataset } from '../data/dataset';
import { WorkbenchError } from '../errors';
import type { NetworkPlan } from '../network/plan';
import { createRandom, type Random } from '../random';
import { taskFor, type Task } from '../tasks/index';
import type { Quality, QualityPart } from '../tasks/task';
import { BestEpoch } from './training/bestEpoch';
import type { Engine, Model } from './training/engine';
import { estimateStatistics, evaluate, type EvaluationData, type Score } from './training/evaluate';
import { comparesOnly, type ComparingPhase, type Qualities, type Phase, type PhasePlan, type SearchEvent } from './events';
import { scheduledRate } from './training/learningRate';
import type { OptimizerKind } from '../config/searchConfig';
import { withLikelyCause } from './divergence';
import { Journal } from './journal';
import { JournaledPhase } from './journaledPhase';
import { Pressure, type Controls } from './pressure';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';
import { SearchData } from './searchData';
import { candidateNetworks } from './networks/candidateNetworks';
import { channelNetworks } from './networks/channelNetworks';
import type { Networks } from './networks/networks';
import { passMacs } from './passMacs';
import { prepareStep } from './prepareStep';
import { disposeModel, steeredMetrics } from './searchedModel';
import { costsOf, type SearchSpace } from './space';
import { capacities } from './constraints/targets';
import { Validation } from './training/validation';
import { trainPhase, type Host, type PhaseOptions, type PhaseSummary, type Position } from './trainPhase';
import type { StepControls, TrainingStep } from './training/trainingStep';

/** Number of training batches for re-estimating batch-norm statistics. */
const STATISTICS_BATCHES = 40;

/**
 * Cost of a training step in forward passes: one forward, and about two for the backward pass (gradients of inputs and of weights).
 */
const PASSES_PER_STEP = 3;

export interface SearchDependencies extends Engine {
  readonly host: Host;
}

/** The settings that every phase of a run has. */
export type PhaseRun = Pick<PhaseOptions, 'phase' | 'epochs' | 'epochsBefore' | 'controls' | 'onLoss' | 'onEpoch'> & {
  readonly model: Model;
};

/** Settings that may differ in a phase; by default training batches and the config's optimizer. */
export interface PhaseChoices {
  readonly batches?: BatchSource;
  readonly optimizer?: OptimizerKind;
}

type DerivedEvent = Extract<SearchEvent, { kind: 'derived' }>;

export class SearchKit {
  readonly task: Task;
  readonly pressure: Pressure;
  readonly data: SearchData;
  /** The networks of the space that is searched first. */
  readonly networks: Networks;
  readonly #dropout: Random;
  #held: Model | null = null;
  #steps = 0;
  #qualities: { -readonly [of in keyof Qualities]?: number } = {};
  #parts: readonly QualityPart[] = [];
  readonly #stepMs: Partial<Record<Phase, number>> = {};
  #trainedMacs = 0;

  /**
   * Splits the data; trains nothing yet.
   *
   * @param controls targets in force; the host may change them while the search runs
   * @param searches kinds of spaces, in the order in which they are searched
   * @param journal gives back what an earlier sitting has done
   * @throws WorkbenchError `invalid-data` or `invalid-setting` when data or config cannot be used
   */
  constructor(
    readonly config: SearchConfig,
    readonly space: SearchSpace,
    dataset: Dataset,
    searches: readonly [SpaceKind, ...SpaceKind[]],
    private readonly controls: Controls,
    private readonly dependencies: SearchDependencies,
    private readonly journal = new Journal(false),
  ) {
    this.task = taskFor(config.task);
    const steered = steeredMetrics(config, space).map(({ id }) => id);
    this.pressure = new Pressure(space.table, controls, config, searches, space.seedCosts, capacities(space), steered);
    this.#dropout = this.random('dropout');
    this.data = new SearchData(config, this.task, dataset, searches);
    const [kind] = searches;
    this.networks =
      kind === 'candidates' ? candidateNetworks(space.supernet, space.candidates) : channelNetworks(space.seed, space.metrics);
  }

  /** Training steps done so far. */
  get steps(): number {
    return this.#steps;
  }

  /** The network that is being searched, null before the first. */
  get held(): Model | null {
    return this.#held;
  }

  /** The test qualities measured so far. */
  get qualities(): Partial<Qualities> {
    return { ...this.#qualities };
  }

  set qualities(qualities: Partial<Qualities>) {
    this.#qualities = { ...qualities };
  }

  /** What was measured beside the found network's test quality. */
  get parts(): readonly QualityPart[] {
    return this.#parts;
  }

  /** Mean milliseconds of a step, per phase. */
  get stepMs(): Partial<Record<Phase, number>> {
    return { ...this.#stepMs };
  }

  /**
   * Multiply-accumulates of the training so far: those of one forward pass of each phase's network, with all that is computed in it
   * (masked channels, and candidates unless a step trains one path), times its examples, times 3. Training that only serves comparison
   * does not count, the seed network's among it.
   */
  get trainedMacs(): number {
    return this.#trainedMacs;
  }

  /** Multiply-accumulates of the training of these phases. */
  workOf(plans: readonly PhasePlan[]): number {
    const { batchSize } = this.config;
    return plans.reduce(
      (sum, { macs: pass, epochs, stepsPerEpoch }) => sum + PASSES_PER_STEP * pass * batchSize * epochs * stepsPerEpoch,
      0,
    );
  }

  /** Multiply-accumulates of one training step. */
  stepMacs({ plan, architecture }: Model): number {
    return PASSES_PER_STEP * passMacs(plan, architecture?.singlePath) * this.config.batchSize;
  }

  /** A separate generator for one use of randomness, derived from the run's random seed. */
  random(stream: string): Random {
    return this.journal.track(createRandom(this.config.randomSeed, stream));
  }

  /** Makes this the network that is being searched, which a person may download. The kit disposes it when another one follows. */
  hold<Held extends Model>(model: Held): Held {
    if (this.#held) disposeModel(this.#held);
    this.#held = model;
    return model;
  }

  dispose(): void {
    if (this.#held) disposeModel(this.#held);
    this.#held = null;
  }

  /** Reports what a phase will do. */
  plan(phase: Phase, epochs: number, network: NetworkPlan, batches: BatchSource = this.data.trainingBatches()): PhasePlan {
    return { phase, epochs, stepsPerEpoch: batches.perEpoch, macs: passMacs(network) };
  }

  /** Between two phases: applies moved targets and reports them, without strengths. The journal keeps which they were. */
  *takeInTargets(): Generator<SearchEvent, void> {
    const { revision, targets } = this.controls;
    const record = { kind: 'targets', name: '', revision, targets } as const;
    const given = this.journal.recorded(record.kind, record.name) ?? record;
    if (given === record) this.journal.add(record);
    if (this.pressure.changed(given.revision)) yield this.pressure.takeIn(null, this.#steps, given);
  }

  /**
   * Trains a network for some epochs. If its loss becomes infinite or NaN, the variables return to the end of the last good epoch.
   * @param variables all variables that the phase may move
   */
  async *train(run: PhaseRun, variables: readonly Variable[], choices?: PhaseChoices): AsyncGenerator<SearchEvent, PhaseSummary> {
    return yield* this.#train(run, variables, null, choices);
  }

  /** Runs a phase that may end early, and restores its best epoch. */
  async *trainToBest(
    run: PhaseRun,
    variables: readonly Variable[],
    best: BestEpoch,
    choices?: PhaseChoices,
  ): AsyncGenerator<SearchEvent, void> {
    try {
      yield* this.#train(run, variables, best, choices);
    } finally {
      best.dispose();
    }
  }

  /**
   * Trains a network whose architecture stays the same; keeps the epoch with the best validation score.
   * @param epochsBefore epochs of the same phase that are already done
   */
  async *finetune(
    phase: 'finetune' | ComparingPhase,
    model: Model,
    {
      epochs = this.config.epochs.finetune,
      epochsBefore = 0,
      batches = this.data.trainingBatches(),
    }: { readonly epochs?: number; readonly epochsBefore?: number; readonly batches?: BatchSource } = {},
  ): AsyncGenerator<SearchEvent, void> {
    const { weightRate, earlyStop } = this.config;
    const variables = variablesOf(model);
    const run = { phase, epochs, epochsBefore, model, controls: this.weightsOnly('finetune', weightRate) };
    yield* this.trainToBest(run, variables, new BestEpoch(variables, this.task.validation, earlyStop.finetune ?? earlyStop.patience), {
      batches,
    });
  }

  /** Controls of a phase without a search. */
  weightsOnly(schedule: keyof SearchConfig['schedules'], rate: number): PhaseOptions['controls'] {
    const { config } = this;
    // eslint-disable-next-line require-yield -- nothing can change here, while phases of a search tell of moved targets
    return async function* (position: Position): AsyncGenerator<SearchEvent, StepControls> {
      return { ...frozen, weightRate: rateAt(config, schedule, rate, position) };
    };
  }

  async estimateStatistics(model: Model): Promise<void> {
    const record = { kind: 'statistics', name: '' } as const;
    if (this.journal.recorded(record.kind, record.name)) return;
    const batches = this.data.statisticsBatches();
    await estimateStatistics(model, batches, Math.min(STATISTICS_BATCHES, batches.perEpoch), () => this.dependencies.host.pause());
    this.journal.add(record);
  }

  /**
   * What a network that is not trained yet is ranked by.
   * @param scored may draw from generators of its own only, since a search that goes on does not call it for a score that the journal has
   * @returns null where the score is no finite number
   */
  async rank(scored: () => Promise<number>): Promise<number | null> {
    const record = this.journal.recorded('ranking', '');
    if (record) return record.score;
    const found = await scored();
    const score = Number.isFinite(found) ? found : null;
    // The journal gets the score after the pause: a search that is captured in it computes this score again, with the variables that live here.
    await this.dependencies.host.pause();
    this.journal.add({ kind: 'ranking', name: '', score });
    return score;
  }

  /** Loss and quality on the validation examples, which serve choices only. */
  validate(model: Model): Promise<Score> {
    return this.#score('validation', model, this.data.validation, this.task.validation);
  }

  /** Loss and quality on the test examples, which serve reporting only. */
  test(model: Model): Promise<Score> {
    return this.#evaluate(model, this.data.test, this.task.quality);
  }

  /** Measures quality on the test examples, and keeps it for the result. */
  async *measure(of: keyof Qualities, model: Model): AsyncGenerator<SearchEvent, void> {
    const { quality, parts = [] } = await this.#score(of, model, this.data.test, this.task.quality);
    this.#qualities[of] = quality;
    if (of === 'final') this.#parts = parts;
    yield { kind: 'quality', of, step: this.#steps, quality };
  }

  derivedEvent({
    choice,
    channels,
    network,
    model,
  }: Omit<DerivedEvent, 'kind' | 'step' | 'costs'> & { readonly model: Model }): DerivedEvent {
    return { kind: 'derived', step: this.#steps, choice, channels, network, costs: costsOf(model.plan, this.space.metrics) };
  }

  async *#train(
    run: PhaseRun,
    variables: readonly Variable[],
    best: BestEpoch | null,
    { batches = this.data.trainingBatches(), ...choices }: PhaseChoices = {},
  ): AsyncGenerator<SearchEvent, PhaseSummary> {
    const phase = new JournaledPhase(this.journal, this.pressure, run, variables, batches, best);
    try {
      const summary = phase.repeat() ?? (yield* this.#trainNow(phase, run, batches, best, choices));
      this.#steps += summary.steps;
      if (!comparesOnly(run.phase)) this.#trainedMacs += this.stepMacs(run.model) * summary.steps;
      if (summary.stepMs !== null) this.#stepMs[run.phase] = summary.stepMs;
      return summary;
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'loss-not-finite') phase.goBack();
      throw withLikelyCause(error, this.config);
    } finally {
      phase.dispose();
    }
  }

  async *#trainNow(
    phase: JournaledPhase,
    run: PhaseRun,
    batches: BatchSource,
    best: BestEpoch | null,
    choices: PhaseChoices,
  ): AsyncGenerator<SearchEvent, PhaseSummary> {
    phase.prepare();
    const step = yield* this.#createStep(run, batches.sets, choices);
    const summary = yield* trainPhase({
      ...run,
      onLoss: phase.onLoss,
      onEpoch: phase.onEpoch,
      onUnread: (steps) => (this.journal.unread = steps),
      progress: phase.begin(step),
      step,
      architecture: run.model.architecture,
      batches,
      quality: this.task.validation.id,
      validation: new Validation(run.model, this.data.validation, this.task, this.dependencies),
      host: this.dependencies.host,
      stepsBefore: this.#steps,
      eager: () => this.controls.eager,
    });
    best?.restore();
    await phase.end(summary);
    return summary;
  }

  /** A score that the journal keeps. */
  async #score(name: string, model: Model, data: EvaluationData, quality: Quality): Promise<Score> {
    const record = this.journal.recorded('score', name);
    if (record) return record.score;
    const score = await this.#evaluate(model, data, quality);
    this.journal.add({ kind: 'score', name, score });
    return score;
  }

  #evaluate(model: Model, data: EvaluationData, quality: Quality): Promise<Score> {
    const { host } = this.dependencies;
    return evaluate(model, data, { loss: this.task.loss, quality }, this.dependencies, () => host.pause());
  }

  /** Makes the phase's step, and reports its kernels while they compile. */
  #createStep(
    { phase, model: { plan, parameters, architecture } }: PhaseRun,
    sets: BatchSource['sets'],
    { optimizer = this.config.optimizer }: PhaseChoices,
  ): AsyncGenerator<SearchEvent, TrainingStep> {
    const { batchSize, weightDecay } = this.config;
    return prepareStep(phase, (onPrepared) =>
      this.dependencies.createStep({
        plan,
        parameters,
        architecture,
        loss: this.task.loss,
        batchSize,
        optimizer,
        archOptimizer: 'adam',
        weightDecay,
        sets,
        randomSeed: () => this.#dropout.integer(2 ** 31),
        onPrepared,
      }),
    );
  }
}

/** Controls of a step that leaves the architecture alone. */
export const frozen = { archRate: 0, penalties: [] } as const;

/** The weights' learning rate at a position in a phase. */
export function rateAt({ schedules }: SearchConfig, phase: keyof SearchConfig['schedules'], base: number, at: Position): number {
  return scheduledRate(schedules[phase], base, { epoch: at.epoch, share: at.stepInPhase / at.stepsInPhase });
}

/** All variables that a phase may move. */
export function variablesOf({ parameters, architecture }: Model): Variable[] {
  return [...parameters.values(), ...(architecture?.alphas.values() ?? [])];
}
