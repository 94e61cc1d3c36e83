/** Runs one search of an evaluation and keeps what the page needs. */
import type { Dataset } from '../../core/data/dataset';
import { asWorkbenchError } from '../../core/errors';
import type { MetricId } from '../../core/cost/metrics';
import type { Targets } from '../../core/cost/metrics';
import type { Phase, Qualities } from '../../core/search/events';
import type { Costs } from '../../core/cost/metrics';
import { Search } from '../../core/runs/search';
import type { SearchDependencies } from '../../core/search/kit';
import { unlessChosen } from '../../core/config/settings';
import type { Objective, SearchConfig } from '../../core/config/searchConfig';
import { imageClassification } from '../../core/tasks/imageClassification';
import { taskFor } from '../../core/tasks/index';

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

/** @throws Error for every failure except that the targets cannot be met */
export async function runSearch(settings: RunSettings, dataset: Dataset, dependencies: SearchDependencies): Promise<Outcome> {
  const started = performance.now();
  const config = configFor(settings);
  let search: Search | null = null;
  let trained = false;
  try {
    search = new Search(config, dataset, { targets: config.targets, revision: 0, eager: false }, dependencies);
    for await (const event of search.run()) trained ||= event.kind === 'step';
    const { result } = search;
    if (!result) throw new Error('the search ended without a result');
    const { costs, timing } = result;
    const { id: _, ...quality } = result.quality;
    const within = Object.entries(settings.targets).every(([metric, target]) => (costs.final[metric as MetricId] as number) <= target);
    return { status: within ? 'met' : 'missed', costs: costs.final, quality, stepMs: timing.stepMs, totalMs: timing.totalMs };
  } catch (error) {
    const { code, message } = asWorkbenchError(error);
    // A search that diverges would do so every time, so it is recorded and the others go on.
    if (code !== 'infeasible-targets' && code !== 'loss-not-finite') throw error;
    return { status: trained ? 'cannot' : 'infeasible', reason: message, totalMs: performance.now() - started };
  } finally {
    search?.dispose();
  }
}

/** The seed network trained for as many epochs as a whole search of a method. */
export async function runSeedNetwork(settings: SeedSettings, dataset: Dataset, dependencies: SearchDependencies): Promise<SeedNetwork> {
  const started = performance.now();
  const config = configFor({ ...settings, targets: {} });
  const search = new Search(config, dataset, { targets: {}, revision: 0, eager: false }, dependencies);
  let quality: number | null = null;
  const stepTimes: number[] = [];
  try {
    for await (const event of search.trainSeedNetwork()) {
      if (event.kind === 'quality') quality = event.quality;
      if (event.kind === 'step') stepTimes.push(event.elapsedMs);
    }
  } finally {
    search.dispose();
  }
  if (quality === null || stepTimes.length === 0) throw new Error('the seed network was not trained');
  const stepMs = stepTimes.reduce((sum, time) => sum + time, 0) / stepTimes.length;
  return { quality, stepMs, totalMs: performance.now() - started };
}

export function configFor({ task, method, targets, randomSeed, objective, epochs, choices }: RunSettings): SearchConfig {
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
