/** The run file: a search's config, surroundings, curves and result as one JSON document. docs/run-files.md describes it for people. */
import { BoundedSeries, type Series, type SeriesState } from './boundedSeries';
import { inEnglish } from '../language/say';
import { said, type Told } from '../language/told';
import { dataFingerprint } from './dataFingerprint';
import type { CellOutcome } from './sweep/outcome';
import type { WeightsFile } from './weightsFile';
import type { SearchConfig } from '../config/searchConfig';
import type { Dataset } from '../data/dataset';
import type { Easing } from '../search/divergence';
import { comparesOnly, withCompared, type Phase, type SearchEvent, type SearchResult } from '../search/events';

/** The surroundings of a run that may explain its numbers or its speed. */
export type Environment = Readonly<Record<string, string | number | boolean>>;

export interface RunFile {
  readonly version: 2;
  readonly config: SearchConfig & { readonly data: RunData };
  readonly environment: Environment;
  /** Complete up to 10,000 points; longer curves are thinned, with their extremes kept. */
  readonly series: Readonly<Record<string, Series>>;
  /** The warnings that were shown before the run began. */
  readonly warnings: readonly string[];
  /** Whether somebody stopped the run early. */
  readonly stopped: boolean;
  /** Shows whether two runs used the same examples, see `dataFingerprint`; null in files of version 1 without it. */
  readonly dataFingerprint: string | null;
  /** Where it went back with a gentler setting than it began with; left out if it never did. `config` holds the last ones. */
  readonly easings?: readonly RecordedEasing[];
  /** Null if the run ended before it had a result. */
  readonly result: RunResult | null;
  /** How it ended as a cell of a sweep; left out for all other runs. */
  readonly cell?: CellOutcome;
}

export type RecordedEasing = Easing & { readonly step: number };

export interface RunResult extends Omit<SearchResult, 'trainedMacs'> {
  /** Null in files of version 1, which did not count them. */
  readonly trainedMacs: number | null;
  /** Left out if no weights were written beside the file. */
  readonly weights?: WeightsFile;
}

/** Which examples a run used. */
export interface RunData {
  readonly name: string;
  readonly synthetic: boolean;
  readonly classNames: readonly string[];
  readonly trainCount: number;
  readonly testCount: number;
}

export function runDataOf({ name, synthetic, classNames, train, test }: Dataset): RunData {
  return { name, synthetic, classNames, trainCount: train.count, testCount: test.count };
}

/** Facts about a run that its events do not contain. */
export interface RunContext extends Surroundings {
  /** The examples that the run used. */
  readonly dataset: Dataset;
}

interface Surroundings {
  readonly config: SearchConfig;
  readonly environment: Environment;
  /** Whether somebody stopped the run early. */
  readonly stopped: boolean;
}

/** All that a recorder holds before there is a result, to go on with it later. */
export interface RecorderState {
  readonly series: Readonly<Record<string, SeriesState>>;
  readonly columns: readonly string[];
  readonly warnings: readonly Told[];
  readonly validation: string;
  readonly easings?: readonly RecordedEasing[];
}

/** Listens to a search and keeps the contents of its run file. Curves of phases that only compare get the phase as a prefix. */
export class RunRecorder {
  readonly #series = new Map<string, BoundedSeries>();
  #columns: readonly string[] = [];
  #result: RunResult | null = null;
  #warnings: readonly Told[] = [];
  #validation = '';
  #easings: readonly RecordedEasing[] = [];

  /**
   * @param state to go on from; by default an empty record
   * @param result the run's result, if it had one by then
   */
  constructor(state?: RecorderState, result: RunResult | null = null) {
    this.#result = result;
    if (!state) return;
    for (const [name, series] of Object.entries(state.series)) this.#series.set(name, new BoundedSeries(series));
    this.#columns = state.columns;
    this.#warnings = state.warnings;
    this.#validation = state.validation;
    this.#easings = state.easings ?? [];
  }

  state(): RecorderState {
    return {
      series: Object.fromEntries([...this.#series].map(([name, series]) => [name, series.state()])),
      columns: this.#columns,
      warnings: this.#warnings,
      validation: this.#validation,
      ...(this.#easings.length > 0 && { easings: this.#easings }),
    };
  }

  add(event: SearchEvent): void {
    switch (event.kind) {
      case 'phase':
        this.#columns = event.metricNames.map((name) => `${prefixOf(event.phase)}${this.#trained(name)}`);
        return;
      case 'metrics':
        for (let row = 0; row < event.rows; row++)
          this.#columns.forEach((name, column) => {
            const value = event.values[row * this.#columns.length + column] as number;
            this.#point(name, event.step - event.rows + row + 1, value);
          });
        return;
      case 'epoch': {
        const prefix = prefixOf(event.phase);
        this.#point(`${prefix}validationLoss`, event.step, event.validationLoss);
        this.#point(`${prefix}validationQuality`, event.step, event.validationQuality);
        return;
      }
      case 'targets':
        for (const [metric, target] of Object.entries(event.targets)) this.#point(`target/${metric}`, event.step, target);
        for (const [metric, strength] of Object.entries(event.strengths ?? {})) this.#point(`strength/${metric}`, event.step, strength);
        return;
      case 'pulls':
        event.of.forEach((name, at) => {
          this.#point(`pull/task/${name}`, event.step, event.task[at] as number);
          this.#point(`pull/penalty/${name}`, event.step, event.penalty[at] as number);
        });
        return;
      case 'trial':
        this.#point('trial/trainLoss', event.step, event.trainLoss);
        this.#point('trial/validationQuality', event.step, event.validationQuality);
        this.#point('trial/hypervolume', event.step, event.hypervolume);
        for (const [metric, cost] of Object.entries(event.costs)) this.#point(`trial/${metric}`, event.step, cost);
        return;
      case 'result':
        this.#result = event.result;
        return;
      case 'compared':
        this.#result &&= withCompared(this.#result, event);
        return;
      case 'step':
        this.#point('memory/tensors', event.step, event.memory.tensors);
        this.#point('memory/heapBytes', event.step, event.memory.heapBytes);
        return;
      case 'started':
        this.#warnings = event.warnings;
        this.#validation = event.validation;
        return;
      case 'eased':
        this.#easings = [...this.#easings, { ...event.easing, step: event.step }];
        return;
      case 'planned':
      case 'preparing':
      case 'ranking':
      case 'masks':
      case 'quality':
      case 'derived':
        return;
      default:
        return event satisfies never;
    }
  }

  get result(): RunResult | null {
    return this.#result;
  }

  /** The run's curves so far. */
  curves(): RunFile['series'] {
    return Object.fromEntries([...this.#series].map(([name, series]) => [name, series.points()]));
  }

  /** @param weights position of the found network's weights, if they are written beside the file */
  file({ dataset, ...context }: RunContext, weights?: WeightsFile): RunFile {
    return this.fileOf({ ...context, data: runDataOf(dataset), dataFingerprint: dataFingerprint(dataset) }, weights);
  }

  /** The same for examples that are known by their facts alone. */
  fileOf(
    { config, data, dataFingerprint: print, environment, stopped }: Surroundings & { data: RunData; dataFingerprint: string | null },
    weights?: WeightsFile,
  ): RunFile {
    return {
      version: 2,
      config: { ...config, data },
      environment,
      series: this.curves(),
      warnings: inEnglish(() => this.#warnings.map(said)),
      stopped,
      dataFingerprint: print,
      ...(this.#easings.length > 0 && { easings: this.#easings }),
      result: this.#result && { ...this.#result, ...(weights && { weights }) },
    };
  }

  /** Translates the training step's own names into those of the run file. */
  #trained(name: string): string {
    return name === 'taskLoss' ? 'trainLoss' : name === this.#validation ? 'trainQuality' : name;
  }

  #point(name: string, step: number, value: number): void {
    let series = this.#series.get(name);
    if (!series) this.#series.set(name, (series = new BoundedSeries()));
    series.add(step, value);
  }
}

function prefixOf(phase: Phase): string {
  return comparesOnly(phase) ? `${phase}/` : '';
}
