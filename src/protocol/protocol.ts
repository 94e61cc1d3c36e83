/**
 * The messages between the main thread and the search worker, of three kinds that are never mixed:
 * commands (Comlink calls, one answer each), controls (newest wins, never queued, no answer) and events (pushed, batched).
 */
import type { BackendChoice, StartedBackend } from '../backends/backend';
import type { Told } from '../core/language/told';
import type { CostTable } from '../core/cost/costTable';
import type { Device, DeviceChoice } from '../core/cost/devices/index';
import type { MeasuredUnits } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import type { OperationFacts } from '../core/cost/layerFacts';
import type { Dataset } from '../core/data/dataset';
import type { DataLook } from '../core/data/look';
import type { InputScaling } from '../core/data/inputScaling';
import type { ExampleCounts } from '../core/data/sampling';
import type { ErrorCode, ErrorDetails } from '../core/errors';
import type { ChannelGroup } from '../core/network/channels';
import type { Targets } from '../core/cost/metrics';
import type { Costs } from '../core/cost/metrics';
import type { RangeChoice } from '../core/quantize/ranges';
import type { Easing } from '../core/search/divergence';
import type { SearchEvent } from '../core/search/events';
import type { Score } from '../core/search/training/evaluate';
import type { RunData } from '../core/runs/runFile';
import type { SearchConfig } from '../core/config/searchConfig';
import type { Strategy } from '../core/strategies/strategy';
import type { DivisionConfig } from '../core/search/searchData';
import type { Exporter } from '../exporters/exporter';
import type { Int8Sizes } from '../exporters/int8/sizes';
import type { OpenedSummary } from '../exporters/opened/opened';
import type { OpenedQuality } from '../exporters/opened/quality';
import type { ExampleImporter } from '../importers/exampleImporter';
import type { GivenFile } from './datasets';

/** How many files of an import have been looked at. */
export interface RunImportProgress {
  readonly done: number;
  readonly total: number;
}

/** Commands. Each is answered at once; a run then goes on by itself and reports through events. */
export interface SearchCommands {
  /** Hands over the ports for the other two kinds of message. Must be the first call, and the only one of its kind. */
  connect(events: MessagePort, controls: MessagePort): void;
  /** Tells everything in a language from now on. */
  speak(language: string): Promise<void>;
  /** The choices that the worker offers. */
  catalogue(): Catalogue;
  startBackend(choice: BackendChoice): Promise<StartedBackend>;
  /** What there is to search. @param classes by default those of the examples loaded now */
  describeSpace(task: string, device: DeviceChoice, method: string, space: SearchConfig['space'], classes?: number): SpaceSummary;
  /**
   * Reads a description of a device, or fits one to a table of measurements. The network files that the table names are passed too.
   * @param units of the table's numbers; null takes those that its columns name, and fails with `unitChoices` when they look wrong
   */
  readDevice(files: readonly File[], units: MeasuredUnits | null): Promise<OwnDeviceFit>;
  /** Learn from a task's built-in examples, which are made when they are needed. */
  useBuiltInData(task: string): DatasetSummary;
  /** Learn from a person's own examples, whose buffers move here. */
  useExamples(dataset: Dataset): DatasetSummary;
  /** What a search on so many of the examples would be warned of; fails with what would refuse them. */
  checkData(config: CheckedConfig, data: DataLimits): readonly Told[];
  /** How many of the examples each class has in each part, and some of them; fails with what would refuse a search on them. */
  lookAtData(config: CheckedConfig, data: DataLimits): DataLook;
  /** Starts a new search from its initial weights and keeps it running, or stops after one step. */
  start(config: SearchConfig, data: DataLimits, singleStep: boolean): Promise<void>;
  /**
   * Goes on with a kept run where its checkpoint is, or tells the result of a finished one again; later events are those of the run.
   * @param easing goes back to the last good epoch and on from there with this gentler setting
   * @returns the id under which it is kept from now on
   */
  goOn(id: string, easing?: Easing): Promise<string>;
  /** Takes runs from run files, and from archives of them. @returns how many, and a sentence for each file that was refused */
  importRuns(
    files: readonly GivenFile[],
    tell: (progress: RunImportProgress) => void,
  ): Promise<{ readonly taken: number; readonly problems: readonly Told[] }>;
  pause(): void;
  resume(): void;
  /** One training step of a paused search. */
  step(): void;
  /** Ends the run. What it has found so far can still be exported. */
  stop(): void;
  /** Forgets the run. */
  reset(): Promise<void>;
  /** Derives and fine-tunes again under the targets in force now. */
  derive(): Promise<void>;
  /** Trains the seed network for comparison. */
  trainSeedNetwork(): Promise<void>;
  /** Trains the largest networks under the result's targets, the found one and so many random ones from scratch, to compare. */
  compare(random: number): Promise<void>;
  /** One of the catalogue's exports of the run, as a file's bytes. @param ranges of int8 numbers; by default those of the export */
  export(id: string, ranges?: RangeChoice): Promise<Uint8Array>;
  /** What the found network takes as int8, and which limits that breaks. */
  int8Sizes(ranges: RangeChoice): Promise<Int8Sizes>;
  /**
   * Measures the found network as int8 on the run's test examples. It ends a measurement that is under way.
   * @returns null when it was ended
   */
  measureInt8(ranges: RangeChoice, tell: (progress: MeasuringProgress) => void): Promise<Measured | null>;
  endMeasuring(): Promise<void>;
  /** Reads a .tflite file of any program. @param device that the layers' costs are of */
  openNetwork(file: File, device: DeviceChoice): Promise<OpenedFile>;
  /**
   * Measures the network that was opened last on the test examples in use. It ends a measurement that is under way.
   * @param scaling by which examples become its input; null for the likeliest
   * @returns null when it was ended
   */
  measureOpened(
    config: ExamplesConfig,
    data: DataLimits,
    scaling: InputScaling | null,
    tell: (progress: MeasuringProgress) => void,
  ): Promise<OpenedQuality | null>;
}

/** The worker's choices as plain data, without the functions that do the work. */
export interface Catalogue {
  readonly strategies: readonly Pick<Strategy, 'id' | 'label' | 'searches' | 'eitherSpace' | 'gradients' | 'options'>[];
  readonly imports: readonly Pick<ExampleImporter, 'id' | 'kind' | 'extensions' | 'hint'>[];
  readonly exports: readonly ExportSummary[];
  /** The hosts that an import from the hub contacts. */
  readonly hubHosts: readonly string[];
}

/** An exporter without the means to write. */
export type ExportSummary = Pick<Exporter, 'id' | 'label' | 'mime' | 'note' | 'int8' | 'snippets'> & { readonly fileName: string };

export type { Int8Sizes, OpenedQuality };

/** What a network is found to be worth. */
export type Measured = Pick<Score, 'quality' | 'parts'>;

/** Examples of a measurement under way. */
export interface MeasuringProgress {
  readonly done: number;
  readonly total: number;
  /** Estimated milliseconds. */
  readonly leftMs: number;
}

/** The network of a file, and the same to be drawn, with its costs on one device. */
export type OpenedFile = OpenedSummary & { readonly space: SpaceSummary };

/** What of a search's config decides which examples it has. */
export type ExamplesConfig = Pick<SearchConfig, 'task' | 'randomSeed'>;

/** What of a search's config decides whether its data will do. */
export type CheckedConfig = DivisionConfig & Pick<SearchConfig, 'method' | 'task' | 'space'>;

/** A search space as plain data: enough to draw it and to compare targets with it, but not to train it. */
export interface SpaceSummary {
  /** Costs within reach: with one channel per group if channels are searched. */
  readonly table: CostTable;
  /** The same as the networks have them that are searched first. */
  readonly candidates: CostTable;
  readonly seedCosts: Costs;
  /** Costs of the costliest network of the space. */
  readonly largestCosts: Costs;
  /** Layers of the network that is searched first. */
  readonly layers: readonly LayerSummary[];
  readonly device: DeviceSummary;
  /** Sentences about reasons to trust its costs less. */
  readonly warnings: readonly Told[];
  /** Its groups of removable channels, where channels are searched. */
  readonly groups: readonly ChannelGroup[];
}

/** A device without its cycle model. */
type DeviceSummary = Pick<Device, 'name' | 'clockHz' | 'flashBytes' | 'ramBytes' | 'powerW' | 'source'>;

/** One layer for drawing, and for telling what it costs. */
export interface LayerSummary {
  readonly id: string;
  readonly inputs: readonly string[];
  /** The operation's name, or null for a mixed operation. */
  readonly op: string | null;
  /** Names of the candidates of a mixed operation; empty otherwise. */
  readonly candidates: readonly string[];
  readonly outputShape: readonly number[];
  /** Kernel of a convolution. */
  readonly kernel: readonly number[] | null;
  /** What its costs follow from, in the metrics of the table. */
  readonly operations: readonly OperationFacts[];
}

/** How many of the loaded examples to use. */
export type DataLimits = ExampleCounts;

export interface DatasetSummary extends RunData {
  /** What files were taken for, in the middle of a sentence; missing for built-in examples. */
  readonly format?: Told;
}

/** What a person may change while a search runs. */
export interface ControlsMessage {
  readonly revision: number;
  readonly targets: Targets;
}

export type RunState = 'idle' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** An error as plain data. */
export interface WireError {
  readonly code: ErrorCode;
  /** Said where it is shown. */
  readonly message: Told;
  readonly details: ErrorDetails;
}

export type WireEvent =
  | SearchEvent
  /**
   * The run was written. `whole`: it can go on from there. `goodStep`: where the last epoch ended to which it can go back after it has
   * diverged, null where it cannot. `problem`: why it could not be written. `dropped`: checkpoints of other runs that gave way to it.
   */
  | {
      readonly kind: 'kept';
      readonly id: string;
      readonly whole: boolean;
      readonly goodStep: number | null;
      readonly problem: Told | null;
      readonly dropped: readonly { readonly id: string; readonly bytes: number }[];
    }
  /**
   * `searched`: the search itself is over, so a network can be derived. `cut`: somebody stopped what trained after the result, with
   * which the run stays finished.
   */
  | { readonly kind: 'state'; readonly state: RunState; readonly searched: boolean; readonly error?: WireError; readonly cut?: true };

/** Events since the last batch, in order; at most some ten batches a second. */
export type EventBatch = readonly WireEvent[];
