/** The pictures of a search: split, normalised, and drawn as batches for each of its phases. */
import { BilevelBatches, TrainingBatches, type Augmentation, type BatchSource } from '../data/batches';
import { assertEnough, normalizationOf, splitPictures, type Dataset, type Normalization, type Pictures } from '../data/dataset';
import { WorkbenchError } from '../errors';
import { createRandom, type Random } from '../random';
import type { EvaluationData } from './evaluate';
import type { SearchConfig, SpaceKind } from './searchConfig';

/** Largest shift of a training picture in pixels, when augmentation is on. */
const SHIFT = 3;

/** Names of random streams stay as they are, so that runs can be repeated. */
const streams: Readonly<Record<SpaceKind, string>> = { candidates: 'supernet', channels: 'pit' };

export class SearchData {
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
    const { batchSize, randomSeed, validationShare } = config;
    const { train, validation } = splitPictures(dataset.train, validationShare, createRandom(randomSeed, 'split'));
    assertEnough({ ...dataset, train }, batchSize);
    assertBilevel(config, searches, validation);
    this.#train = train;
    this.#order = createRandom(randomSeed, 'batches');
    this.#normalization = normalizationOf(train, dataset.shape[2]);
    const evaluation = { shape: dataset.shape, normalization: this.#normalization, batchSize };
    this.validation = { ...evaluation, pictures: validation };
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

function assertBilevel({ bilevel, batchSize }: SearchConfig, searches: readonly SpaceKind[], validation: Pictures): void {
  if (validation.count >= batchSize || searches.every((kind) => bilevel[kind] === 'off')) return;
  throw new WorkbenchError(
    'invalid-setting',
    `A bi-level search needs at least one batch of validation pictures; there are ${validation.count} for batches of ${batchSize}. Use more pictures, a larger validation share or a smaller batch.`,
  );
}
