/** What a comparison trains, one network or search at a time. */
import type { SearchConfig, SpaceKind } from '../../../core/config/searchConfig';
import type { CodedNetworks, NetworkId } from '../../../core/runs/codedNetworks';
import type { CellWork } from '../../../core/runs/sweep/plan';
import type { ResultFile } from '../../sweep/folder';
import { meets, searchWork, type RunSettings } from '../trainings';

export type Job = SearchJob | ScratchJob;

export interface SearchJob {
  readonly kind: 'search';
  readonly searches: readonly [SpaceKind, ...SpaceKind[]];
  readonly settings: RunSettings;
}

/** A network trained from scratch like a search. */
export interface ScratchJob {
  readonly kind: 'scratch';
  readonly network: NetworkId;
  readonly searches: readonly [SpaceKind, ...SpaceKind[]];
  readonly randomSeed: number;
  readonly epochs: SearchConfig['epochs'];
}

/** Work is in epochs of the seed network's training, qualities are shares of the test examples. */
export interface Trained {
  /** What was trained, or found. */
  readonly network: NetworkId;
  /** Of the network that is handed over. */
  readonly quality: number;
  readonly work: number;
  readonly ms: number;
  /** Whether a search's network meets every target. */
  readonly met?: boolean;
}

/** infeasible: no network meets the targets. diverged: the loss became infinite. */
export interface Failed {
  readonly failed: 'infeasible' | 'diverged';
  readonly reason: string;
  readonly ms: number;
}

export type JobOutcome = Trained | Failed;

/** What a cell of the plan does for it. */
export function workOf(job: Job): CellWork {
  if (job.kind === 'search') return searchWork(job.settings);
  const { network, searches, randomSeed, epochs } = job;
  // Any method of as many searches divides the examples and the epochs alike.
  const method = searches.length > 1 ? 'supernet+pit' : 'supernet';
  return { ...searchWork({ method, targets: {}, randomSeed, epochs }), train: network };
}

/**
 * What the cell's result says.
 * @param networks of the job's space
 */
export function outcomeOf(job: Job, { cell, result }: ResultFile, networks: CodedNetworks): JobOutcome {
  const ms = Math.round(cell.totalMs);
  if (job.kind === 'scratch' && cell.trained)
    return { network: job.network, quality: cell.trained.quality, work: scratchWork(job, networks), ms };
  if (job.kind === 'search' && result) {
    const { choice, channels, costs, quality, trainedMacs } = result;
    const work = (trainedMacs as number) / (cell.seedEpochMacs as number);
    return { network: networks.found(choice, channels), quality: quality.final, work, ms, met: meets(costs.final, job.settings.targets) };
  }
  return { failed: cell.status === 'diverged' ? 'diverged' : 'infeasible', reason: cell.reason ?? '', ms };
}

function scratchWork({ network, searches, epochs }: ScratchJob, networks: CodedNetworks): number {
  const whole = epochs.warmup + searches.length * epochs.search + epochs.finetune;
  return (whole * (networks.costsOf(network).macs as number)) / (networks.costsOf(networks.seed).macs as number);
}
