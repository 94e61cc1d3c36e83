/** What the evaluation of tasks keeps: a part for each task and data set, with a cell for each training. */
import { gap8 } from '../../../core/cost/devices/gap8';
import type { Costs, Targets } from '../../../core/cost/metrics';
import type { Preset } from '../../../core/config/searchConfig';
import type { Dataset } from '../../../core/data/dataset';
import { linearErrors } from '../../../core/data/linearAutoencoder';
import { linearAccuracy } from '../../../core/data/linearClassifier';
import { classCounts, sampleDataset } from '../../../core/data/sampling';
import { said } from '../../../core/language/told';
import { dataFingerprint } from '../../../core/runs/dataFingerprint';
import { searchSpace } from '../../../core/search/space';
import { strategyFor } from '../../../core/strategies/index';
import { canSearch, type Task } from '../../../core/tasks/task';
import { assertSameSettings, type SavedResults } from '../savedResults';
import type { Outcome, SeedNetwork } from '../trainings';

/** The targets of every search, as shares of the seed network's costs. */
export const SHARES = { flashBytes: 0.5, latencyMs: 0.75 } as const;

/** A task on one data set. */
export interface TaskPart {
  readonly task: string;
  readonly data: EvaluatedData;
  readonly preset: Preset;
  readonly targets: Targets;
  readonly seedCosts: Costs;
  /** Quality without looking at the examples: the share of the most frequent class in the test, 0.5 for an area under the ROC curve. */
  readonly chance: number;
  /**
   * Quality of a linear classifier on the same features, or of a linear autoencoder where the input is asked for; null in results from
   * before there was one.
   */
  readonly linear: number | null;
  /** By `cellKey`. */
  readonly seedNetworks: Record<string, Timed<SeedNetwork>>;
  readonly searches: Record<string, Timed<Outcome>>;
}

export interface EvaluatedData {
  readonly name: string;
  readonly synthetic: boolean;
  readonly classes: number;
  readonly train: number;
  readonly test: number;
  /** How it was decided which examples test, as a sentence; null where the files say it. */
  readonly split: string | null;
  readonly fingerprint: string;
}

/** Where an outcome was timed: machine and threads. Null if other work ran beside it, so that its times mean nothing. */
export type Timed<Of> = Of & { readonly timedOn: string | null };

export type TaskResults = SavedResults<TaskPart>;

export const partKey = (task: Pick<Task, 'id'>, { name }: Pick<EvaluatedData, 'name'>): string => `${task.id}, ${name}`;

export const cellKey = (method: string, randomSeed: number): string => `${method} ${randomSeed}`;

/** The methods that a task can search by: over channels, and over candidates where it has some. */
export const methodsFor = (task: Task): readonly string[] => ['pit', 'supernet'].filter((method) => canSearch(task, strategyFor(method)));

/** Values of training examples that a linear baseline learns from at most, so that its copy fits into memory: 400 MB. */
const LINEAR_VALUES = 5e7;

/**
 * A part that goes on with what an earlier sitting has found.
 * @param path of the saved results, for the message
 * @throws WorkbenchError `invalid-setting` when that was with other data or settings
 */
export function partFor(path: string, { parts }: TaskResults, task: Task, dataset: Dataset): TaskPart {
  const data: EvaluatedData = {
    name: dataset.name,
    synthetic: dataset.synthetic,
    classes: dataset.classNames.length,
    train: dataset.train.count,
    test: dataset.test.count,
    split: dataset.split === undefined ? null : said(dataset.split),
    fingerprint: dataFingerprint(dataset),
  };
  const { seedCosts } = searchSpace({ task: task.id, device: gap8.id }, data.classes);
  const targets = {
    flashBytes: Math.floor(SHARES.flashBytes * (seedCosts.flashBytes as number)),
    latencyMs: SHARES.latencyMs * (seedCosts.latencyMs as number),
  };
  const fresh = { task: task.id, data, preset: task.presets.quick, targets, seedCosts };
  const key = partKey(task, data);
  const before = parts[key];
  if (!before) return { ...fresh, ...cheapQualities(task, dataset), seedNetworks: {}, searches: {} };
  assertSameSettings(path, key, before, { ...before, ...fresh }, ['data', 'preset', 'targets', 'seedCosts']);
  return before;
}

function cheapQualities(task: Task, dataset: Dataset): { readonly chance: number; readonly linear: number } {
  const most = Math.floor(LINEAR_VALUES / (dataset.train.values.length / dataset.train.count));
  if (task.asks !== 'classes') {
    const { labels, groups = null, recordings = null } = dataset.test;
    const losses = linearErrors(sampleDataset(dataset, { trainCount: most, testCount: Infinity }, 1));
    return { chance: 0.5, linear: task.quality.of({ outputs: new Float32Array(), size: 0, losses, labels, groups, recordings }) };
  }
  return {
    chance: Math.max(...classCounts(dataset.test.labels)) / dataset.test.count,
    linear: linearAccuracy(sampleDataset(dataset, { trainCount: most, testCount: most }, 1)),
  };
}
