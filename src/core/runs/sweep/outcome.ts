/** How a cell of a sweep ended. A run file with it is the cell's result. */
import type { SearchResult } from '../../search/events';
import type { Series } from '../boundedSeries';
import { thinned } from '../recordedRun';

/**
 * `met`: every target holds for the found network. `missed`: a cost that was an objective is above its target. `infeasible`: no network meets the
 * targets, which was known before training. `cannot`: the search found none. `diverged`: the loss became infinite or not a number. `trained`: a
 * network was trained without a search.
 */
export const cellStatuses = ['met', 'missed', 'infeasible', 'cannot', 'diverged', 'trained'] as const;
export type CellStatus = (typeof cellStatuses)[number];

export interface CellOutcome {
  readonly key: string;
  readonly status: CellStatus;
  /** Why there is no network, in the search's own words; null where there is one. */
  readonly reason: string | null;
  /** Milliseconds of all sittings. */
  readonly totalMs: number;
  /** Multiply-accumulates of an epoch of the seed network's training, by which work compares; left out where nothing was trained. */
  readonly seedEpochMacs?: number;
  /** Of a network that was trained without a search. */
  readonly trained?: TrainedNetwork;
}

export interface TrainedNetwork {
  /** On the test examples. */
  readonly quality: number;
  /** Mean of a step. */
  readonly stepMs: number;
}

export function statusOfResult({ constraints, objectives }: Pick<SearchResult, 'constraints' | 'objectives'>): 'met' | 'missed' {
  return [...constraints, ...objectives].every(({ met }) => met) ? 'met' : 'missed';
}

/** A run's curves, small enough for thousands of runs: of training a few hundred points, of validation, trials and targets all. */
export function sweepCurves(curves: Readonly<Record<string, Series>>): Readonly<Record<string, Series>> {
  const whole = Object.entries(curves).filter(([name]) => /^(validation|trial\/|target\/)/.test(name));
  return { ...thinned(curves), ...Object.fromEntries(whole) };
}
