/**
 * The application: its state, its curves, and a person's actions. Only this class turns the worker's events into
 * state and actions into the worker's commands.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendChoice, BackendName } from '../backends/backend';
import type { DatasetClient } from '../client/datasetClient';
import type { SearchClient } from '../client/searchClient';
import type { MetricId } from '../core/cost/metrics';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { Dataset } from '../core/data/dataset';
import { asWorkbenchError } from '../core/errors';
import type { RunRecord } from '../keep/keptRun';
import { enforced, shortfall } from '../core/search/constraints/reach';
import type { Targets } from '../core/cost/metrics';
import type { Easing } from '../core/search/divergence';
import type { SearchEvent } from '../core/search/events';
import { verdict } from '../core/runs/comparisonText';
import { ProgressMeter } from '../core/runs/progress';
import { withValue, type Path } from '../core/config/choice';
import type { Value } from '../core/config/domain';
import type { PresetName } from '../core/config/searchConfig';
import { taskFor, tasks, type Task } from '../core/tasks/index';
import { capacities, startingTarget, startingTargets, withinDevice } from '../core/search/constraints/targets';
import { sentencesText } from '../core/language/lists';
import { sayLater } from '../core/language/told';
import type { DataLimits, DatasetSummary, EventBatch, SearchCommands, SpaceSummary } from '../protocol/protocol';
import { moving } from '../protocol/moving';
import { announcementFor } from './announcements';
import { comparisonTime } from './comparisonTime';
import { configOf, objectiveOf } from './configOf';
import { ChosenDevice } from './chosenDevice';
import { Curves } from './curves';
import { curvesFor } from './curvesFor';
import { watchData } from './dataCheck';
import { HubData } from './hubData';
import { initialState } from './initialState';
import { Int8Export } from './int8Export';
import { loadExamples } from './loadExamples';
import { methodFor } from './methodFor';
import { OpenedFiles } from './openedFiles';
import { OwnData } from './ownData';
import { reduceRun } from './reduceRun';
import { searchesOf } from './searchesOf';
import { ReplacedSettings, type AdoptedSettings } from './replacedSettings';
import { SettingsHistory } from './settingsHistory';
import { spaceOf } from './spaceOf';
import type { ShownRun } from './shownRun';
import { idleRun, type ChosenObjective, type WorkbenchState } from './state';

export class Workbench {
  readonly store: StoreApi<WorkbenchState>;
  /** The curves of the current run; a new object for each run, and for each space. */
  readonly curves: StoreApi<Curves>;
  readonly device: ChosenDevice;
  readonly own: OwnData;
  readonly hub: HubData;
  readonly int8: Int8Export;
  readonly opened: OpenedFiles;
  readonly history: SettingsHistory;
  readonly #replaced: ReplacedSettings;
  #client: SearchClient;
  #meter = new ProgressMeter();
  #revision = 0;
  /** Whether the run under way has its result from an earlier sitting. */
  #loads = false;
  #ready: Promise<void>;
  /** Until built-in examples, ranges and targets are those of the task and the method chosen last; a start waits for it. */
  #adapting: Promise<void> = Promise.resolve();

  /**
   * @param connect makes the client, which passes the worker's events and its death to the two functions given
   * @param datasets reads a person's own examples
   */
  constructor(connect: (onEvents: (batch: EventBatch) => void, onDeath: (error: Error) => void) => SearchClient, datasets: DatasetClient) {
    this.store = createStore<WorkbenchState>(() => initialState(tasks[0] as Task));
    this.curves = createStore(() => new Curves([], new Map()));
    this.#client = connect(
      (batch) => this.#take(batch),
      (error) => {
        // The worker's results are lost already, so there is nothing to ask about.
        this.#set({ workerLost: true, run: { ...this.state.run, unsaved: false } });
        this.#fail(error);
      },
    );
    this.device = new ChosenDevice(
      {
        store: this.store,
        describe: (device) => this.#describeSpace({ device }),
        take: (space, adapt) => this.#takeSpace(space, adapt),
      },
      this.#client,
    );
    this.int8 = new Int8Export(this.store, this.#client);
    this.opened = new OpenedFiles(this.store, this.#client);
    const use = (load: () => Promise<Dataset | null>) =>
      this.#load(async () => {
        const dataset = await load();
        return dataset && this.#client.call('useExamples', moving(dataset, dataset));
      }, null);
    const chooseTask = (id: string) => this.chooseTask(id);
    this.own = new OwnData({ store: this.store, use, chooseTask, now: () => performance.now() }, datasets);
    this.hub = new HubData({ store: this.store, use }, datasets, this.own);
    this.#replaced = new ReplacedSettings({
      store: this.store,
      ready: () => this.#ready,
      useBuiltInData: () => this.useBuiltInData(),
      renewSpace: () => this.chooseMethod(this.state.method),
      aim: (targets) => this.#aim(targets),
      clearRun: () => this.#clearRun(),
      renewCurves: () => this.#renewCurves(),
    });
    this.history = new SettingsHistory(this.store, (settings) => this.#replaced.restore(settings));
    this.#ready = this.#open();
    watchData(this.store, (config, limits) => this.#client.call('checkData', config, limits));
  }

  get state(): WorkbenchState {
    return this.store.getState();
  }

  /** What is learnt. */
  get task(): Task {
    return taskFor(this.state.task);
  }

  /** Another task, on its built-in examples and with its own quick preset; its own method too unless a person chose one that can search it. */
  async chooseTask(id: string): Promise<void> {
    this.#set({ task: id, space: null, dataError: null, method: methodFor(taskFor(id), this.state) });
    this.choosePreset('quick');
    await this.useBuiltInData();
  }

  async pickBackend(choice: BackendChoice): Promise<void> {
    this.#set({ backend: { state: 'starting', choice } });
    try {
      const started = await this.#client.call('startBackend', choice);
      this.#set({ backend: { state: 'ready', choice, started } });
    } catch (error) {
      const { told } = asWorkbenchError(error);
      this.#set({ backend: { state: 'failed', choice, message: told } });
    }
  }

  useBuiltInData(): Promise<void> {
    return (this.#adapting = this.#load(() => this.#client.call('useBuiltInData', this.state.task), this.task.builtIn.counts));
  }

  /** What the examples look like, and how many of each class a search would learn from. @throws WorkbenchError why it would refuse them */
  lookAtData = () => this.#client.call('lookAtData', configOf(this.state), this.state.settings);

  /** Changes how many pictures are used. */
  change(settings: Partial<DataLimits>): void {
    this.#set({ settings: { ...this.state.settings, ...settings } });
  }

  /** Notes whether a field holds invalid text. */
  refuse(label: string, refused: boolean): void {
    const others = this.state.refused.filter((field) => field !== label);
    this.#set({ refused: refused ? [...others, label] : others });
  }

  /** Changes one choice. */
  choose(path: Path, value: Value): void {
    this.#set({ choices: withValue(this.state.choices, path, value) });
    if (path === 'space') void this.chooseMethod(this.state.method);
  }

  /** Takes all choices from a preset that it says something of. */
  choosePreset(presetName: PresetName): void {
    this.#set({ presetName, choices: { ...this.state.choices, ...this.task.presets[presetName] } });
  }

  /** Chooses a method. It may search another space, so the ranges of the targets are fetched anew. */
  chooseMethod(method: string): Promise<void> {
    this.#set({ method });
    this.#adapting = this.#adaptTo(method);
    return this.#adapting;
  }

  async #adaptTo(method: string): Promise<void> {
    const { task } = this.state;
    await this.#ready;
    try {
      const space = await this.#describeSpace({ method });
      if (this.state.method === method && this.state.task === task) this.#takeSpace(space, (targets) => withinDevice(space, targets));
    } catch (error) {
      this.#fail(asWorkbenchError(error));
    }
  }

  /** @param objective null makes all costs constraints */
  chooseObjective(objective: ChosenObjective | null): void {
    this.#set({ objective });
    this.#weighTargets();
  }

  /** Moves a target. A running search reads it at its next step. A target never exceeds the device's memory. */
  moveTarget(metric: MetricId, target: number): void {
    const { space, targets } = this.state;
    const moved = { ...targets, [metric]: target };
    this.#aim(space ? withinDevice(space, moved) : moved);
  }

  /** Limits a metric by its default target, or removes its limit. The device's own memory stays a limit. */
  limit(metric: MetricId, limited: boolean): void {
    const { space, targets } = this.state;
    if (!space) return;
    const { [metric]: lifted, ...others } = targets;
    this.#aim(withinDevice(space, limited ? { ...others, [metric]: startingTarget(space, metric) } : others));
    this.#renewCurves();
  }

  start(): Promise<void> {
    return this.#begin(false);
  }

  /** Until the page can be used. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** As `ReplacedSettings.adopt`. */
  adopt = (settings: AdoptedSettings, targets?: Targets) => this.#replaced.adopt(settings, targets);

  /**
   * Goes on with a kept run where its checkpoint is, under its settings, see `adopt`.
   * @param easing goes back to the last good epoch, and on from there with this gentler setting
   * @param show what it has told until then; `shownRun.ts`, which few visits need, makes it
   */
  async goOn(kept: RunRecord, backend: BackendName, show: (space: SpaceSummary) => ShownRun, easing?: Easing): Promise<void> {
    const { targets, revision } = kept.controls;
    await this.adopt(kept, targets);
    const { space, backend: now } = this.state;
    if (!space) return;
    if (now.state !== 'ready' || now.started.name !== backend) await this.pickBackend(backend);
    // Its targets are those that it has taken in, so they are not new to it.
    this.#revision = revision;
    this.#client.control({ revision, targets });
    const { run, meter, curves } = show(space);
    this.#meter = meter;
    this.#loads = kept.result !== null;
    this.curves.setState(curves, true);
    this.#set({ run: { ...run, state: 'idle', starting: true, activity: sayLater('Getting ready') } });
    await this.#command('goOn', kept.id, easing);
  }

  /** One training step: the first of a new run, or the next of a paused one. */
  async step(): Promise<void> {
    if (this.state.run.state === 'paused') await this.#command('step');
    else await this.#begin(true);
  }

  pause = () => this.#command('pause');
  resume = () => this.#command('resume');
  stop = () => this.#command('stop');
  derive = () => this.#command('derive');
  trainSeedNetwork = () => this.#command('trainSeedNetwork');
  compare = (random: number) => this.#command('compare', random);

  async reset(): Promise<void> {
    await this.#command('reset');
    this.#clearRun();
  }

  /**
   * Hands a file of the run over to be kept.
   * @param id of one of `exports`
   * @returns null where it cannot be made; why is shown where the run is
   */
  async export(id: string): Promise<Uint8Array | null> {
    try {
      const bytes = await this.#client.call('export', id);
      this.#set({ run: { ...this.state.run, unsaved: false } });
      return bytes;
    } catch (error) {
      const { told } = asWorkbenchError(error);
      this.#set({ run: { ...this.state.run, error: told } });
      return null;
    }
  }

  async #open(): Promise<void> {
    await this.#client.call('catalogue').then(
      (catalogue) => this.#set(catalogue),
      (error: unknown) => this.#fail(asWorkbenchError(error)),
    );
    // What a person sets needs no backend, which takes longer.
    await Promise.all([this.useBuiltInData(), this.pickBackend('automatic')]);
    await this.own.list();
  }

  async #begin(singleStep: boolean): Promise<void> {
    this.#clearRun();
    this.#set({ run: { ...idleRun, starting: true, activity: sayLater('Getting ready') } });
    await this.#ready;
    await this.#adapting;
    const [config, data] = [configOf(this.state), this.state.settings];
    this.#set({ run: { ...idleRun, starting: true, activity: sayLater('Getting ready'), asked: { config, data } } });
    await this.#command('start', config, data, singleStep);
  }

  /** Sends a command. Its error is shown as the run's. */
  async #command<Name extends keyof SearchCommands>(name: Name, ...args: Parameters<SearchCommands[Name]>): Promise<void> {
    try {
      await this.#client.call(name, ...args);
    } catch (error) {
      this.#fail(asWorkbenchError(error));
    }
  }

  #load(load: () => Promise<DatasetSummary | null>, counts: { trainCount: number; testCount: number } | null): Promise<void> {
    const place = {
      store: this.store,
      describe: () => this.#describeSpace(),
      take: (space: SpaceSummary, adapt: (targets: Targets) => Targets) => this.#takeSpace(space, adapt),
    };
    return loadExamples(place, load, counts);
  }

  #describeSpace({ device = this.state.device, method = this.state.method }: { device?: DeviceChoice; method?: string } = {}) {
    return this.#client.call('describeSpace', this.state.task, device, method, spaceOf({ ...this.state, method }));
  }

  #weighTargets(): void {
    const { space, targets, run } = this.state;
    if (!space) return;
    const inForce = enforced(targets, objectiveOf(this.state), capacities(space));
    const ofSpace = shortfall(space.table, inForce);
    this.#set({ shortfall: ofSpace, runShortfall: run.table ? shortfall(run.table, inForce) : ofSpace });
  }

  #clearRun(): void {
    this.#meter = new ProgressMeter();
    this.#loads = false;
    this.#set({ run: idleRun });
    this.#weighTargets();
    this.#renewCurves();
  }

  /** Empty curves for the targets as they are; those of a run stay. */
  #renewCurves(): void {
    const { space, targets, run } = this.state;
    if (space && run.state === 'idle') this.curves.setState(curvesFor(space, targets), true);
  }

  /** Replaces the space. The first one gets default targets; later ones adapt the present targets. */
  #takeSpace(space: SpaceSummary, adapt: (targets: Targets) => Targets): void {
    const first = this.state.space === null;
    this.#aim(first ? startingTargets(space) : adapt(this.state.targets), space);
    this.#clearRun();
  }

  #aim(targets: Targets, space = this.state.space): void {
    this.#revision += 1;
    this.#client.control({ revision: this.#revision, targets });
    this.#set({ space, targets });
    this.#weighTargets();
  }

  #take(batch: EventBatch): void {
    const events = batch.filter((event): event is SearchEvent => event.kind !== 'state' && event.kind !== 'kept');
    for (const event of events) this.#meter.add(event);
    this.curves.getState().addAll(events);
    const { run } = this.state;
    const next = batch.reduce(reduceRun, run);
    const { task } = this;
    const compared = run.comparing && !next.comparing ? next.result : null;
    const loads = this.#loads;
    // Whatever comes after it is trained now.
    if (next.result) this.#loads = false;
    const announcement = () =>
      sentencesText([...batch.map((event) => announcementFor(event, task, loads)), compared && verdict(compared, task.quality)]);
    const times = { progress: this.#meter.progress, comparisonMs: comparisonTime(this.#meter, next, searchesOf(this.state).length) };
    this.#set({ run: { ...next, ...times }, ...(announcement() !== '' && { announcement }) });
    if (next.table !== run.table) this.#weighTargets();
  }

  #fail(error: Error): void {
    const { code, told, details } = asWorkbenchError(error);
    const failed = { starting: false, activity: null, state: 'failed', error: told, failure: { code, message: told, details } } as const;
    this.#set({ run: { ...this.state.run, ...failed } });
  }

  #set(change: Partial<WorkbenchState>): void {
    this.store.setState(change);
  }
}
