/**
 * The search: warm-up, search, derivation and fine-tuning of one network under constraints. Everything that runs a search
 * (the worker, the command line, the tests) iterates over `run()`; nothing else trains.
 */
import type { Variable } from '@tensorflow/tfjs-core';
import { costTable } from '../cost/costTable';
import { layerTable } from '../cost/layerTable';
import { macs } from '../cost/macs';
import { costOf } from '../cost/terms';
import { TrainingBatches } from '../data/batches';
import { assertEnough, normalizationOf, splitPictures, type Dataset, type Normalization, type Pictures } from '../data/dataset';
import { WorkbenchError } from '../errors';
import { chooseCandidates, type Choice } from '../network/choose';
import type { Network } from '../network/network';
import { createParameters, disposeParameters, initialWeights, shareParameters } from '../network/parameters';
import { planNetwork, type NetworkPlan } from '../network/plan';
import { createRandom, type Random } from '../random';
import { assertFeasible, bestWithin, infeasible, shortfall, type ConstraintReport, type Targets } from './constraints';
import { estimateStatistics, evaluate, type EvaluationData, type Model } from './evaluate';
import type { Accuracies, Phase, PhasePlan, SearchEvent, SearchResult } from './events';
import { geometric, scheduledRate } from './learningRate';
import { Pressure, type Controls } from './pressure';
import type { SearchConfig } from './searchConfig';
import { Snapshot } from './snapshot';
import { costsOf, searchSpace, type SearchSpace } from './space';
import { SuperNet } from './supernet';
import { trainPhase, type Host, type PhaseOptions, type PhaseSummary, type Position } from './trainPhase';
import type { StepControls, StepFactory, TrainingStep } from './trainingStep';

/** Largest shift of a training picture in pixels, when augmentation is on. */
const SHIFT = 3;
/** Training batches from which batch-norm statistics are estimated afresh. */
const STATISTICS_BATCHES = 40;

export interface SearchDependencies {
  readonly host: Host;
  readonly createStep: StepFactory;
}

/** The derived network while it is trained, and what is known of it. */
interface Derived {
  readonly model: Model;
  readonly choice: Choice;
  readonly network: Network;
}

export class Search {
  readonly space: SearchSpace;
  readonly #pressure: Pressure;
  readonly #random: { readonly batches: Random; readonly dropout: Random };
  readonly #train: Pictures;
  readonly #validation: EvaluationData;
  readonly #test: EvaluationData;
  readonly #normalization: Normalization;
  readonly #supernet: Model & { readonly supernet: SuperNet };
  #derived: Derived | null = null;
  #seedAccuracy: number | undefined;
  #supernetAccuracy = NaN;
  #result: SearchResult | null = null;
  #searched = false;
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
    private readonly dataset: Dataset,
    private readonly controls: Controls,
    private readonly dependencies: SearchDependencies,
  ) {
    this.#started = dependencies.host.now();
    this.space = searchSpace(config, dataset.classNames.length);
    assertFeasible(this.space.table, controls.targets);
    // What is limited from the start is steered by; everything that can be limited is counted, and may be limited when deriving.
    const steered = this.space.metrics.filter(({ id }) => config.targets[id] !== undefined);
    const steeredBy = steered.map(({ id }) => id);
    this.#pressure = new Pressure(this.space.table, controls, config.epochs.search, steeredBy);
    const random = (stream: string) => createRandom(config.randomSeed, stream);
    this.#random = { batches: random('batches'), dropout: random('dropout') };
    const { train, validation } = splitPictures(dataset.train, config.validationShare, random('split'));
    assertEnough({ ...dataset, train }, config.batchSize);
    this.#train = train;
    this.#normalization = normalizationOf(train, dataset.shape[2]);
    const evaluation = { shape: dataset.shape, normalization: this.#normalization, batchSize: config.batchSize };
    this.#validation = { ...evaluation, pictures: validation };
    this.#test = { ...evaluation, pictures: dataset.test };
    const plan = this.space.supernet;
    this.#supernet = {
      plan,
      parameters: createParameters(plan, initialWeights(plan, random('weights'))),
      supernet: new SuperNet(plan, costTable(plan, steered)),
    };
  }

  /** The whole search. Ends with a `result` event. */
  async *run(): AsyncGenerator<SearchEvent, void> {
    yield { kind: 'started', phases: this.#phases(), seedCosts: this.space.seedCosts };
    yield this.#pressure.takeIn(null, this.#steps);
    const { epochs, seedNetwork } = this.config;
    const warmup = yield* this.#trainSupernet('warmup', epochs.warmup, (position) => this.#warmupControls(position));
    let taskLoss = warmup.lastLoss;
    const onLoss = (loss: number) => {
      if (Number.isNaN(taskLoss)) taskLoss = loss;
    };
    yield* this.#trainSupernet('search', epochs.search, (position) => this.#searchControls(position, () => taskLoss), onLoss);
    this.#searched = true;
    this.#supernetAccuracy = (await this.#evaluate(this.#supernet, this.#test)).accuracy;
    yield this.#accuracy('supernet', this.#supernetAccuracy);
    if (seedNetwork) yield* this.trainSeedNetwork();
    yield* this.derive();
  }

  /** Whether `derive` may be called: the search phase is over. */
  get searched(): boolean {
    return this.#searched;
  }

  get result(): SearchResult | null {
    return this.#result;
  }

  /** The network that a person can take away: the derived one, else the supernet as it stands. */
  get model(): Model {
    return this.#derived?.model ?? this.#supernet;
  }

  /**
   * Derives a network under the targets in force now and fine-tunes it. May be called again after the targets moved.
   * @throws WorkbenchError `infeasible-targets` when they cannot be met
   */
  async *derive(): AsyncGenerator<SearchEvent, void> {
    if (this.#pressure.changed) yield this.#pressure.takeIn(null, this.#steps);
    const targets = this.#pressure.targets;
    const derived = await this.#discretise(targets);
    if (this.#derived) disposeParameters(this.#derived.model.parameters);
    this.#derived = derived;
    const { model, choice, network } = derived;
    yield { kind: 'derived', step: this.#steps, choice, network, costs: costsOf(model.plan, this.space.metrics) };
    await this.#estimateStatistics(model);
    const before = await this.#evaluate(model, this.#test);
    yield this.#accuracy('derived', before.accuracy);
    if (this.config.epochs.finetune > 0) yield* this.#finetune('finetune', this.config.epochs.finetune, model);
    const after = this.config.epochs.finetune > 0 ? await this.#evaluate(model, this.#test) : before;
    yield this.#accuracy('final', after.accuracy);
    yield this.#finish(targets, derived, { supernet: this.#supernetAccuracy, derived: before.accuracy, final: after.accuracy });
  }

  /** Trains the seed network from scratch for as many epochs as the whole search, and reports its accuracy. */
  async *trainSeedNetwork(): AsyncGenerator<SearchEvent, void> {
    const { warmup, search, finetune } = this.config.epochs;
    const plan = this.space.seed;
    const weights = initialWeights(plan, createRandom(this.config.randomSeed, 'seed weights'));
    const model: Model = { plan, parameters: createParameters(plan, weights), supernet: null };
    try {
      yield* this.#finetune('seed', warmup + search + finetune, model);
      this.#seedAccuracy = (await this.#evaluate(model, this.#test)).accuracy;
    } finally {
      disposeParameters(model.parameters);
    }
    yield this.#accuracy('seedNetwork', this.#seedAccuracy);
    if (this.#result) yield this.#report({ ...this.#result, accuracy: { ...this.#result.accuracy, seedNetwork: this.#seedAccuracy } });
  }

  dispose(): void {
    disposeParameters(this.#supernet.parameters);
    this.#supernet.supernet.dispose();
    if (this.#derived) disposeParameters(this.#derived.model.parameters);
    this.#derived = null;
  }

  #phases(): PhasePlan[] {
    const { epochs, batchSize, seedNetwork } = this.config;
    const stepsPerEpoch = Math.floor(this.#train.count / batchSize);
    const size = (plan: NetworkPlan) => layerTable(plan).reduce((total, row) => total + costOf(macs(row), row), 0);
    const supernet = size(this.space.supernet);
    const seed = size(this.space.seed);
    return [
      { phase: 'warmup', epochs: epochs.warmup, stepsPerEpoch, macs: supernet },
      { phase: 'search', epochs: epochs.search, stepsPerEpoch, macs: supernet },
      ...(seedNetwork
        ? [{ phase: 'seed' as const, epochs: epochs.warmup + epochs.search + epochs.finetune, stepsPerEpoch, macs: seed }]
        : []),
      { phase: 'finetune', epochs: epochs.finetune, stepsPerEpoch, macs: seed },
    ];
  }

  async *#trainSupernet(
    phase: 'warmup' | 'search',
    epochs: number,
    controls: PhaseOptions['controls'],
    onLoss?: (loss: number) => void,
  ): AsyncGenerator<SearchEvent, PhaseSummary> {
    const variables = [...this.#supernet.parameters.values(), ...this.#supernet.supernet.alphas.values()];
    return yield* this.#phase({ phase, epochs, model: this.#supernet, controls, ...(onLoss && { onLoss }) }, variables);
  }

  /** Training of a network without mixed operations; the epoch that did best on the validation pictures is kept. */
  async *#finetune(phase: 'finetune' | 'seed', epochs: number, model: Model): AsyncGenerator<SearchEvent, void> {
    const { weightRate, finetuneSchedule } = this.config;
    // The start stands in for an epoch until there is one, so that memory is the same in every epoch.
    let best = { accuracy: -1, loss: Infinity, snapshot: new Snapshot(model.parameters.values()) };
    const onEpoch = async ({ accuracy, loss }: { accuracy: number; loss: number }) => {
      if (accuracy < best.accuracy || (accuracy === best.accuracy && loss >= best.loss)) return;
      best.snapshot.dispose();
      best = { accuracy, loss, snapshot: new Snapshot(model.parameters.values()) };
    };
    // eslint-disable-next-line require-yield -- nothing can change here, while phases of a search tell of moved targets
    const controls = async function* ({ stepInPhase, stepsInPhase }: Position): AsyncGenerator<SearchEvent, StepControls> {
      return { weightRate: scheduledRate(finetuneSchedule, weightRate, stepInPhase / stepsInPhase), archRate: 0, penalties: [] };
    };
    try {
      yield* this.#phase({ phase, epochs, model, controls, onEpoch }, [...model.parameters.values()]);
      best.snapshot.restore();
    } finally {
      best.snapshot.dispose();
    }
  }

  /** Runs a phase; when its loss leaves the finite numbers, the variables go back to the end of the last good epoch. */
  async *#phase(
    options: Pick<PhaseOptions, 'phase' | 'epochs' | 'model' | 'controls' | 'onLoss' | 'onEpoch'>,
    variables: readonly Variable[],
  ): AsyncGenerator<SearchEvent, PhaseSummary> {
    const { config } = this;
    let good = new Snapshot(variables);
    const onEpoch = async (validation: { loss: number; accuracy: number }) => {
      good.dispose();
      good = new Snapshot(variables);
      await options.onEpoch?.(validation);
    };
    const batches = new TrainingBatches(
      this.#train,
      this.dataset.shape,
      this.#normalization,
      config.batchSize,
      config.augment ? { flip: true, shift: SHIFT } : null,
      this.#random.batches,
    );
    try {
      const summary = yield* trainPhase({
        ...options,
        onEpoch,
        step: await this.#createStep(options.model),
        batches,
        validation: this.#validation,
        host: this.dependencies.host,
        stepsBefore: this.#steps,
        eager: () => this.controls.eager,
      });
      this.#steps += options.epochs * batches.perEpoch;
      if (options.epochs > 0) this.#stepMs[options.phase] = summary.stepMs;
      return summary;
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'loss-not-finite') good.restore();
      throw error;
    } finally {
      good.dispose();
    }
  }

  #createStep({ plan, parameters, supernet }: Model): Promise<TrainingStep> {
    return this.dependencies.createStep({
      plan,
      parameters,
      supernet,
      batchSize: this.config.batchSize,
      optimizer: 'adam',
      weightDecay: this.config.weightDecay,
      randomSeed: () => this.#random.dropout.integer(2 ** 31),
    });
  }

  /** Warm-up trains weights only; a target that moves meanwhile is kept for the search. */
  async *#warmupControls(position: Position): AsyncGenerator<SearchEvent, StepControls> {
    if (this.#pressure.changed) yield this.#pressure.takeIn(null, this.#steps + position.stepInPhase);
    return { weightRate: this.config.weightRate, archRate: 0, penalties: this.#pressure.penalties(0) };
  }

  async *#searchControls(
    { epoch, stepInPhase, stepsInPhase }: Position,
    taskLoss: () => number,
  ): AsyncGenerator<SearchEvent, StepControls> {
    const ready = !Number.isNaN(taskLoss());
    // Without warm-up the first step has no reference loss yet, so it goes unpunished; its own loss then serves.
    if (this.#pressure.changed || (ready && !this.#pressure.armed)) {
      const state = ready ? { taskLoss: taskLoss(), costs: await this.#supernet.supernet.readCosts() } : null;
      yield this.#pressure.takeIn(state, this.#steps + stepInPhase);
    }
    const { weightRate, archRate, temperature } = this.config;
    this.#supernet.supernet.temperature = geometric(temperature.start, temperature.end, stepInPhase / stepsInPhase);
    return { weightRate, archRate, penalties: this.#pressure.penalties(epoch) };
  }

  /** Chooses the candidates of greatest joint weight that meet the targets; the network takes over the supernet's values. */
  async #discretise(targets: Targets): Promise<Derived> {
    const { table, supernet } = this.space;
    const weights = await this.#supernet.supernet.readLogProbabilities();
    const picks = bestWithin(table, targets, weights);
    if (!picks) throw infeasible(shortfall(table, targets) ?? []);
    const choice = Object.fromEntries(
      this.#supernet.supernet.mixedOps.map(({ id, candidates }, index) => [id, candidates[picks[index] as number]?.name as string]),
    );
    const network = chooseCandidates(supernet.network, choice);
    const plan = planNetwork(network);
    return { choice, network, model: { plan, parameters: shareParameters(plan, this.#supernet.parameters), supernet: null } };
  }

  async #estimateStatistics(model: Model): Promise<void> {
    const { batchSize, randomSeed } = this.config;
    const random = createRandom(randomSeed, 'statistics');
    const batches = new TrainingBatches(this.#train, this.dataset.shape, this.#normalization, batchSize, null, random);
    await estimateStatistics(model, batches, Math.min(STATISTICS_BATCHES, batches.perEpoch), () => this.dependencies.host.pause());
  }

  #evaluate(model: Model, data: EvaluationData) {
    return evaluate(model, data, () => this.dependencies.host.pause());
  }

  #accuracy(of: keyof Accuracies, accuracy: number): SearchEvent {
    return { kind: 'accuracy', of, step: this.#steps, accuracy };
  }

  /** Costs are counted anew from the final network, not taken from the choice. */
  #finish(targets: Targets, { choice, network, model }: Derived, accuracy: Accuracies): SearchEvent {
    const final = costsOf(model.plan, this.space.metrics);
    const constraints: ConstraintReport[] = this.space.table.metrics.flatMap(({ id }) => {
      const target = targets[id];
      const value = final[id] as number;
      return target === undefined ? [] : [{ metric: id, target, value, met: value <= target }];
    });
    return this.#report({
      choice,
      network,
      constraints,
      accuracy: { ...(this.#seedAccuracy !== undefined && { seedNetwork: this.#seedAccuracy }), ...accuracy },
      costs: { seedNetwork: this.space.seedCosts, final },
      timing: { stepMs: { ...this.#stepMs }, totalMs: this.dependencies.host.now() - this.#started },
    });
  }

  #report(result: SearchResult): SearchEvent {
    this.#result = result;
    return { kind: 'result', step: this.#steps, result };
  }
}
