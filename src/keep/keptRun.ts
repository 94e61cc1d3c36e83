/** A kept run, in the parts that are stored apart: what a list shows, what a person has said of it, its record and its checkpoint. */
import type { DeviceChoice } from '../core/cost/devices/index';
import type { Costs, Targets } from '../core/cost/metrics';
import type { RunIdentity } from '../core/runs/checkpoint/checkpointFile';
import type { Environment, RecorderState, RunResult } from '../core/runs/runFile';
import type { Easing } from '../core/search/divergence';
import type { SearchEvent } from '../core/search/events';
import type { Told } from '../core/language/told';

/** `underWay`: it trains, or it did when its page was closed. `stopped`: a person ended it, or left it as it is. */
export type KeptState = 'underWay' | 'stopped' | 'finished' | 'failed';

/** What a list shows of a run; small, since a list reads all of them. */
export interface RunSummary {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly changed: number;
  readonly state: KeptState;
  readonly task: string;
  readonly method: string;
  readonly device: DeviceChoice;
  readonly backend: string;
  readonly randomSeed: number;
  /** Of the examples it learns from. */
  readonly data: { readonly name: string; readonly synthetic: boolean; readonly trainCount: number; readonly testCount: number };
  /** Training steps of the search done, and planned where that is known; what trains after the result counts in neither. */
  readonly step: number;
  readonly steps: number | null;
  /** On the test examples; null without a result. */
  readonly quality: number | null;
  /** Costs of the found network; null without a result. */
  readonly costs: Costs | null;
  /** The seed network, where it was trained to compare; null otherwise. */
  readonly seedNetwork: { readonly quality: number; readonly costs: Costs } | null;
  /** Those of the result, whatever is set since; without a result those in force. */
  readonly targets: Targets;
  /** Bytes of its checkpoint, from which it can go on; 0 for none. */
  readonly checkpointBytes: number;
  /** Whether it has trained more after its result, which its checkpoint does not hold. */
  readonly furthered: boolean;
  readonly imported: boolean;
}

/** What a person has said of a run. It is written by the page, and the summary by the run itself, so that neither undoes the other. */
export interface RunLabel {
  readonly id: string;
  /** Empty for the name that it has by itself. */
  readonly name: string;
  readonly note: string;
  readonly starred: boolean;
  /** When it was deleted, in milliseconds since 1970; null if it was not. It can be brought back until it is cleared away. */
  readonly deleted: number | null;
  /** From 1: which of the runs of its name it is. Given by the page that lists it first after it came or was renamed. */
  readonly number?: number;
}

/** All that is needed to show a run as it was, and to write its run file. */
export interface RunRecord extends Omit<RunIdentity, 'dataFingerprint' | 'backend'> {
  readonly id: string;
  /** Null in old run files. */
  readonly dataFingerprint: string | null;
  readonly environment: Environment;
  /** The targets in force, which a person may have moved since the start, and their revision. */
  readonly controls: { readonly targets: Targets; readonly revision: number };
  readonly recorder: RecorderState;
  readonly told: readonly SearchEvent[];
  readonly result: RunResult | null;
  /** The message of a run that failed. */
  readonly error: Told | null;
  /** Gentler settings to go back with, after a loss that was no number; older records do not say them. */
  readonly easings?: readonly Easing[];
  /** Where the last epoch ended to which its checkpoint can go back; older records do not say it. */
  readonly goodStep?: number | null;
}

/** What a list shows of a result. @param targets in force, for a run without one */
export function summaryOf(result: RunResult | null, targets: Targets): Pick<RunSummary, 'quality' | 'costs' | 'seedNetwork' | 'targets'> {
  if (!result) return { quality: null, costs: null, seedNetwork: null, targets };
  const { final, seedNetwork } = result.quality;
  return {
    quality: final,
    targets: Object.fromEntries([...result.constraints, ...result.objectives].map(({ metric, target }) => [metric, target])),
    costs: result.costs.final,
    seedNetwork: seedNetwork === undefined ? null : { quality: seedNetwork, costs: result.costs.seedNetwork },
  };
}

export const unlabelled = (id: string): RunLabel => ({ id, name: '', note: '', starred: false, deleted: null });

/** A run as it is listed. */
export interface ListedRun extends RunSummary {
  readonly label: RunLabel;
  /** Whether a page holds it, which may be another one. */
  readonly held: boolean;
}
