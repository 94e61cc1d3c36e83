/** The searches and trainings of an evaluation: as work of a plan's cells, and what their results say. */
import type { Costs, MetricId, Targets } from '../../core/cost/metrics';
import { unlessChosen } from '../../core/config/settings';
import type { Objective, SearchConfig } from '../../core/config/searchConfig';
import { WorkbenchError } from '../../core/errors';
import type { CellWork } from '../../core/runs/sweep/plan';
import { SEED_NETWORK } from '../../core/runs/sweep/training';
import type { Phase, Qualities } from '../../core/search/events';
import { imageClassification } from '../../core/tasks/imageClassification';
import { taskFor } from '../../core/tasks/index';
import type { ResultFile } from '../sweep/folder';

export type Outcome = Found | NotFound;

/** met: every target holds for the final network. missed: some do not. */
export interface Found {
  readonly status: 'met' | 'missed';
  /** Of the final network. */
  readonly costs: Costs;
  readonly quality: Qualities;
  readonly stepMs: Partial<Record<Phase, number>>;
  readonly totalMs: number;
}

/** infeasible: the search refused the targets before training. cannot: it found afterwards that no network meets them. */
interface NotFound {
  readonly status: 'infeasible' | 'cannot';
  /** Why, in the search's own words. */
  readonly reason: string;
  readonly totalMs: number;
}

export interface RunSettings {
  /** Id of the task; image classification without it. */
  readonly task?: string;
  readonly method: string;
  readonly targets: Targets;
  readonly randomSeed: number;
  /** A classic search has no targets; its network is only compared with them. */
  readonly objective?: Objective;
  readonly epochs?: SearchConfig['epochs'];
  /** What strategies without gradients take besides. */
  readonly choices?: Partial<Pick<SearchConfig, 'space' | 'budget' | 'networks' | 'largestBy'>>;
}

/** What plain training takes. The method decides for how many epochs. */
export type SeedSettings = Pick<RunSettings, 'task' | 'method' | 'randomSeed' | 'epochs'>;

/** Quality on the test examples after plain training. */
export interface SeedNetwork {
  readonly quality: number;
  readonly stepMs: number;
  readonly totalMs: number;
}

/** The seed network trained for as many epochs as a whole search of a method. */
export const seedNetworkWork = (settings: SeedSettings): CellWork => ({
  config: configFor({ ...settings, targets: {} }),
  train: SEED_NETWORK,
});

export const searchWork = (settings: RunSettings): CellWork => ({ config: configFor(settings) });

/** @param targets that the network is compared with; a search with an objective does not know them */
export function outcomeOf({ cell, result }: ResultFile, targets: Targets): Outcome {
  const { totalMs } = cell;
  if (!result) return { status: cell.status === 'infeasible' ? 'infeasible' : 'cannot', reason: cell.reason ?? '', totalMs };
  const { costs, timing } = result;
  const { id: _, ...quality } = result.quality;
  return { status: meets(costs.final, targets) ? 'met' : 'missed', costs: costs.final, quality, stepMs: timing.stepMs, totalMs };
}

export const meets = (costs: Costs, targets: Targets): boolean =>
  Object.entries(targets).every(([metric, target]) => (costs[metric as MetricId] as number) <= target);

/** @throws WorkbenchError `loss-not-finite` where it diverged, which the same seed would do again */
export function seedNetworkOf({ cell: { trained, totalMs, reason } }: ResultFile): SeedNetwork {
  if (!trained) throw new WorkbenchError('loss-not-finite', `The seed network could not be trained. ${reason ?? ''}`);
  const { quality, stepMs } = trained;
  return { quality, stepMs, totalMs };
}

function configFor({ task, method, targets, randomSeed, objective, epochs, choices }: RunSettings): SearchConfig {
  const { id, presets } = taskFor(task ?? imageClassification.id);
  return {
    ...presets.quick,
    ...unlessChosen,
    ...(epochs && { epochs }),
    ...choices,
    task: id,
    device: 'gap8',
    method,
    targets: objective ? {} : targets,
    objective: objective ?? null,
    augment: true,
    randomSeed,
    seedNetwork: false,
  };
}
