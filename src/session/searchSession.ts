/**
 * Runs searches for a host: starts, holds, steps and ends them, and passes their events on. Lives in the search worker;
 * tests drive it directly. One search at a time.
 */
import type { Dataset } from '../core/data/dataset';
import { sampleDataset } from '../core/data/sampling';
import { shapeDataset, shapeNames } from '../core/data/shapes';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { MeasuredUnits } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import { jsonPieces } from '../core/jsonPieces';
import { channelMap } from '../core/network/channels';
import { readWeights } from '../core/network/parameters';
import type { PlannedLayer } from '../core/network/plan';
import type { SearchEvent } from '../core/search/events';
import type { Controls } from '../core/search/pressure';
import { RunRecorder, type Environment } from '../core/runs/runFile';
import { Search } from '../core/runs/search';
import type { SearchDependencies } from '../core/search/kit';
import type { SearchConfig } from '../core/config/searchConfig';
import { mostBuiltInPictures } from '../core/config/settings';
import { divide } from '../core/search/searchData';
import { searchSpace } from '../core/search/space';
import { strategies, strategyFor } from '../core/strategies/index';
import { readCifar10 } from '../importers/cifar10';
import { readOwnDevice } from '../importers/ownDeviceFile';
import type {
  Catalogue,
  CheckedConfig,
  ControlsMessage,
  DataLimits,
  DatasetSummary,
  LayerSummary,
  RunState,
  SpaceSummary,
  WireEvent,
} from '../protocol/protocol';
import { Gate } from './gate';

/** A search and its record. */
interface Run {
  readonly search: Search;
  readonly recorder: RunRecorder;
  readonly dataset: Dataset;
}

export class SearchSession {
  readonly #gate = new Gate();
  readonly #controls: Controls = { targets: {}, revision: 0, eager: false };
  /** Own pictures; null for the built-in ones, which are drawn when they are needed. */
  #own: Dataset | null = null;
  /** The pictures chosen last: a search is often started on those that were looked at before. */
  #chosen: { readonly key: string; readonly dataset: Dataset } | null = null;
  #run: Run | null = null;
  #state: RunState = 'idle';
  #single = false;
  #stopping = false;
  #driving: Promise<void> = Promise.resolve();

  constructor(
    private readonly dependencies: SearchDependencies,
    private readonly emit: (event: WireEvent) => void,
  ) {}

  get state(): RunState {
    return this.#state;
  }

  useBuiltInPictures(): DatasetSummary {
    this.#assertAtRest('change the pictures');
    this.#own = this.#chosen = null;
    return { ...summarizeData(shapeDataset(0, 0)), ...mostBuiltInPictures };
  }

  async importPictures(files: readonly File[]): Promise<DatasetSummary> {
    this.#assertAtRest('change the pictures');
    const named = files.map((file) => ({ name: file.name, bytes: () => bytesOf(file) }));
    this.#own = await readCifar10(named, 'Own pictures');
    this.#chosen = null;
    return summarizeData(this.#own);
  }

  catalogue(): Catalogue {
    return { strategies: strategies.map(({ id, label, searches }) => ({ id, label, searches })) };
  }

  /** Divides the pictures as a search would. @throws WorkbenchError the error by which a search would refuse them */
  checkPictures(config: CheckedConfig, limits: DataLimits): readonly string[] {
    return divide(config, this.#pictures(limits, config.randomSeed), strategyFor(config.method).searches).warnings;
  }

  describeSpace(task: string, choice: DeviceChoice, method: string): SpaceSummary {
    const classes = (this.#own?.classNames ?? shapeNames).length;
    const { searches } = strategyFor(method);
    const { table, seedCosts, largestCosts, searched, device, warnings } = searchSpace({ task, device: choice, searches }, classes);
    const { name, clockHz, flashBytes, ramBytes, powerW, source } = device;
    return {
      table,
      seedCosts,
      largestCosts,
      layers: searched.layers.map(summarize),
      groups: searches[0] === 'channels' ? channelMap(searched).groups : [],
      device: { name, clockHz, flashBytes, ramBytes, powerW, source },
      warnings,
    };
  }

  /** A device from its description, or from a table of measurements with the network files that it names; see `SearchCommands`. */
  async readDevice(files: readonly File[], units: MeasuredUnits | null = null): Promise<OwnDeviceFit> {
    const table = files.find(({ name }) => /\.csv$/i.test(name)) ?? files[0];
    if (!table) throw new WorkbenchError('invalid-setting', 'No file was given.');
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
    const dataset = this.#pictures(limits, config.randomSeed);
    this.#controls.targets = config.targets;
    const search = new Search(config, dataset, this.#controls, this.dependencies);
    this.#run = { search, recorder: new RunRecorder(), dataset };
    this.#drive(search.run(), singleStep);
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
    this.#run?.search.dispose();
    this.#run = null;
    if (this.#state !== 'idle') this.#enter('idle');
  }

  derive(): void {
    const { search } = this.#finishedRun('derive again');
    if (!search.searched)
      throw new WorkbenchError('busy', 'The search ended before its last step, so there is nothing to derive from. Start again.');
    this.#drive(search.derive(), false);
  }

  trainSeedNetwork(): void {
    this.#drive(this.#finishedRun('train the seed network').search.trainSeedNetwork(), false);
  }

  /** `{network, weights}` as pieces of JSON: the derived network, or the supernet when there is none yet. */
  async exportNetwork(): Promise<Iterable<string>> {
    const { model } = this.#anyRun().search;
    if (!model) throw new WorkbenchError('busy', 'There is no network yet. Let the search begin first.');
    return jsonPieces({ network: model.plan.network, weights: await readWeights(model.parameters) });
  }

  /** The run file as pieces of JSON. */
  exportRun(environment: Environment): Iterable<string> {
    const { search, recorder, dataset } = this.#anyRun();
    return jsonPieces(recorder.file(search.config, summarizeData(dataset), environment, this.#state === 'stopped'));
  }

  #pictures(limits: DataLimits, randomSeed: number): Dataset {
    const { trainCount, testCount } = limits;
    const key = [trainCount, testCount, this.#own && randomSeed].join();
    if (this.#chosen?.key !== key) {
      const dataset = this.#own ? sampleDataset(this.#own, limits, randomSeed) : shapeDataset(trainCount, testCount);
      this.#chosen = { key, dataset };
    }
    return this.#chosen.dataset;
  }

  #drive(events: AsyncGenerator<SearchEvent, void>, singleStep: boolean): void {
    const run = this.#run as Run;
    this.#stopping = false;
    this.#single = singleStep;
    this.#controls.eager = singleStep;
    this.#enter('running');
    this.#driving = this.#pump(events, run.recorder).then(
      () => this.#enter(this.#stopping ? 'stopped' : 'finished'),
      (error: unknown) => {
        const { code, message, details } = asWorkbenchError(error);
        this.#enter('failed', { code, message, details });
      },
    );
  }

  async #pump(events: AsyncGenerator<SearchEvent, void>, recorder: RunRecorder): Promise<void> {
    for await (const event of events) {
      recorder.add(event);
      this.emit(event);
      if (event.kind !== 'step') continue;
      if (this.#single) {
        this.#gate.close();
        this.#enter('paused');
      }
      await this.#gate.passed();
      if (this.#stopping) return;
    }
  }

  #enter(state: RunState, error?: Extract<WireEvent, { kind: 'state' }>['error']): void {
    this.#state = state;
    if (state !== 'paused') this.#gate.open();
    this.emit({ kind: 'state', state, searched: this.#run?.search.searched ?? false, ...(error && { error }) });
  }

  #assertAtRest(what: string): void {
    if (this.#state === 'running' || this.#state === 'paused')
      throw new WorkbenchError('busy', `A search is under way; stop it before you ${what}.`);
  }

  #finishedRun(what: string): Run {
    this.#assertAtRest(what);
    return this.#anyRun();
  }

  #anyRun(): Run {
    if (!this.#run) throw new WorkbenchError('busy', 'There is no run yet. Start one first.');
    return this.#run;
  }
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

function summarize(layer: PlannedLayer): LayerSummary {
  const { id, inputs, outputShape } = layer;
  if (layer.kind === 'mixedOp')
    return { id, inputs, outputShape, op: null, candidates: layer.candidates.map(({ name }) => name), kernel: null };
  const { attributes } = layer.operation;
  const kernel = attributes.op === 'conv2d' || attributes.op === 'depthwiseConv2d' ? attributes.kernel : null;
  return { id, inputs, outputShape, op: attributes.op, candidates: [], kernel };
}

function summarizeData({ name, synthetic, classNames, train, test }: Dataset): DatasetSummary {
  return { name, synthetic, classNames, trainCount: train.count, testCount: test.count };
}
