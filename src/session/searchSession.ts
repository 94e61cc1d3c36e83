/**
 * Runs searches for a host: starts, holds, steps and ends them, and passes their events on. Lives in the search worker;
 * tests drive it directly. One search at a time.
 */
import type { Dataset } from '../core/data/dataset';
import { lookAt, type DataLook } from '../core/data/look';
import { readingOnPage } from '../core/data/reading';
import { sampleDataset } from '../core/data/sampling';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import type { Told } from '../core/language/told';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { MeasuredUnits } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import type { Easing } from '../core/search/divergence';
import type { SearchEvent } from '../core/search/events';
import type { Controls } from '../core/search/pressure';
import { identityOf, type RunIdentity } from '../core/runs/checkpoint/checkpointFile';
import { runDataOf, RunRecorder, type Environment } from '../core/runs/runFile';
import { Search } from '../core/runs/search';
import { Journal } from '../core/search/journal';
import type { SearchDependencies } from '../core/search/kit';
import type { SearchConfig } from '../core/config/searchConfig';
import { divide, divideAnyhow } from '../core/search/searchData';
import { taskFor } from '../core/tasks/index';
import { searchesOf, strategyFor } from '../core/strategies/index';
import type { RangeChoice } from '../core/quantize/ranges';
import type { InputScaling } from '../core/data/inputScaling';
import type { OpenedQuality } from '../exporters/opened/quality';
import { downloadPieces } from '../exporters/download';
import type { ExportedRun } from '../exporters/exporter';
import { downloadFor } from '../exporters/index';
import { int8Sizes, type Int8Sizes } from '../exporters/int8/sizes';
import { readOwnDevice } from '../importers/ownDeviceFile';
import type {
  CheckedConfig,
  ControlsMessage,
  DataLimits,
  DatasetSummary,
  ExamplesConfig,
  Measured,
  RunState,
  SpaceSummary,
  WireEvent,
} from '../protocol/protocol';
import { Gate } from './gate';
import { findKept, notToldAgain, type FoundRun } from './goOn';
import { ExportedRuns } from './exportedRuns';
import { int8Measuring } from './int8Measurement';
import { Measurement, type Tell } from './measurement';
import { OpenedNetworks } from './openedNetworks';
import type { RunKeeper } from './runKeeper';
import { keepRun, type Keeping } from './keepRun';
import { describeSpace } from './describeSpace';
import { underWay, type AtRest } from './underWay';

/** A search and its record. */
interface Run {
  readonly search: Search;
  readonly recorder: RunRecorder;
  readonly dataset: Dataset;
  /** Null where runs are not kept. */
  readonly keeper: RunKeeper | null;
}

/** Ends a search where it pauses. */
class Stopped extends Error {}

export class SearchSession {
  readonly #gate = new Gate();
  readonly #controls: Controls = { targets: {}, revision: 0, eager: false };
  /** A person's own examples; null for the built-in ones, which are made when they are needed. */
  #own: Dataset | null = null;
  /** The examples chosen last: a search is often started on those that were looked at before. */
  #chosen: { readonly key: string; readonly dataset: Dataset } | null = null;
  #run: Run | null = null;
  #state: RunState = 'idle';
  #single = false;
  #stopping = false;
  #driving: Promise<void> = Promise.resolve();
  readonly #exportedRuns = new ExportedRuns();
  readonly #measurement: Measurement;
  readonly opened = new OpenedNetworks();

  constructor(
    private readonly dependencies: SearchDependencies,
    private readonly emit: (event: WireEvent) => void,
    private readonly keeping: Keeping | null = null,
  ) {
    this.#measurement = new Measurement(dependencies.host);
  }

  get state(): RunState {
    return this.#state;
  }

  useBuiltInData(task: string): DatasetSummary {
    this.#assertAtRest('data');
    const { builtIn } = taskFor(task);
    this.#own = this.#chosen = null;
    return { ...runDataOf(builtIn.make(0, 0)), ...builtIn.most };
  }

  useExamples(dataset: Dataset): DatasetSummary {
    this.#assertAtRest('data');
    this.#own = dataset;
    this.#chosen = null;
    return { ...runDataOf(dataset), ...(dataset.format !== undefined && { format: dataset.format }) };
  }

  /** What a search on the examples would be warned of; first why it would be refused, if it would. */
  checkData(config: CheckedConfig, limits: DataLimits): readonly Told[] {
    const dataset = this.#examples(config, limits);
    try {
      return divide(config, dataset, searchesOf(strategyFor(config.method), config)).warnings;
    } catch (reason) {
      const { code, told } = asWorkbenchError(reason);
      if (code !== 'invalid-data' && code !== 'invalid-setting') throw reason;
      return [told, ...dataset.warnings];
    }
  }

  /** What there is to see of the examples before training, also of too few. */
  lookAtData(config: CheckedConfig, limits: DataLimits): DataLook {
    const dataset = this.#examples(config, limits);
    return lookAt(dataset, divideAnyhow(config, dataset));
  }

  describeSpace(
    task: string,
    choice: DeviceChoice,
    method: string,
    space: SearchConfig['space'],
    classes = (this.#own ?? taskFor(task).builtIn).classNames.length,
  ): SpaceSummary {
    return describeSpace(task, choice, method, space, classes);
  }

  /** A device from its description, or from a table of measurements with the network files that it names; see `SearchCommands`. */
  async readDevice(files: readonly File[], units: MeasuredUnits | null = null): Promise<OwnDeviceFit> {
    const table = files.find(({ name }) => /\.csv$/i.test(name)) ?? files[0];
    if (!table) throw new WorkbenchError('invalid-setting', sayLater('No file was given.'));
    const networkFiles = async (name: string) => {
      const file = files.find((candidate) => candidate.name === name);
      return file ? bytesOf(file) : null;
    };
    return readOwnDevice({ name: table.name, bytes: await bytesOf(table) }, networkFiles, units);
  }

  /** Keeps what a person has changed until the search reads it at its next step. */
  control({ revision, targets }: ControlsMessage): void {
    this.#controls.targets = targets;
    this.#controls.revision = revision;
  }

  /** @throws WorkbenchError what `Search` throws, and `busy` while a run is under way */
  async start(config: SearchConfig, limits: DataLimits, singleStep: boolean): Promise<void> {
    this.#assertAtRest('start');
    await this.reset();
    const dataset = this.#examples(config, limits);
    this.#controls.targets = config.targets;
    const run = await this.#prepare(config, dataset, null);
    this.#drive(run.search.run(), singleStep);
  }

  /** @throws WorkbenchError `invalid-data` or `invalid-setting` for a run that cannot go on here; see `SearchCommands.goOn` */
  async goOn(id: string, easing: Easing | null = null): Promise<string> {
    this.#assertAtRest('other');
    await this.reset();
    if (!this.keeping) throw new WorkbenchError('invalid-setting', sayLater('Runs are not kept here.'));
    const { storage, environment } = this.keeping;
    const examples = ({ config, data }: RunIdentity) => this.#examples(config, data);
    const found = await findKept(storage, id, String(environment().backend), examples, easing);
    Object.assign(this.#controls, found.controls);
    try {
      const run = await this.#prepare(found.checkpoint.config, found.dataset, found);
      this.#drive(notToldAgain(run.search.run(), found), false);
      return found.id;
    } catch (error) {
      found.release();
      throw error;
    }
  }

  pause(): void {
    if (this.#state !== 'running') return;
    this.#gate.close();
    this.#controls.eager = true;
    this.#enter('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#single = false;
    this.#controls.eager = false;
    this.#enter('running');
    this.#gate.open();
  }

  step(): void {
    if (this.#state !== 'paused') return;
    this.#single = true;
    this.#gate.open();
  }

  stop(): void {
    if (this.#state !== 'running' && this.#state !== 'paused') return;
    this.#stopping = true;
    this.#gate.open();
  }

  async reset(): Promise<void> {
    this.stop();
    await this.#driving;
    await this.#measurement.end();
    this.#exportedRuns.clear();
    await this.#run?.keeper?.close();
    this.#run?.search.dispose();
    this.#run = null;
    if (this.#state !== 'idle') this.#enter('idle');
  }

  derive(): void {
    const { search, keeper } = this.#finishedRun('derive');
    if (!search.searched)
      throw new WorkbenchError('busy', sayLater('The search ended before its last step, so there is nothing to derive from. Start again.'));
    keeper?.further(true);
    this.#drive(search.derive(), false);
  }

  trainSeedNetwork(): void {
    const { search, keeper } = this.#finishedRun('seed');
    keeper?.further(false);
    this.#drive(search.trainSeedNetwork(), false);
  }

  compare(random: number): void {
    const { search, keeper } = this.#finishedRun('compare');
    if (!search.result) throw new WorkbenchError('busy', sayLater('There is no result to compare yet.'));
    keeper?.further(false);
    this.#drive(search.compare(random), false);
  }

  /** One of the catalogue's exports of the run, in pieces. */
  async export(id: string, environment: Environment, ranges?: RangeChoice): Promise<Iterable<string | Uint8Array>> {
    const exporter = downloadFor(id);
    return downloadPieces(exporter, await exporter.write(this.#exported(environment, ranges)));
  }

  /** @throws WorkbenchError `busy` without a result, `invalid-data` when the network cannot be written as int8 */
  async int8Sizes(environment: Environment, ranges: RangeChoice): Promise<Int8Sizes> {
    return int8Sizes(this.#exported(environment, ranges));
  }

  /** See `SearchCommands`. @throws WorkbenchError as `int8Sizes`, and `busy` while a run is under way */
  async measureInt8(environment: Environment, ranges: RangeChoice, tell: Tell): Promise<Measured | null> {
    const { search } = this.#finishedRun('measure');
    const run = this.#exported(environment, ranges);
    const measured = await this.#measurement.measure(() => int8Measuring(run, search, this.dependencies), tell);
    if (measured) this.#exportedRuns.measured(run, measured.quality);
    return measured;
  }

  /** Measures the network that was opened last. @throws WorkbenchError `busy` while a run is under way, and what `measuring` throws */
  async measureOpened(config: ExamplesConfig, limits: DataLimits, scaling: InputScaling | null, tell: Tell): Promise<OpenedQuality | null> {
    this.#assertAtRest('measure');
    const examples = { task: taskFor(config.task), dataset: this.#examples(config, limits), ...(scaling && { scaling }) };
    return this.#measurement.measure(() => this.opened.measuring(examples, this.dependencies), tell);
  }

  endMeasuring(): Promise<void> {
    return this.#measurement.end();
  }

  /** The run as exporters take it; the same object for the same network and ranges, so that it is made int8 once. */
  #exported(environment: Environment, ranges?: RangeChoice): ExportedRun {
    const { search, recorder, dataset } = this.#anyRun();
    const { model, trainingSet, result, config } = search;
    // What is stopped after the result is no part of the search.
    const context = { config, dataset, environment, stopped: this.#state === 'stopped' && result === null };
    const reading = readingOnPage(taskFor(config.task));
    return this.#exportedRuns.of({ model, trainingSet, runFile: () => recorder.file(context), reading, ...(ranges && { ranges }) }, result);
  }

  #examples({ task, randomSeed }: ExamplesConfig, limits: DataLimits): Dataset {
    const { trainCount, testCount } = limits;
    const key = [task, trainCount, testCount, this.#own && randomSeed].join();
    if (this.#chosen?.key !== key) {
      const dataset = this.#own ? sampleDataset(this.#own, limits, randomSeed) : taskFor(task).builtIn.make(trainCount, testCount);
      this.#chosen = { key, dataset };
    }
    return this.#chosen.dataset;
  }

  /** Makes the search, which takes the place of the one before. @param found what an earlier sitting has left */
  async #prepare(config: SearchConfig, dataset: Dataset, found: FoundRun | null): Promise<Run> {
    const { host } = this.dependencies;
    const identity = found?.checkpoint ?? (this.keeping && identityOf(config, dataset, String(this.keeping.environment().backend)));
    const journal = new Journal(identity !== null, found?.checkpoint.search);
    const dependencies = { ...this.dependencies, host: { ...host, pause: () => this.#pause() } };
    const search = new Search(config, dataset, this.#controls, dependencies, journal);
    const recorder = new RunRecorder(found?.checkpoint.recorder);
    const kept = { identity, recorder, controls: this.#controls, found, capture: () => search.capture(), now: () => host.now() };
    const run = { search, recorder, dataset };
    this.#run = { ...run, keeper: null };
    this.#run = { ...run, keeper: this.keeping && (await keepRun(this.keeping, kept, this.emit)) };
    return this.#run;
  }

  #drive(events: AsyncGenerator<SearchEvent, void>, singleStep: boolean): void {
    const run = this.#run as Run;
    const { search, keeper } = run;
    const before = search.result;
    this.#stopping = false;
    this.#single = singleStep;
    this.#controls.eager = singleStep;
    this.#enter('running');
    const measured = this.#measurement.end();
    this.#driving = measured
      .then(() => this.#pump(events, run))
      .then(
        async () => {
          // A run that has its result has finished, even when what trained after it is stopped.
          const state = this.#stopping && before === null ? 'stopped' : 'finished';
          await keeper?.end(state, before === null && search.result !== null);
          this.#enter(state, this.#stopping && before !== null && { cut: true });
        },
        async (error: unknown) => {
          const { code, told, details } = asWorkbenchError(error);
          const failure = { code, message: told, details };
          await keeper?.fail(failure);
          this.#enter('failed', { error: failure });
        },
      );
  }

  async #pump(events: AsyncGenerator<SearchEvent, void>, { recorder, keeper }: Run): Promise<void> {
    try {
      for await (const made of events) {
        // The search itself has no clock of the day.
        const event = made.kind === 'targets' ? { ...made, at: Date.now() } : made;
        recorder.add(event);
        keeper?.add(event);
        this.emit(event);
        if (event.kind !== 'step' || !this.#single) continue;
        this.#gate.close();
        this.#enter('paused');
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  /** The search's pause: where it is written, held and ended. */
  async #pause(): Promise<void> {
    await this.dependencies.host.pause();
    const { keeper, search } = this.#run as Run;
    const holds = this.#gate.closed || this.#stopping;
    if (keeper && (holds || keeper.isDue)) {
      if (!search.capturable) {
        // One more step, after which all is read.
        this.#controls.eager = true;
        return;
      }
      await (holds ? keeper.atOnce() : keeper.ifDue());
      this.#controls.eager = this.#single || this.#state === 'paused';
    }
    await this.#gate.passed();
    if (this.#stopping) throw new Stopped();
  }

  #enter(state: RunState, how: Pick<Extract<WireEvent, { kind: 'state' }>, 'error' | 'cut'> | false = {}): void {
    this.#state = state;
    if (state !== 'paused') this.#gate.open();
    this.emit({ kind: 'state', state, searched: this.#run?.search.searched ?? false, ...how });
  }

  #assertAtRest(what: AtRest): void {
    if (this.#state === 'running' || this.#state === 'paused') throw underWay(what);
  }

  #finishedRun(what: AtRest): Run {
    this.#assertAtRest(what);
    return this.#anyRun();
  }

  #anyRun(): Run {
    if (!this.#run) throw new WorkbenchError('busy', sayLater('There is no run yet. Start one first.'));
    return this.#run;
  }
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
