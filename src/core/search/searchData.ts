/** The examples of a search: split, normalised, and drawn as batches for each of its phases. */
import { BilevelBatches, TrainingBatches, type Augmentation, type BatchSource } from '../data/batches';
import { classWarnings } from '../data/classWarnings';
import { normalizationOf, type Dataset, type Examples, type ExampleSet, type ExampleWords, type Normalization } from '../data/dataset';
import { divideAsNamed, drawApart, gather } from '../data/sampling';
import { WorkbenchError } from '../errors';
import { sayLater, type Told } from '../language/told';
import { taskFor, type Task } from '../tasks/index';
import { createRandom, type Random } from '../random';
import type { EvaluationData } from './training/evaluate';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';

/** Names of the random streams. They must never change, so that a run can be repeated. */
const streams: Readonly<Record<SpaceKind, string>> = { candidates: 'supernet', channels: 'pit' };

/** The part of a search's config that decides how its examples are divided. */
export type DivisionConfig = Pick<SearchConfig, 'task' | 'batchSize' | 'randomSeed' | 'validationShare' | 'bilevel'>;

/** Which training examples are for validation and which for learning, and warnings to read before the start. */
export interface Division {
  readonly validation: Int32Array;
  readonly train: Int32Array;
  readonly warnings: readonly Told[];
}

/**
 * Divides the training examples as the data say, else at random, each class in the same proportion and each recording as a whole. It
 * reads no values, so it can run before a start.
 */
export function divideAnyhow({ randomSeed, validationShare }: DivisionConfig, { train: all }: Dataset): Omit<Division, 'warnings'> {
  const random = createRandom(randomSeed, 'split');
  const { drawn: validation, left: train } = divideAsNamed(all) ?? drawApart(all, Math.round(all.count * validationShare), random);
  return { validation, train };
}

/**
 * Divides the training examples for a search.
 * @param searches kinds of spaces, in the order in which they are searched
 * @throws WorkbenchError `invalid-data` or `invalid-setting` when there are too few examples
 */
export function divide(config: DivisionConfig, dataset: Dataset, searches: readonly SpaceKind[]): Division {
  const { batchSize, validationShare } = config;
  const { labels, count } = dataset.train;
  const { validation, train } = divideAnyhow(config, dataset);
  assertEnough(dataset, train.length, batchSize);
  assertValidated(dataset.words, validation.length, count, validationShare);
  assertBilevel(config, dataset.words, searches, validation.length);
  const labelsOf = (indices: Int32Array) => Uint8Array.from(indices, (index) => labels[index] as number);
  const parts = { training: labelsOf(train), validation: labelsOf(validation), test: dataset.test.labels };
  // A network that gives back its inputs learns from normal examples alone, whatever their class.
  const ofClasses =
    taskFor(config.task).asks === 'classes' ? classWarnings(dataset.words, dataset.texts?.classes ?? dataset.classNames, parts) : [];
  return { validation, train, warnings: [...dataset.warnings, ...ofClasses] };
}

export class SearchData {
  /** Warnings about the examples, to be read before the search starts. */
  readonly warnings: readonly Told[];
  /** For choosing between epochs; a bi-level search learns its architecture parameters from these too. */
  readonly validation: EvaluationData;
  /** For reporting only. */
  readonly test: EvaluationData;
  readonly #train: Examples;
  readonly #normalization: Normalization;
  readonly #order: Random;

  /**
   * @param searches kinds of spaces, in the order in which they are searched
   * @throws WorkbenchError `invalid-data` or `invalid-setting` when there are too few examples
   */
  constructor(
    private readonly config: SearchConfig,
    private readonly task: Pick<Task, 'augmentation'>,
    private readonly dataset: Dataset,
    searches: readonly SpaceKind[],
  ) {
    const { train, validation, warnings } = divide(config, dataset, searches);
    this.warnings = warnings;
    this.#train = gather(dataset.train, train);
    this.#order = createRandom(config.randomSeed, 'batches');
    this.#normalization = normalizationOf(this.#train, dataset.shape);
    const evaluation = {
      shape: dataset.shape,
      normalization: this.#normalization,
      batchSize: config.batchSize,
      ...(dataset.groupNames && { groupNames: dataset.groupNames }),
    };
    this.validation = { ...evaluation, examples: gather(dataset.train, validation) };
    this.test = { ...evaluation, examples: dataset.test };
  }

  /** What weights learn from. */
  get trainingSet(): ExampleSet {
    return { examples: this.#train, shape: this.dataset.shape, normalization: this.#normalization };
  }

  /**
   * For training weights, or weights and architecture parameters together.
   * @param random by default the run's own order; trainings with equal generators see equal batches, so that they can be compared
   */
  trainingBatches(random = this.#order): TrainingBatches {
    return this.#batches(this.#train, this.config.augment ? this.task.augmentation : null, random);
  }

  /**
   * For a search. In a bi-level search the architecture parameters learn from the validation examples, taking turns with the
   * weights.
   */
  searchBatches(kind: SpaceKind): BatchSource {
    const alternation = this.config.bilevel[kind];
    if (alternation === 'off') return this.trainingBatches();
    const random = createRandom(this.config.randomSeed, `architecture batches, ${streams[kind]}`);
    return new BilevelBatches(this.trainingBatches(), this.#batches(this.validation.examples, null, random), alternation);
  }

  /** Unchanged training examples, the same ones every time. */
  statisticsBatches(): TrainingBatches {
    return this.#batches(this.#train, null, createRandom(this.config.randomSeed, 'statistics'));
  }

  #batches(examples: Examples, change: Augmentation | null, random: Random): TrainingBatches {
    const set = { examples, shape: this.dataset.shape, normalization: this.#normalization };
    return new TrainingBatches(set, this.config.batchSize, change, random);
  }
}

function assertEnough({ name, words, train, test }: Dataset, learntFrom: number, batchSize: number): void {
  if (learntFrom >= 2 * batchSize && test.count > 0) return;
  throw new WorkbenchError(
    'invalid-data',
    sayLater(
      '{name} has {train, plural, one {# training {thing}} other {# training {things}}}, {learntFrom} to learn from and the others for validation, and {test, plural, one {# test {thing}} other {# test {things}}}; {batchSize} examples per step need at least {needed} to learn from and one test {thing}. Load more {things}, or have fewer examples per step (--batch).',
      {
        ...{ name: sayLater(name), thing: sayLater(words.one), things: sayLater(words.many) },
        ...{ train: train.count, learntFrom, test: test.count, batchSize, needed: 2 * batchSize },
      },
    ),
  );
}

function assertValidated(words: ExampleWords, validation: number, count: number, share: number): void {
  if (validation > 0) return;
  throw new WorkbenchError(
    'invalid-setting',
    sayLater(
      'A validation share of {share} leaves no validation {thing} out of {count, plural, one {# training {thing}} other {# training {things}}}, so epochs could not be compared. Raise it to {least} or more, or use more {things}.',
      {
        ...{ share: String(share), count, least: String(Number((1 / count).toPrecision(2))) },
        ...{ thing: sayLater(words.one), things: sayLater(words.many) },
      },
    ),
  );
}

function assertBilevel(
  { bilevel, batchSize }: DivisionConfig,
  words: ExampleWords,
  searches: readonly SpaceKind[],
  validation: number,
): void {
  if (validation >= batchSize || searches.every((kind) => bilevel[kind] === 'off')) return;
  throw new WorkbenchError(
    'invalid-setting',
    sayLater(
      'A bi-level search needs at least one batch of validation {things}; there are {validation} for batches of {batchSize}. Use more {things}, a larger validation share or a smaller batch.',
      { things: sayLater(words.many), validation, batchSize },
    ),
  );
}
