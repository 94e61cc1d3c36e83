/**
 * One run: a strategy's search, the derivation of a network that meets the targets, its fine-tuning and its report. Everything that
 * runs a search (the worker, the command line, the tests) iterates over `run()`; no other code trains.
 */
import type { Dataset, ExampleSet } from '../data/dataset';
import { assertFeasible, enforced } from '../search/constraints/reach';
import { missed } from '../search/constraints/sentences';
import type { ConstraintReport } from '../search/constraints/constraint';
import type { Targets } from '../cost/metrics';
import type { Model } from '../search/training/engine';
import type { EvaluationData } from '../search/training/evaluate';
import { alikeEpochs } from '../search/alikeEpochs';
import { withCompared, type Qualities, type PhasePlan, type SearchEvent, type SearchResult } from '../search/events';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { Told } from '../language/told';
import type { NetworkPlan } from '../network/plan';
import { checkConfig } from '../config/checkConfig';
import { Journal, type SearchState } from '../search/journal';
import { SearchKit, type SearchDependencies } from '../search/kit';
import type { Controls } from '../search/pressure';
import type { SearchConfig } from '../config/searchConfig';
import { disposeModel } from '../search/searchedModel';
import { trainFromScratch } from '../search/seedNetwork';
import { costsOf, searchSpace, type SearchSpace } from '../search/space';
import { capacities } from '../search/constraints/targets';
import { expectedPlan } from '../strategies/budget';
import { searchesOf, strategyFor } from '../strategies/index';
import type { Derivation, Derived, Searches, Strategy } from '../strategies/strategy';
import { compare } from './comparison';

export class Search {
  readonly space: SearchSpace;
  /** Warnings to read before the search starts. */
  readonly warnings: readonly Told[];
  readonly #strategy: Strategy;
  readonly #searches: Searches;
  readonly #kit: SearchKit;
  /** How many networks a strategy without gradients has to choose from; null where they cannot be listed. */
  readonly #fitting: number | null;
  /** Derives a network; null until the search itself is over. */
  #derivation: Derivation | null = null;
  #derived: Derived | null = null;
  #result: SearchResult | null = null;
  readonly #started: number;

  /**
   * Splits the data; trains nothing yet.
   *
   * @param controls targets in force; the host may change them while the search runs
   * @param journal what an earlier sitting has done, to go on from there; by default nothing, and nothing is kept for a later one
   * @throws WorkbenchError `infeasible-targets` when no network in the space meets the targets, with the reachable minimum;
   *   `invalid-data` or `invalid-setting` when data or config cannot be used
   */
  constructor(
    readonly config: SearchConfig,
    dataset: Dataset,
    controls: Controls,
    private readonly dependencies: SearchDependencies,
    private readonly journal = new Journal(false),
  ) {
    this.#started = dependencies.host.now() - journal.earlierMs;
    checkConfig(config);
    this.#strategy = strategyFor(config.method);
    const searches = searchesOf(this.#strategy, config);
    if (config.objective && !this.#strategy.gradients)
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('{method} has no penalty, so it cannot make costs an objective; limit them by targets', { method: config.method }),
      );
    this.#searches = searches;
    this.space = searchSpace({ ...config, searches }, dataset.classNames.length);
    const targets = enforced(controls.targets, config.objective, capacities(this.space));
    assertFeasible(this.space.table, targets);
    this.#kit = new SearchKit(config, this.space, dataset, searches, controls, dependencies, journal);
    const listed = this.#strategy.gradients ? null : this.#kit.networks.list(targets);
    this.#fitting = listed && listed.length;
    this.warnings = [...this.#kit.data.warnings, ...this.space.warnings];
  }

  /** Whether all that was trained is known here. On a graphics card it is once an eager step has been read. */
  get capturable(): boolean {
    return this.journal.unread === 0;
  }

  /**
   * Everything that a later sitting needs to go on from here. Call it only while the search waits for its host's `pause`, or when it is
   * over, and only where it is capturable with a journal that keeps.
   */
  capture(): Promise<SearchState> {
    return this.journal.capture(this.#elapsedMs());
  }

  /** The whole search, or what is left of one that goes on. Ends with a `result` event. */
  async *run(): AsyncGenerator<SearchEvent, void> {
    yield {
      kind: 'started',
      phases: this.#phases(),
      seedCosts: this.space.seedCosts,
      warnings: this.warnings,
      validation: this.#kit.task.validation.id,
      ...(this.#fitting !== null && { fitting: this.#fitting }),
    };
    const events = this.#events();
    if (!this.journal.replays()) yield* events;
    // An earlier sitting has told what comes before the point where this one goes on.
    else
      for await (const event of events) {
        if (event.kind === 'result') this.journal.goOn();
        if (!this.journal.replays()) yield event;
      }
  }

  async *#events(): AsyncGenerator<SearchEvent, void> {
    yield* this.#kit.takeInTargets();
    this.#derivation = yield* this.#strategy.search(this.#kit);
    if (this.config.seedNetwork) yield* this.trainSeedNetwork();
    yield* this.derive();
  }

  /** Whether `derive` may be called, because the search phase is over. */
  get searched(): boolean {
    return this.#derivation !== null;
  }

  /** The examples that weights learn from. */
  get trainingSet(): ExampleSet {
    return this.#kit.data.trainingSet;
  }

  /** The examples that networks are measured on, which nothing learns from. */
  get testSet(): EvaluationData {
    return this.#kit.data.test;
  }

  get result(): SearchResult | null {
    return this.#result;
  }

  /**
   * The network that a person can download: the derived one, else the one being searched in its current state; null before there is
   * one.
   */
  get model(): Model | null {
    return this.#derived?.model ?? this.#kit.held;
  }

  /**
   * Derives a network under the current targets and fine-tunes it. Call it only after the search phase. It may run again after the
   * targets moved; if it ends early, the previous result stays.
   * @throws WorkbenchError `infeasible-targets` when the targets cannot be met
   */
  async *derive(): AsyncGenerator<SearchEvent, void> {
    const kit = this.#kit;
    yield* kit.takeInTargets();
    const { targets, compared } = kit.pressure;
    const derived = yield* (this.#derivation as Derivation)(targets);
    const [before, qualities, result] = [this.#derived, kit.qualities, this.#result];
    this.#derived = derived;
    const { model } = derived;
    try {
      yield kit.derivedEvent(derived);
      await kit.estimateStatistics(model);
      yield* kit.measure('derived', model);
      const { epochs = this.config.epochs.finetune } = derived;
      if (epochs > 0) yield* kit.finetune('finetune', model, { epochs });
      yield* kit.measure('final', model);
      yield this.#finish(targets, compared, derived);
    } finally {
      if (before && this.#result === result) {
        this.#derived = before;
        kit.qualities = qualities;
        disposeModel(model);
      } else if (before) disposeModel(before.model);
    }
  }

  /** Trains the seed network like the search, and adds its quality to the result if there is one. */
  async *trainSeedNetwork(): AsyncGenerator<SearchEvent, void> {
    const kit = this.#kit;
    if (this.#result) yield { kind: 'planned', phases: [this.#seedPlan()] };
    yield* trainFromScratch(kit, this.space.seed, this.#searches.length, 'seedNetwork');
    if (!this.#result) return;
    const timing = { ...this.#result.timing, stepMs: kit.stepMs };
    yield this.#report({ ...this.#result, quality: this.#qualities(), timing });
  }

  /** Trains any network like the seed network, and reports its quality as a final one's. For comparisons, in place of `run`. */
  async *trainFromScratch(plan: NetworkPlan): AsyncGenerator<SearchEvent, void> {
    yield* trainFromScratch(this.#kit, plan, this.#searches.length, 'final');
  }

  /** Multiply-accumulates of an epoch of a network's training. */
  epochMacs(plan: NetworkPlan): number {
    return this.#kit.workOf([this.#kit.plan('seed', 1, plan)]);
  }

  /**
   * Trains the largest networks under the result's targets, the found one and random ones from scratch. Each is added to the result
   * once it is trained, and none is trained again.
   * @param random how many more random networks
   */
  async *compare(random: number): AsyncGenerator<SearchEvent, void> {
    const { choice, channels, constraints, comparison: done = [] } = this.#result as SearchResult;
    const found = { plan: (this.#derived as Derived).model.plan, choice, channels };
    const targets = Object.fromEntries(constraints.map(({ metric, target }) => [metric, target]));
    for await (const event of compare(this.#kit, { found, targets, done, random, searches: this.#searches.length })) {
      if (event.kind === 'compared') this.#result = withCompared(this.#result as SearchResult, event);
      yield event;
    }
  }

  dispose(): void {
    this.#kit.dispose();
    if (this.#derived) disposeModel(this.#derived.model);
    this.#derived = null;
  }

  #phases(): PhasePlan[] {
    const kit = this.#kit;
    const { seedNetwork, epochs } = this.config;
    const own = this.#strategy.phases(kit);
    const finetune = own.find(({ phase }) => phase === 'finetune') ?? kit.plan('finetune', epochs.finetune, expectedPlan(kit));
    const before = own.filter((plan) => plan !== finetune);
    return [...before, ...(seedNetwork ? [this.#seedPlan()] : []), finetune];
  }

  #seedPlan(): PhasePlan {
    return this.#kit.plan('seed', alikeEpochs(this.config, this.#searches.length), this.space.seed);
  }

  /** Reports the result. Costs are recounted from the final network instead of taken from the choice, to check the derivation. */
  #finish(targets: Targets, compared: Targets, { choice, channels, network, model }: Derived): SearchEvent {
    const kit = this.#kit;
    const final = costsOf(model.plan, this.space.metrics);
    const reports = (wanted: Targets): ConstraintReport[] =>
      this.space.table.metrics.flatMap(({ id }) => {
        const target = wanted[id];
        const value = final[id] as number;
        return target === undefined ? [] : [{ metric: id, target, value, met: value <= target }];
      });
    const constraints = reports(targets);
    const broken = constraints.filter(({ met }) => !met);
    // The derivation should have met every target; if a rounding error breaks one, the network must not pass as found.
    if (broken.length > 0) throw missed(broken);
    return this.#report({
      choice,
      channels,
      network,
      constraints,
      objectives: reports(compared),
      quality: this.#qualities(),
      ...(kit.parts.length > 0 && { qualityParts: kit.parts }),
      costs: { seedNetwork: this.space.seedCosts, final },
      timing: { stepMs: kit.stepMs, totalMs: this.#elapsedMs() },
      trainedMacs: kit.trainedMacs,
    });
  }

  /** With the time of earlier sittings. */
  #elapsedMs(): number {
    return this.dependencies.host.now() - this.#started;
  }

  #qualities(): SearchResult['quality'] {
    return { id: this.#kit.task.quality.id, ...(this.#kit.qualities as Qualities) };
  }

  #report(result: SearchResult): SearchEvent {
    this.#result = result;
    return { kind: 'result', step: this.#kit.steps, result };
  }
}
