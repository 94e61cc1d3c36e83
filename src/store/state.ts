/** The application's state as plain data. Curves live beside it (curves.ts): they change too often for it. */
import type { BackendChoice, StartedBackend } from '../backends/backend';
import type { CostTable } from '../core/cost/costTable';
import type { MetricId } from '../core/cost/metrics';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { UnitChoice } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import type { Shortfall } from '../core/search/constraints/constraint';
import type { Targets } from '../core/cost/metrics';
import type { Accuracies, SearchResult } from '../core/search/events';
import type { Progress } from '../core/runs/progress';
import type { LayerChannels } from '../core/search/training/architecture';
import type { Choices, PresetName } from '../core/config/searchConfig';
import type { ChannelGroup } from '../core/network/channels';
import type { Catalogue, DataLimits, DatasetSummary, RunState, SpaceSummary } from '../protocol/protocol';

/** All limited costs as an objective, or one of them. */
export interface ChosenObjective {
  readonly costs: 'all' | MetricId;
  readonly strength: number;
}

/** Asked before a table of measurements becomes a device. */
export interface UnitQuestion {
  readonly text: string;
  readonly choices: readonly UnitChoice[];
  readonly files: readonly File[];
}

export interface WorkbenchState {
  readonly backend:
    | { readonly state: 'starting'; readonly choice: BackendChoice }
    | { readonly state: 'ready'; readonly choice: BackendChoice; readonly started: StartedBackend }
    | { readonly state: 'failed'; readonly choice: BackendChoice; readonly message: string };
  /** Null until the first pictures are there. */
  readonly dataset: DatasetSummary | null;
  readonly loadingPictures: boolean;
  /** Why the last pictures could not be taken; the ones before stay. */
  readonly picturesError: string | null;
  /** What a search on the pictures, as many as are set, would be warned of, or why it would be refused. */
  readonly pictureWarnings: readonly string[];
  /** Null until the worker has told it. */
  readonly space: SpaceSummary | null;
  readonly device: DeviceChoice;
  /** A person's own device, kept while another one is chosen; null until there is one. */
  readonly ownDevice: OwnDeviceFit | null;
  /** Which units a table may be in, whose own look wrong; null when nothing is asked. */
  readonly unitQuestion: UnitQuestion | null;
  /** Why the last device could not be taken; the one before stays. */
  readonly deviceError: string | null;
  /** How many of the pictures a search uses. */
  readonly settings: DataLimits;
  /** The strategies that there are; empty until the worker has told them. */
  readonly strategies: Catalogue['strategies'];
  /** The chosen strategy's id. */
  readonly method: string;
  /** Which preset the choices below started from. */
  readonly presetName: PresetName;
  /** The choices of method and training, as changed. */
  readonly choices: Omit<Choices, 'objective'>;
  /** Which costs are an objective of one strength rather than held under their targets; null for none. */
  readonly objective: ChosenObjective | null;
  readonly targets: Targets;
  /** What makes the targets impossible together, null when they are not. */
  readonly shortfall: readonly Shortfall[] | null;
  /** The same for what the run that is on, or was last, can still reach. */
  readonly runShortfall: readonly Shortfall[] | null;
  /** Labels of fields that hold a text which they do not take: no search starts over it. */
  readonly refused: readonly string[];
  readonly run: RunView;
  /** What a screen reader says: phases, epochs, the result, errors. */
  readonly announcement: string;
}

/** A run as it is shown. */
export interface RunView {
  readonly state: RunState;
  /** A command was sent and its effect has not shown yet. */
  readonly starting: boolean;
  readonly error: string | null;
  /** What the run was warned of at its start. */
  readonly warnings: readonly string[];
  readonly progress: Progress | null;
  /** What goes on while no steps are made. */
  readonly activity: string | null;
  readonly implementation: string | null;
  readonly accuracies: Partial<Accuracies>;
  readonly choice: Readonly<Record<string, string>> | null;
  /** Groups of channels that are searched; empty while none are. */
  readonly groups: readonly ChannelGroup[];
  readonly channels: readonly LayerChannels[];
  readonly result: SearchResult | null;
  /** The search itself is over: what is left to do can be done again for other targets. */
  readonly searched: boolean;
  /** Costs of what the run can still reach, where that is less than the space does; null before it is known. */
  readonly table: CostTable | null;
  /** Targets that the run, or the derivation under way, works for. */
  readonly resultTargets: Targets | null;
  /** Targets that the result holds for. */
  readonly finishedTargets: Targets | null;
  /** It has trained something since the network or the run file was last downloaded. */
  readonly unsaved: boolean;
}

export const idleRun: RunView = {
  state: 'idle',
  starting: false,
  error: null,
  warnings: [],
  progress: null,
  activity: null,
  implementation: null,
  accuracies: {},
  choice: null,
  groups: [],
  channels: [],
  result: null,
  searched: false,
  table: null,
  resultTargets: null,
  finishedTargets: null,
  unsaved: false,
};
