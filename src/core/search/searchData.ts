/** The pictures of a search: split, normalised, and drawn as batches for each of its phases. */
import { BilevelBatches, TrainingBatches, type Augmentation, type BatchSource } from '../data/batches';
import { classWarnings } from '../data/classWarnings';
import { normalizationOf, type Dataset, type Normalization, type Pictures } from '../data/dataset';
import { draw, gather } from '../data/sampling';
import { WorkbenchError } from '../errors';
import { createRandom, type Random } from '../random';
import type { EvaluationData } from './training/evaluate';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';

/** Largest shift of a training picture in pixels, when augmentation is on. */
const SHIFT = 3;

/** Names of random streams stay as they are, so that runs can be repeated. */
const streams: Readonly<Record<SpaceKind, string>> = { candidates: 'supernet', channels: 'pit' };

/** What of a search's config decides how its pictures are divided. */
export type DivisionConfig = Pick<SearchConfig, 'batchSize' | 'randomSeed' | 'validationShare' | 'bilevel'>;

/** Which training pictures validate and which are learnt from, and what a person should know of all pictures before the start. */
export interface Division {
  readonly validation: Int32Array;
  readonly train: Int32Array;
  readonly warnings: readonly string[];
}

/**
 * Divides the training pictures, each class in the same proportion. Looks at classes only, so it can be asked before a start.
 * @param searches what is searched, one after the other
 * @throws WorkbenchError `invalid-data` or `invalid-setting` when there are too few pictures
 */
export function divide(config: DivisionConfig, dataset: Dataset, searches: readonly SpaceKind[]): Division {
  const { batchSize, randomSeed, validationShare } = config;
  const { labels, count } = dataset.train;
  const { drawn: validation, left: train } = draw(labels, Math.round(count * validationShare), createRandom(randomSeed, 'split'));
  assertEnough(dataset, train.length, batchSize);
  assertValidated(validation.length, count, validationShare);
  assertBilevel(config, searches, validation.length);
  const labelsOf = (indices: Int32Array) => Uint8Array.from(indices, (index) => labels[index] as number);
  const parts = { training: labelsOf(train), validation: labelsOf(validation), test: dataset.test.labels };
  return { validation, train, warnings: [...dataset.warnings, ...classWarnings(dataset.classNames, parts)] };
}

export class SearchData {
  /** What a person should know of the pictures before the search starts. */
  readonly warnings: readonly string[];
  /** For choosing between epochs; a bi-level search learns its architecture parameters from these too. */
  readonly validation: EvaluationData;
  /** Only ever for reporting. */
  readonly test: EvaluationData;
  readonly #train: Pictures;
  readonly #normalization: Normalization;
  readonly #order: Random;

  /**
   * @param searches what is searched, one after the other
   * @throws WorkbenchError `invalid-data` or `invalid-setting` when there are too few pictures
   */
  constructor(
    private readonly config: SearchConfig,
    private readonly dataset: Dataset,
    searches: readonly SpaceKind[],
  ) {
    const { train, validation, warnings } = divide(config, dataset, searches);
    this.warnings = warnings;
    this.#train = gather(dataset.train, train);
    this.#order = createRandom(config.randomSeed, 'batches');
    this.#normalization = normalizationOf(this.#train, dataset.shape[2]);
    const evaluation = { shape: dataset.shape, normalization: this.#normalization, batchSize: config.batchSize };
    this.validation = { ...evaluation, pictures: gather(dataset.train, validation) };
    this.test = { ...evaluation, pictures: dataset.test };
  }

  /** For training weights, or weights and architecture parameters together. */
  trainingBatches(): TrainingBatches {
    return this.#batches(this.#train, this.config.augment ? { flip: true, shift: SHIFT } : null, this.#order);
  }

  /** For a search: where it is bi-level, architecture parameters learn from the validation pictures, taking turns. */
  searchBatches(kind: SpaceKind): BatchSource {
    const alternation = this.config.bilevel[kind];
    if (alternation === 'off') return this.trainingBatches();
    const random = createRandom(this.config.randomSeed, `architecture batches, ${streams[kind]}`);
    return new BilevelBatches(this.trainingBatches(), this.#batches(this.validation.pictures, null, random), alternation);
  }

  /** Unchanged training pictures, the same ones every time. */
  statisticsBatches(): TrainingBatches {
    return this.#batches(this.#train, null, createRandom(this.config.randomSeed, 'statistics'));
  }

  #batches(pictures: Pictures, change: Augmentation | null, random: Random): TrainingBatches {
    const set = { pictures, shape: this.dataset.shape, normalization: this.#normalization };
    return new TrainingBatches(set, this.config.batchSize, change, random);
  }
}

function assertEnough({ name, train, test }: Dataset, learntFrom: number, batchSize: number): void {
  if (learntFrom >= 2 * batchSize && test.count > 0) return;
  throw new WorkbenchError(
    'invalid-data',
    `${name} has ${train.count} training pictures, ${learntFrom} of them to learn from and the others for validation, and ${test.count} test pictures; a batch size of ${batchSize} needs at least ${2 * batchSize} to learn from and one test picture. Load more pictures or choose a smaller batch.`,
  );
}

function assertValidated(validation: number, count: number, share: number): void {
  if (validation > 0) return;
  throw new WorkbenchError(
    'invalid-setting',
    `A validation share of ${share} leaves no validation picture out of ${count} training pictures, so epochs could not be compared. Raise it to ${Number((1 / count).toPrecision(2))} or more, or use more pictures.`,
  );
}

function assertBilevel({ bilevel, batchSize }: DivisionConfig, searches: readonly SpaceKind[], validation: number): void {
  if (validation >= batchSize || searches.every((kind) => bilevel[kind] === 'off')) return;
  throw new WorkbenchError(
    'invalid-setting',
    `A bi-level search needs at least one batch of validation pictures; there are ${validation} for batches of ${batchSize}. Use more pictures, a larger validation share or a smaller batch.`,
  );
}
