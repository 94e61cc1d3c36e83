/** What comparisons have measured so far, by jobs, and where it is kept. */
import type { Preset } from '../../../core/config/searchConfig';
import { assertSameSettings, type SavedResults } from '../savedResults';
import type { Budget } from './budgets';
import { spaceKey, type Contestant } from './contestants';
import type { NetworkId } from '../../../core/runs/codedNetworks';
import type { Pair } from './pairs';
import type { Failed, JobOutcome, Trained } from './job';

/** Parts by `partKey`. */
export type Baselines = SavedResults<Part>;

/** One comparison: its data and budget, and what it has trained. */
export interface Part {
  readonly budget: Budget;
  readonly data: { readonly name: string; readonly synthetic: boolean; readonly train: number; readonly test: number };
  readonly classes: number;
  /** The settings of all searches, but for the budget's epochs. */
  readonly preset: Preset;
  readonly machine: string;
  /** How far the comparison is to go: ids of strategies, and numbers of pairs, random seeds and random networks. */
  readonly goal: Goal;
  readonly jobs: Record<string, JobOutcome>;
}

export interface Goal {
  readonly methods: readonly string[];
  readonly pairs: number;
  readonly seeds: number;
  readonly random: number;
}

export const partKey = ({ budget, data }: Pick<Part, 'budget' | 'data'>): string => `${budget.name}, ${data.name}`;

export const searchKey = ({ id }: Contestant, { name }: Pair, randomSeed: number): string => `search: ${id}, ${name}, seed ${randomSeed}`;

/** Networks are trained alike wherever as many searches follow each other, so spaces of one kind share them. */
export const scratchKey = (network: NetworkId, { searches }: Pick<Contestant, 'searches'>, randomSeed: number): string =>
  `scratch: ${network}${searches.length > 1 ? `, ${searches.length} searches` : ''}, seed ${randomSeed}`;

/** A largest network trained for a whole number of epochs. */
export const plainKey = (network: NetworkId, epochs: number, randomSeed: number): string =>
  `largest: ${network}, ${epochs} epochs, seed ${randomSeed}`;

/** Names the space of random networks. */
export const randomKey = (contestant: Contestant, pair: Pair): string => `${spaceKey(contestant)}, ${pair.name}`;

export const isTrained = (outcome: JobOutcome | undefined): outcome is Trained => outcome !== undefined && 'quality' in outcome;
export const isFailed = (outcome: JobOutcome | undefined): outcome is Failed => outcome !== undefined && 'failed' in outcome;

/**
 * A part that goes on with what an earlier sitting has trained.
 * @throws WorkbenchError `invalid-setting` when that was with other data or settings
 */
export function resumedPart(path: string, { parts }: Baselines, fresh: Part): Part {
  const before = parts[partKey(fresh)];
  if (!before) return fresh;
  assertSameSettings(path, partKey(fresh), before, fresh, ['data', 'budget', 'preset']);
  const machine = before.machine.includes(fresh.machine) ? before.machine : `${before.machine}; ${fresh.machine}`;
  // Strategies of earlier sittings stay on the page.
  const methods = [...new Set([...before.goal.methods, ...fresh.goal.methods])];
  return { ...fresh, machine, goal: { ...fresh.goal, methods }, jobs: before.jobs };
}
