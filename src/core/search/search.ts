/**
 * The search: warm-up, search, derivation and fine-tuning of one network under constraints. Everything that runs a search
 * (the worker, the command line, the tests) iterates over `run()`; nothing else trains.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import { layerTable } from '../cost/layerTable';
import { macs } from '../cost/macs';
import { costOf } from '../cost/terms';
import type { BatchSource } from '../data/batches';
import type { Dataset } from '../data/dataset';
import { WorkbenchError } from '../errors';
import { channelMap } from '../network/channels';
import type { Choice } from '../network/choose';
import { createParameters, initialWeights } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import { createRandom, type Random } from '../random';
import type { Discretised } from './architecture';
import { narrowestTable } from './channelFit';
import { BestEpoch, type Validation } from './bestEpoch';
import { assertFeasible, enforced, missed, type ConstraintReport, type Targets } from './constraints';
import type { Engine, Model } from './engine';
import { estimateStatistics, evaluate, type EvaluationData } from './evaluate';
import type { Accuracies, Phase, PhasePlan, SearchEvent, SearchResult } from './events';
import { scheduledRate } from './learningRate';
import { assertInFloat32 } from './float32';
import type { OptimizerKind } from './optimizers';
import { Pressure, type Controls } from './pressure';
import { capacities } from './targets';
import { stagesOf, type SearchConfig, type Stage } from './searchConfig';
import { SearchData } from './searchData';
import { Snapshot } from './snapshot';
import { costsOf, searchSpace, type SearchSpace } from './space';
import { disposeModel, firstStage, modelOf, steeredMetrics, type SearchedModel } from './stages';
import { trainPhase, type Host, type PhaseOptions, type PhaseSummary, type Position } from './trainPhase';
import type { StepControls, TrainingStep } from './trainingStep';

/** Training batches from which batch-norm statistics are estimated afresh. */
const STATISTICS_BATCHES = 40;

export interface SearchDependencies extends Engine {
  readonly host: Host;
}

/** The derived network while it is trained, and what is known of it. */
type Derived = Pick<Discretised, 'network' | 'choice' | 'channels'> & { readonly model: Model };

/** What the phases of a run have in common and what tells them apart. */
type PhaseRun = Pick<PhaseOptions, 'phase' | 'epochs' | 'epochsBefore' | 'controls' | 'onLoss' | 'onEpoch'> & { readonly model: Model };

/** What a phase has of its own; without it training batches and Adam. */
interface PhaseChoices {
  readonly batches?: BatchSource;
  readonly optimizer?: OptimizerKind;
}

export class Search {
  readonly space: SearchSpace;
  /** What a person should know before the search starts. */
  readonly warnings: readonly string[];
  readonly #pressure: Pressure;
  readonly #dropout: Random;
  readonly #data: SearchData;
  /** The network of the stage that is on, or was last. */
  #searched: SearchedModel;
  /** Candidates chosen by stages that are over. */
  #choice: Choice = {};
  #derived: Derived | null = null;
  #accuracies: { -readonly [of in keyof Accuracies]?: number } = {};
  #result: SearchResult | null = null;
  #complete = false;
  #steps = 0;
  readonly #stepMs: Partial<Record<Phase, number>> = {};
  readonly #started: number;

  /**
   * Draws the initial weights and splits the data; trains nothing yet.
   *
   * @param controls targets in force; the host may change them while the search runs
   * @throws WorkbenchError `infeasible-targets` when no network in the space meets the targets, with the reachable minimum;
   *   `invalid-data` or `invalid-setting` when data or config cannot be used
   */
  constructor(
    readonly config: SearchConfig,
    dataset: Dataset,
    private readonly controls: Controls,
    private readonly dependencies: SearchDependencies,
  ) {
    this.#started = dependencies.host.now();
    assertInFloat32(config);
    this.space = searchSpace(config, dataset.classNames.length);
    const capacity = capacities(this.space);
    assertFeasible(this.space.table, enforced(controls.targets, config.objective, capacity));
    const steered = steeredMetrics(config, this.space).map(({ id }) => id);
    this.#pressure = new Pressure(this.space.table, controls, config, this.space.seedCosts, capacity, steered);
    this.#dropout = createRandom(config.randomSeed, 'dropout');
    this.#data = new SearchData(config, dataset);
    this.#searched = firstStage(config, this.space);
    this.warnings = [...this.#data.warnings, ...this.space.warnings];
  }

  /** The whole search. Ends with a `result` event. */
  async *run(): AsyncGenerator<SearchEvent, void> {
    const { method, seedNetwork } = this.config;
    yield { kind: 'started', phases: this.#phases(), seedCosts: this.space.seedCosts, warnings: this.warnings };
    yield this.#pressure.takeIn(null, this.#steps);
    for (const [index, stage] of stagesOf[method].entries()) {
      if (index > 0) yield* this.#continueWith(stage);
      const { groups } = this.#searched.architecture;
      if (groups.length > 0) yield { kind: 'masks', step: this.#steps, groups, table: this.#pressure.table };
      const { lastLoss } = index > 0 ? { lastLoss: null } : yield* this.#warmup();
      yield* this.#search(stage, index > 0 ? 'masks' : 'search', lastLoss);
    }
    this.#complete = true;
    if (seedNetwork) yield* this.trainSeedNetwork();
    yield* this.derive();
  }

  /** Whether `derive` may be called: the search phase is over. */
  get searched(): boolean {
    return this.#complete;
  }

  get result(): SearchResult | null {
    return this.#result;
  }

  /** The network that a person can take away: the derived one, else the one that is searched as it stands. */
  get model(): Model {
    return this.#derived?.model ?? this.#searched;
  }

  /**
   * Derives a network under the targets in force now and fine-tunes it. May be called again after the targets moved; what ends
   * before its result leaves the result before.
   * @throws WorkbenchError `infeasible-targets` when they cannot be met
   */
  async *derive(): AsyncGenerator<SearchEvent, void> {
    if (this.#pressure.changed) yield this.#pressure.takeIn(null, this.#steps);
    const { targets, compared } = this.#pressure;
    const derived = await this.#discretise(targets);
    const [before, accuracies, result] = [this.#derived, { ...this.#accuracies }, this.#result];
    this.#derived = derived;
    const { model } = derived;
    try {
      yield this.#derivedEvent(derived);
      await this.#estimateStatistics(model);
      yield* this.#measure('derived', model);
      if (this.config.epochs.finetune > 0) yield* this.#finetune('finetune', model);
      yield* this.#measure('final', model);
      yield this.#finish(targets, compared, derived);
    } finally {
      if (before && this.#result === result) {
        this.#derived = before;
        this.#accuracies = accuracies;
        disposeModel(model);
      } else if (before) disposeModel(before.model);
    }
  }

  /**
   * Trains the seed network from scratch as a search trains: the same phases, each with its epochs, its rates and an optimizer
   * that begins anew, or else the two could not be compared. Reports its accuracy.
   */
  async *trainSeedNetwork(): AsyncGenerator<SearchEvent, void> {
    const plan = this.space.seed;
    const weights = initialWeights(plan, createRandom(this.config.randomSeed, 'seed weights'));
    const model: Model = { plan, parameters: createParameters(plan, weights), architecture: null };
    try {
      yield* this.#trainSeed(model);
      yield* this.#measure('seedNetwork', model);
    } finally {
      disposeModel(model);
    }
    if (!this.#result) return;
    const timing = { ...this.#result.timing, stepMs: { ...this.#stepMs } };
    yield this.#report({ ...this.#result, accuracy: { ...this.#accuracies } as Accuracies, timing });
  }

  dispose(): void {
    disposeModel(this.#searched);
    if (this.#derived) disposeModel(this.#derived.model);
    this.#derived = null;
  }

  async *#trainSeed(model: Model): AsyncGenerator<SearchEvent, void> {
    const { epochs, warmup, weightRate, method } = this.config;
    const variables = variablesOf(model);
    let epochsBefore = 0;
    for (const stage of ['warmup', ...stagesOf[method]] as const) {
      const first = stage === 'warmup';
      const controls = this.#weightsOnly(first ? 'warmup' : 'search', first ? (warmup.rate ?? weightRate) : weightRate);
      const run = { phase: 'seed', epochs: first ? epochs.warmup : epochs.search, epochsBefore, model, controls } as const;
      if (run.epochs === 0) continue;
      yield* this.#phase(run, variables, first ? { optimizer: warmup.optimizer } : {});
      epochsBefore += run.epochs;
    }
    if (epochs.finetune > 0) yield* this.#finetune('seed', model, epochsBefore);
  }

  #phases(): PhasePlan[] {
    const { epochs, seedNetwork, method } = this.config;
    const size = (plan: NetworkPlan) => layerTable(plan).reduce((total, row) => total + costOf(macs(row), row), 0);
    const searched = size(this.#searched.plan);
    const seed = size(this.space.seed);
    const plain = this.#data.trainingBatches().perEpoch;
    const plan = (phase: Phase, epochCount: number, macCount: number, stage?: Stage): PhasePlan => {
      const stepsPerEpoch = stage ? this.#data.searchBatches(stage).perEpoch : plain;
      return { phase, epochs: epochCount, stepsPerEpoch, macs: macCount };
    };
    const [first, second] = stagesOf[method];
    return [
      plan('warmup', epochs.warmup, searched),
      plan('search', epochs.search, searched, first),
      ...(second ? [plan('masks', epochs.search, seed, second)] : []),
      ...(seedNetwork ? [plan('seed', this.#seedEpochs(), seed)] : []),
      plan('finetune', epochs.finetune, seed),
    ];
  }

  #seedEpochs(): number {
    const { warmup, search, finetune } = this.config.epochs;
    return warmup + stagesOf[this.config.method].length * search + finetune;
  }

  /** Weights only; a target that moves meanwhile is kept for the search. */
  async *#warmup(): AsyncGenerator<SearchEvent, PhaseSummary> {
    const { config } = this;
    const { optimizer, rate } = config.warmup;
    const pressure = this.#pressure;
    const steps = () => this.#steps;
    const controls = async function* (position: Position): AsyncGenerator<SearchEvent, StepControls> {
      if (pressure.changed) yield pressure.takeIn(null, steps() + position.stepInPhase);
      return { ...frozen, weightRate: rateAt(config, 'warmup', rate ?? config.weightRate, position), penalties: pressure.penalties(0) };
    };
    const run = { phase: 'warmup', epochs: config.epochs.warmup, model: this.#searched, controls } as const;
    return yield* this.#phase(run, variablesOf(this.#searched), { optimizer });
  }

  /** @param taskLoss the strengths' reference; null takes the first batch's, whose step then goes unpunished */
  async *#search(stage: Stage, phase: 'search' | 'masks', taskLoss: number | null): AsyncGenerator<SearchEvent, void> {
    const { epochs, earlyStop } = this.config;
    const model = this.#searched;
    const variables = variablesOf(model);
    let reference = taskLoss;
    const onLoss = (loss: number) => {
      reference ??= loss;
    };
    const controls = (position: Position) => this.#searchControls(position, () => reference);
    const run = { phase, epochs: epochs.search, model, controls, onLoss } as const;
    const choices = { batches: this.#data.searchBatches(stage) };
    if (earlyStop.patience > 0) {
      const from = Math.floor(earlyStop.searchFrom * epochs.search);
      yield* this.#keepBest(run, variables, new BestEpoch(variables, earlyStop.patience, from), choices);
    } else yield* this.#phase(run, variables, choices);
    yield* this.#measure(stage === 'supernet' ? 'supernet' : 'masked', model);
  }

  /** The network that the stage before found becomes the next one's, with its values; the constraints stay. */
  async *#continueWith(stage: Stage): AsyncGenerator<SearchEvent, void> {
    if (this.#pressure.changed) yield this.#pressure.takeIn(null, this.#steps);
    const derived = await this.#discretise(this.#pressure.targets).catch((error: unknown) => {
      // Targets that became too tight meanwhile were told of, and may be raised again before the end: the run goes on.
      if (error instanceof WorkbenchError && error.code === 'infeasible-targets') return this.#discretise({});
      throw error;
    });
    yield this.#derivedEvent(derived);
    this.#choice = derived.choice;
    disposeModel(this.#searched);
    const { plan, parameters } = derived.model;
    this.#searched = modelOf(stage, plan, parameters, this.config, this.space);
    this.#pressure.begin(stage, narrowestTable(plan, channelMap(plan), this.space.metrics));
    await this.#estimateStatistics(this.#searched);
  }

  /** Training of a network whose architecture stays; the epoch that did best on the validation pictures is kept. */
  async *#finetune(phase: 'finetune' | 'seed', model: Model, epochsBefore = 0): AsyncGenerator<SearchEvent, void> {
    const { epochs, weightRate, earlyStop } = this.config;
    const variables = variablesOf(model);
    const run = { phase, epochs: epochs.finetune, epochsBefore, model, controls: this.#weightsOnly('finetune', weightRate) };
    yield* this.#keepBest(run, variables, new BestEpoch(variables, earlyStop.patience));
  }

  /** Controls of a phase without a search. */
  #weightsOnly(schedule: keyof SearchConfig['schedules'], rate: number): PhaseOptions['controls'] {
    const { config } = this;
    // eslint-disable-next-line require-yield -- nothing can change here, while phases of a search tell of moved targets
    return async function* (position: Position): AsyncGenerator<SearchEvent, StepControls> {
      return { ...frozen, weightRate: rateAt(config, schedule, rate, position) };
    };
  }

  /** Runs a phase that may end early, and goes back to its best epoch. */
  async *#keepBest(
    run: PhaseRun,
    variables: readonly Variable[],
    best: BestEpoch,
    choices?: PhaseChoices,
  ): AsyncGenerator<SearchEvent, void> {
    try {
      const onEpoch: PhaseRun['onEpoch'] = (validation, epoch) => best.take(validation, epoch);
      yield* this.#phase({ ...run, onEpoch }, variables, choices);
      best.restore();
    } finally {
      best.dispose();
    }
  }

  /** Runs a phase; when its loss leaves the finite numbers, the variables go back to the end of the last good epoch. */
  async *#phase(
    run: PhaseRun,
    variables: readonly Variable[],
    { batches = this.#data.trainingBatches(), ...choices }: PhaseChoices = {},
  ): AsyncGenerator<SearchEvent, PhaseSummary> {
    let good = new Snapshot(variables);
    const onEpoch: PhaseRun['onEpoch'] = (validation, epoch) => {
      good.dispose();
      good = new Snapshot(variables);
      return run.onEpoch?.(validation, epoch) ?? false;
    };
    try {
      const summary = yield* trainPhase({
        ...run,
        onEpoch,
        step: yield* this.#createStep(run, batches.sets, choices),
        batches,
        validate: () => this.#evaluate(run.model, this.#data.validation),
        host: this.dependencies.host,
        stepsBefore: this.#steps,
        eager: () => this.controls.eager,
      });
      this.#steps += summary.steps;
      if (summary.stepMs !== null) this.#stepMs[run.phase] = summary.stepMs;
      return summary;
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'loss-not-finite') good.restore();
      throw error;
    } finally {
      good.dispose();
    }
  }

  /** Tells of the step's kernels while they are compiled. */
  async *#createStep(
    { phase, model: { plan, parameters, architecture } }: PhaseRun,
    sets: BatchSource['sets'],
    { optimizer = 'adam' }: PhaseChoices,
  ): AsyncGenerator<SearchEvent, TrainingStep> {
    const { batchSize, weightDecay } = this.config;
    let prepared = { done: 0, total: 0 };
    let tell = () => {};
    const created = this.dependencies.createStep({
      plan,
      parameters,
      architecture,
      batchSize,
      optimizer,
      weightDecay,
      sets,
      randomSeed: () => this.#dropout.integer(2 ** 31),
      onPrepared: (done, total) => {
        prepared = { done, total };
        tell();
      },
    });
    let taken = false;
    try {
      for (;;) {
        const step = await Promise.race([created, new Promise<null>((resolve) => (tell = () => resolve(null)))]);
        if (step) {
          taken = true;
          return step;
        }
        yield { kind: 'preparing', phase, ...prepared };
      }
    } finally {
      // Whoever stops meanwhile has no use for the step.
      if (!taken)
        void created.then(
          (step) => step.dispose(),
          () => {},
        );
    }
  }

  async *#searchControls(position: Position, taskLoss: () => number | null): AsyncGenerator<SearchEvent, StepControls> {
    const { epoch, stepInPhase, stepsInPhase, turn } = position;
    const { architecture } = this.#searched;
    const reference = taskLoss();
    // Without warm-up the first step has no reference loss yet, so it goes unpunished; its own loss then serves.
    if (this.#pressure.changed || (reference !== null && !this.#pressure.armed)) {
      const state = reference === null ? null : { taskLoss: reference, costs: await architecture.readCosts() };
      yield this.#pressure.takeIn(state, this.#steps + stepInPhase);
    }
    architecture.advance(stepInPhase / stepsInPhase);
    const { weightRate, archRate } = this.config;
    return {
      weightRate: turn === 'architecture' ? 0 : rateAt(this.config, 'search', weightRate, position),
      archRate: turn === 'weights' ? 0 : rateAt(this.config, 'search', archRate, position),
      penalties: this.#pressure.penalties(epoch),
    };
  }

  async #discretise(targets: Targets): Promise<Derived> {
    const { architecture, parameters } = this.#searched;
    const { network, plan, choice, channels, parameters: own } = await architecture.discretise(targets, parameters);
    return { network, channels, choice: { ...this.#choice, ...choice }, model: { plan, parameters: own, architecture: null } };
  }

  #derivedEvent({ choice, channels, network, model }: Derived): SearchEvent {
    return { kind: 'derived', step: this.#steps, choice, channels, network, costs: costsOf(model.plan, this.space.metrics) };
  }

  async #estimateStatistics(model: Model): Promise<void> {
    const batches = this.#data.statisticsBatches();
    await estimateStatistics(model, batches, Math.min(STATISTICS_BATCHES, batches.perEpoch), () => this.dependencies.host.pause());
  }

  #evaluate(model: Model, data: EvaluationData): Promise<Validation> {
    const { createInference, host } = this.dependencies;
    return evaluate(model, data, createInference, () => host.pause());
  }

  /** Accuracy on the test pictures. */
  async *#measure(of: keyof Accuracies, model: Model): AsyncGenerator<SearchEvent, void> {
    const { accuracy } = await this.#evaluate(model, this.#data.test);
    this.#accuracies[of] = accuracy;
    yield { kind: 'accuracy', of, step: this.#steps, accuracy };
  }

  /** Costs are counted anew from the final network, not taken from the choice. */
  #finish(targets: Targets, compared: Targets, { choice, channels, network, model }: Derived): SearchEvent {
    const final = costsOf(model.plan, this.space.metrics);
    const reports = (wanted: Targets): ConstraintReport[] =>
      this.space.table.metrics.flatMap(({ id }) => {
        const target = wanted[id];
        const value = final[id] as number;
        return target === undefined ? [] : [{ metric: id, target, value, met: value <= target }];
      });
    const constraints = reports(targets);
    const broken = constraints.filter(({ met }) => !met);
    // Derivation has seen to it; should it be wrong by a rounding, nothing is passed off as found.
    if (broken.length > 0) throw missed(broken);
    return this.#report({
      choice,
      channels,
      network,
      constraints,
      objectives: reports(compared),
      accuracy: { ...this.#accuracies } as Accuracies,
      costs: { seedNetwork: this.space.seedCosts, final },
      timing: { stepMs: { ...this.#stepMs }, totalMs: this.dependencies.host.now() - this.#started },
    });
  }

  #report(result: SearchResult): SearchEvent {
    this.#result = result;
    return { kind: 'result', step: this.#steps, result };
  }
}

/** Controls of a step that leaves the architecture alone. */
const frozen = { archRate: 0, penalties: [] } as const;

function rateAt({ schedules }: SearchConfig, phase: keyof SearchConfig['schedules'], base: number, at: Position): number {
  return scheduledRate(schedules[phase], base, { epoch: at.epoch, share: at.stepInPhase / at.stepsInPhase });
}

function variablesOf({ parameters, architecture }: Model): Variable[] {
  return [...parameters.values(), ...(architecture?.alphas.values() ?? [])];
}
