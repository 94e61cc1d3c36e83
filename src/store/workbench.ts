/**
 * The application: state, curves, and what a person can do. The only place that connects the worker's events with what is
 * shown, and what is pressed with the worker's commands.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendChoice } from '../backends/backend';
import type { SearchClient } from '../client/searchClient';
import type { MetricId } from '../core/cost/metrics';
import { asWorkbenchError } from '../core/errors';
import { shortfall, type Targets } from '../core/search/constraints';
import type { SearchEvent } from '../core/search/events';
import { ProgressMeter } from '../core/search/progress';
import type { Preset, SearchConfig } from '../core/search/searchConfig';
import { builtInPictures, defaultTargets } from '../core/search/settings';
import type { DatasetSummary, EventBatch, SearchCommands, SpaceSummary } from '../protocol/protocol';
import { announcementFor } from './announcements';
import { Curves } from './curves';
import { reduceRun } from './reduceRun';
import { idleRun, type Settings, type WorkbenchState } from './state';

const TASK = 'ic';
const DEVICE = 'gap8';

export class Workbench {
  readonly store: StoreApi<WorkbenchState>;
  /** The curves of the current run; a new object for each run, and for each space. */
  readonly curves: StoreApi<Curves>;
  #client: SearchClient;
  #meter = new ProgressMeter();
  #revision = 0;
  #ready: Promise<void>;

  /** @param connect makes the client, which passes the worker's events and its death to the two functions given */
  constructor(connect: (onEvents: (batch: EventBatch) => void, onDeath: (error: Error) => void) => SearchClient, preset: Preset) {
    this.store = createStore<WorkbenchState>(() => initialState(preset));
    this.curves = createStore(() => new Curves([], new Map()));
    this.#client = connect(
      (batch) => this.#take(batch),
      (error) => this.#fail(error),
    );
    this.#ready = this.#open();
  }

  get state(): WorkbenchState {
    return this.store.getState();
  }

  async pickBackend(choice: BackendChoice): Promise<void> {
    this.#set({ backend: { state: 'starting', choice } });
    try {
      const started = await this.#client.call('startBackend', choice);
      this.#set({ backend: { state: 'ready', choice, started } });
    } catch (error) {
      const { message } = asWorkbenchError(error);
      this.#set({ backend: { state: 'failed', choice, message }, announcement: message });
    }
  }

  useBuiltInPictures(): Promise<void> {
    return this.#load(() => this.#client.call('useBuiltInPictures'), builtInPictures);
  }

  importPictures(files: readonly File[]): Promise<void> {
    return this.#load(() => this.#client.call('importPictures', files), null);
  }

  change(settings: Partial<Settings>): void {
    this.#set({ settings: { ...this.state.settings, ...settings } });
  }

  /** Moves a target; a running search takes it in at its next step. */
  moveTarget(metric: MetricId, target: number): void {
    const targets: Targets = { ...this.state.targets, [metric]: target };
    const { space } = this.state;
    this.#revision += 1;
    this.#client.control({ revision: this.#revision, targets });
    this.#set({ targets, shortfall: space && shortfall(space.table, targets) });
  }

  start(): Promise<void> {
    return this.#begin(false);
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

  async reset(): Promise<void> {
    await this.#command('reset');
    this.#clearRun();
  }

  exportNetwork(): Promise<Uint8Array> {
    return this.#client.call('exportNetwork');
  }

  exportRun(): Promise<Uint8Array> {
    return this.#client.call('exportRun');
  }

  async #open(): Promise<void> {
    await this.pickBackend('automatic');
    await this.useBuiltInPictures();
  }

  async #begin(singleStep: boolean): Promise<void> {
    this.#clearRun();
    this.#set({ run: { ...idleRun, starting: true, activity: 'Getting ready' } });
    await this.#ready;
    const { settings, preset, targets } = this.state;
    const { trainCount, testCount } = settings;
    await this.#command('start', configOf(settings, preset, targets), { trainCount, testCount }, singleStep);
  }

  /** Sends a command; what goes wrong is shown where the run is. */
  async #command<Name extends keyof SearchCommands>(name: Name, ...args: Parameters<SearchCommands[Name]>): Promise<void> {
    try {
      await this.#client.call(name, ...args);
    } catch (error) {
      this.#fail(asWorkbenchError(error));
    }
  }

  async #load(load: () => Promise<DatasetSummary>, counts: { trainCount: number; testCount: number } | null): Promise<void> {
    this.#set({ loadingPictures: true, picturesError: null });
    try {
      const dataset = await load();
      const space = await this.#client.call('describeSpace', TASK, DEVICE);
      const used = counts ?? { trainCount: dataset.trainCount, testCount: dataset.testCount };
      this.#set({ dataset, space, settings: { ...this.state.settings, ...used }, shortfall: shortfall(space.table, this.state.targets) });
      this.#clearRun();
    } catch (error) {
      const { message } = asWorkbenchError(error);
      this.#set({ picturesError: message, announcement: message });
    } finally {
      this.#set({ loadingPictures: false });
    }
  }

  #clearRun(): void {
    this.#meter = new ProgressMeter();
    this.#set({ run: idleRun });
    const { space } = this.state;
    if (space) this.curves.setState(curvesFor(space), true);
  }

  #take(batch: EventBatch): void {
    const events = batch.filter((event): event is SearchEvent => event.kind !== 'state');
    for (const event of events) this.#meter.add(event);
    this.curves.getState().addAll(events);
    const { run } = this.state;
    const next = batch.reduce(reduceRun, run);
    const announcement = batch.reduce<string | null>((said, event) => announcementFor(event) ?? said, null);
    this.#set({ run: { ...next, progress: this.#meter.progress }, ...(announcement !== null && { announcement }) });
  }

  #fail(error: Error): void {
    const { message } = error;
    this.#set({ run: { ...this.state.run, starting: false, activity: null, state: 'failed', error: message }, announcement: message });
  }

  #set(change: Partial<WorkbenchState>): void {
    this.store.setState(change);
  }
}

function initialState(preset: Preset): WorkbenchState {
  return {
    backend: { state: 'starting', choice: 'automatic' },
    dataset: null,
    loadingPictures: true,
    picturesError: null,
    space: null,
    settings: {
      warmupEpochs: preset.epochs.warmup,
      searchEpochs: preset.epochs.search,
      finetuneEpochs: preset.epochs.finetune,
      batchSize: preset.batchSize,
      weightRate: preset.weightRate,
      archRate: preset.archRate,
      randomSeed: 1,
      augment: true,
      ...builtInPictures,
    },
    preset,
    targets: defaultTargets,
    shortfall: null,
    run: idleRun,
    announcement: '',
  };
}

function curvesFor({ table, layers }: SpaceSummary): Curves {
  const mixed = layers.filter(({ op }) => op === null).map(({ id, candidates }) => [id, candidates] as const);
  return new Curves(
    table.metrics.map(({ id }) => id),
    new Map(mixed),
  );
}

function configOf(settings: Settings, preset: Preset, targets: Targets): SearchConfig {
  const {
    warmupEpochs: warmup,
    searchEpochs: search,
    finetuneEpochs: finetune,
    batchSize,
    weightRate,
    archRate,
    randomSeed,
    augment,
  } = settings;
  return {
    ...preset,
    task: TASK,
    method: 'supernet',
    device: DEVICE,
    targets,
    epochs: { warmup, search, finetune },
    batchSize,
    weightRate,
    archRate,
    augment,
    validationShare: 0.1,
    randomSeed,
    seedNetwork: false,
  };
}
