/** Trains what a comparison needs, one network or search at a time. */
import type { SearchConfig, SpaceKind } from '../../../core/config/searchConfig';
import type { MetricId } from '../../../core/cost/metrics';
import type { Dataset } from '../../../core/data/dataset';
import { asWorkbenchError } from '../../../core/errors';
import { Search } from '../../../core/runs/search';
import type { SearchResult } from '../../../core/search/events';
import type { SearchDependencies } from '../../../core/search/kit';
import { configFor, type RunSettings } from '../runCell';
import { CodedNetworks, type NetworkId } from './codedNetworks';

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

/** @throws Error for every failure that is no finding */
export async function runJob(job: Job, dataset: Dataset, dependencies: SearchDependencies): Promise<JobOutcome> {
  const started = performance.now();
  const now = () => Math.round(performance.now() - started);
  try {
    const done = await (job.kind === 'search' ? search : scratch)(job as SearchJob & ScratchJob, dataset, dependencies);
    return { ...done, ms: now() };
  } catch (error) {
    const { code, message } = asWorkbenchError(error);
    if (code !== 'infeasible-targets' && code !== 'loss-not-finite') throw error;
    return { failed: code === 'loss-not-finite' ? 'diverged' : 'infeasible', reason: message, ms: now() };
  }
}

type Done = Omit<Trained, 'ms'>;

async function search({ searches, settings }: SearchJob, dataset: Dataset, dependencies: SearchDependencies): Promise<Done> {
  const search = started(settings, dataset, dependencies);
  try {
    let result: SearchResult | null = null;
    for await (const event of search.run()) if (event.kind === 'result') result = event.result;
    if (!result) throw new Error('the search ended without a result');
    const { choice, channels, costs, quality, trainedMacs } = result;
    const network = new CodedNetworks(dataset.classNames.length, searches).found(choice, channels);
    const met = Object.entries(settings.targets).every(([metric, target]) => (costs.final[metric as MetricId] as number) <= target);
    return { network, quality: quality.final, work: trainedMacs / search.epochMacs(search.space.seed), met };
  } finally {
    search.dispose();
  }
}

async function scratch(
  { network, searches, randomSeed, epochs }: ScratchJob,
  dataset: Dataset,
  dependencies: SearchDependencies,
): Promise<Done> {
  const plan = new CodedNetworks(dataset.classNames.length, searches).planOf(network);
  // Any method of as many searches divides the examples and the epochs alike.
  const method = searches.length > 1 ? 'supernet+pit' : 'supernet';
  const search = started({ method, targets: {}, randomSeed, epochs }, dataset, dependencies);
  try {
    let quality: number | null = null;
    for await (const event of search.trainFromScratch(plan)) if (event.kind === 'quality') quality = event.quality;
    if (quality === null) throw new Error('the network was not measured');
    const whole = epochs.warmup + searches.length * epochs.search + epochs.finetune;
    return { network, quality, work: (whole * search.epochMacs(plan)) / search.epochMacs(search.space.seed) };
  } finally {
    search.dispose();
  }
}

function started(settings: RunSettings, dataset: Dataset, dependencies: SearchDependencies): Search {
  const config = configFor(settings);
  return new Search(config, dataset, { targets: config.targets, revision: 0, eager: false }, dependencies);
}
