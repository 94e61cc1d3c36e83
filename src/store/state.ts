/** The application's state as plain data. Curves are kept apart (curves.ts), since they change too often. */
import type { BackendChoice, StartedBackend } from '../backends/backend';
import type { WorkbenchError } from '../core/errors';
import type { Told } from '../core/language/told';
import type { CostTable } from '../core/cost/costTable';
import type { MetricId } from '../core/cost/metrics';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { UnitChoice } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import type { Easing } from '../core/search/divergence';
import type { Shortfall } from '../core/search/constraints/constraint';
import type { Costs, Targets } from '../core/cost/metrics';
import type { Qualities, SearchEvent, SearchResult } from '../core/search/events';
import type { Progress } from '../core/runs/progress';
import type { LayerChannels } from '../core/search/training/architecture';
import type { Choices, PresetName, SearchConfig } from '../core/config/searchConfig';
import type { ChannelGroup } from '../core/network/channels';
import type { ImportProgress, PreparedSets } from '../protocol/datasets';
import type { Catalogue, DataLimits, DatasetSummary, RunState, SpaceSummary, WireError, WireEvent } from '../protocol/protocol';

/** All limited costs as an objective, or one of them. */
export interface ChosenObjective {
  readonly costs: 'all' | MetricId;
  readonly strength: number;
}

/** A question about units, to be answered before a table of measurements becomes a device. */
export interface UnitQuestion {
  readonly text: Told;
  readonly choices: readonly UnitChoice[];
  readonly files: readonly File[];
}

export interface WorkbenchState {
  /** Whether a worker stands behind the run shown; otherwise it is a kept one, which can only be looked at. */
  readonly live: boolean;
  readonly backend:
    | { readonly state: 'starting'; readonly choice: BackendChoice }
    | { readonly state: 'ready'; readonly choice: BackendChoice; readonly started: StartedBackend }
    | { readonly state: 'failed'; readonly choice: BackendChoice; readonly message: Told };
  /** Whether the worker has broken down, or its script did not come: only a reload of the page starts another one. */
  readonly workerLost: boolean;
  /** Null until the first examples are there. */
  readonly dataset: DatasetSummary | null;
  readonly loadingData: boolean;
  /** How far a person's files are read; null while none are. */
  readonly importing: ImportProgress | null;
  /** Why the last examples could not be taken; the ones before stay, unless they are of another task. */
  readonly dataError: WorkbenchError | null;
  /** Why the examples that were read last were not kept; null when there is nothing to say. */
  readonly dataNote: Told | null;
  /** What is kept in this browser; undefined until it is listed, null where nothing is kept. */
  readonly prepared: PreparedSets | null | undefined;
  /** What a search on the examples, as many as are set, would be warned of, or why it would be refused. */
  readonly dataWarnings: readonly Told[];
  /** Id of what is learnt. */
  readonly task: string;
  /** Null until the worker has told it. */
  readonly space: SpaceSummary | null;
  readonly device: DeviceChoice;
  /** A person's own device, kept while another one is chosen; null until there is one. */
  readonly ownDevice: OwnDeviceFit | null;
  /** The question about a table whose units look wrong; null when there is none. */
  readonly unitQuestion: UnitQuestion | null;
  /** Why the last device could not be used; the one before stays. */
  readonly deviceError: Told | null;
  /** How many of the examples a search uses. */
  readonly settings: DataLimits;
  /** All strategies; empty until the worker has listed them. */
  readonly strategies: Catalogue['strategies'];
  /** The files that a run can be taken away as; empty until the worker has told them. */
  readonly exports: Catalogue['exports'];
  /** The formats of examples that can be read; empty until the worker has listed them. */
  readonly imports: Catalogue['imports'];
  /** The hosts that an import from the hub contacts. */
  readonly hubHosts: Catalogue['hubHosts'];
  /** The chosen strategy's id. */
  readonly method: string;
  /** Which preset the choices below started from. */
  readonly presetName: PresetName;
  /** The choices of method and training, as changed. */
  readonly choices: Omit<Choices, 'objective'>;
  /** Which costs are an objective of one strength rather than held under their targets; null for none. */
  readonly objective: ChosenObjective | null;
  readonly targets: Targets;
  /** Why the targets cannot be met together; null when they can. */
  readonly shortfall: readonly Shortfall[] | null;
  /** The same for the networks that the current or last run can still reach. */
  readonly runShortfall: readonly Shortfall[] | null;
  /** Labels of fields with invalid text. No search starts while there are any. */
  readonly refused: readonly string[];
  readonly run: RunView;
  /** What a screen reader says: phases, epochs, the result, errors. A function, so that it is said in the language in use when it is shown. */
  readonly announcement: () => string;
}

/** What a person asked for when the run began; settings may have changed since. */
export interface Asked {
  readonly config: SearchConfig;
  readonly data: DataLimits;
}

/** A network on trial, with what its last turn has shown. */
export type TrialView = Omit<Extract<SearchEvent, { kind: 'trial' }>, 'kind' | 'step' | 'hypervolume'>;

/** A run as it is shown. */
export interface RunView {
  /** Null before a run. */
  readonly asked: Asked | null;
  readonly state: RunState;
  /** Whether a command was sent whose effect has not arrived yet. */
  readonly starting: boolean;
  readonly error: Told | null;
  /** The error with which it failed; null while it has not. */
  readonly failure: WireError | null;
  /** Whether its graphics device was lost, and it could not go on by itself on a new one. */
  readonly stranded: boolean;
  /** Settings to make gentler after a loss that was no number, each by itself, the likeliest cause first. */
  readonly easings: readonly Easing[];
  /** The warnings of the run at its start. */
  readonly warnings: readonly Told[];
  /** How many networks met the targets at its start; null where that was not told. */
  readonly fitting: number | null;
  readonly progress: Progress | null;
  /** What the worker does while it makes no steps. */
  readonly activity: Told | null;
  readonly implementation: Told | null;
  readonly qualities: Partial<Qualities>;
  readonly choice: Readonly<Record<string, string>> | null;
  /** Groups of channels that are searched; empty while none are. */
  readonly groups: readonly ChannelGroup[];
  /** What one channel of each group costs while all are there; empty where that was not told. */
  readonly channelCosts: Readonly<Record<string, Costs>>;
  readonly channels: readonly LayerChannels[];
  /**
   * The network that was chosen last, and whether it is trained, which makes it the result; null before there is one, and while a search
   * goes on from it.
   */
  readonly chosen: { readonly costs: Costs; readonly trained: boolean } | null;
  /** Networks that were tried out, in the order of their first turn. */
  readonly trials: readonly TrialView[];
  readonly result: SearchResult | null;
  /** Whether networks are being trained to compare them with the result. */
  readonly comparing: boolean;
  /** Estimated time to train one network for that; null before there is a result. */
  readonly comparisonMs: number | null;
  /** Whether the search itself is over, so that derivation and fine-tuning can be repeated for other targets. */
  readonly searched: boolean;
  /** Costs of the networks that the run can still reach, when those are fewer than the space's; null before that. */
  readonly table: CostTable | null;
  /** The targets of the run or of the derivation under way. */
  readonly resultTargets: Targets | null;
  /** The targets that the result was found for. */
  readonly finishedTargets: Targets | null;
  /** The networks that were tried out before the result was found. */
  readonly finishedTrials: readonly TrialView[];
  /** It has trained something since a file of it was last downloaded. */
  readonly unsaved: boolean;
  /** How it is kept; null before it was written. `whole`: it can go on from there, with all that it has trained. */
  readonly kept: Omit<Extract<WireEvent, { kind: 'kept' }>, 'kind'> | null;
}

export const idleRun: RunView = {
  asked: null,
  state: 'idle',
  starting: false,
  error: null,
  failure: null,
  stranded: false,
  easings: [],
  warnings: [],
  fitting: null,
  progress: null,
  activity: null,
  implementation: null,
  qualities: {},
  choice: null,
  groups: [],
  channelCosts: {},
  channels: [],
  chosen: null,
  trials: [],
  result: null,
  comparing: false,
  comparisonMs: null,
  searched: false,
  table: null,
  resultTargets: null,
  finishedTargets: null,
  finishedTrials: [],
  unsaved: false,
  kept: null,
};
