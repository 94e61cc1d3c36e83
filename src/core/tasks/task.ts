/**
 * The contract of a task. One task is one file beside this one and its row in `index.ts`: search, evaluation, run files, charts and
 * command line take their data, loss, quality and words from it.
 */
import { percent } from '../words';
import type { Preset, PresetName, SpaceKind } from '../config/searchConfig';
import type { Augmentation } from '../data/batches';
import type { Dataset, ExampleWords } from '../data/dataset';
import type { Network } from '../network/network';

export interface Task {
  /** The id in options, run files and commands. */
  readonly id: string;
  /** The names of the task and of its seed network, for people. */
  readonly title: string;
  readonly network: string;
  readonly example: ExampleKind;
  /** What the network must output: a class per example, or the example itself. */
  readonly asks: 'classes' | 'input';
  /** Id of the training loss, a row in the list of losses. */
  readonly loss: string;
  /** Unit of that loss, empty if it has none. */
  readonly lossUnit: string;
  /** What a network is judged by, on the test examples. */
  readonly quality: Quality;
  /**
   * What epochs are compared by, on the validation examples. It is another one where the quality needs examples that nobody learns
   * from, such as sounds of faults.
   */
  readonly validation: Quality;
  /** Random changes of training examples, which a person may switch off; null if there are none. */
  readonly augmentation: Augmentation | null;
  /** How often each imported training clip is there, changed all times but one; 1 without it. */
  readonly variants?: number;
  readonly builtIn: BuiltIn;
  /** The difference between networks of its spaces, as the end of a sentence; a kind of space without one is not offered. */
  readonly spaces: Readonly<Partial<Record<SpaceKind, string>>>;
  /** The network that people designed by hand. */
  seedNetwork(classes: number): Network;
  /** The seed's search space as a supernet. */
  supernet(classes: number): Network;
  /** Id of the strategy that found the better networks of it at the quick preset (docs/baselines.md, docs/evaluation-tasks.md). */
  readonly method: string;
  readonly presets: Readonly<Record<PresetName, Preset>>;
}

export interface ExampleKind extends ExampleWords {
  /** How an example is shown, and what it is called. A vector is a piece of a machine's sound. */
  readonly kind: 'picture' | 'sound' | 'vector';
  /** The shape that importers give an example, channels last. */
  readonly shape: readonly number[];
}

/** Data that comes with the task, made by a program. */
export interface BuiltIn {
  readonly name: string;
  readonly classNames: readonly string[];
  /** The default number of examples in a search, and the most there are. */
  readonly counts: ExampleNumbers;
  readonly most: ExampleNumbers;
  /** The same counts give the same examples. */
  make(trainCount: number, testCount: number): Dataset;
}

export interface ExampleNumbers {
  readonly trainCount: number;
  readonly testCount: number;
}

/** A network's answers to examples that it did not learn from. */
export interface Answers {
  /** Outputs of the network, `size` per example. */
  readonly outputs: Float32Array;
  readonly size: number;
  /** The training loss of each example. */
  readonly losses: Float32Array;
  readonly labels: Uint8Array;
  /** The group of each example, null if all are in one group. */
  readonly groups: Uint8Array | null;
  /** The recording of each example, null if every example stands for itself. */
  readonly recordings: Uint32Array | null;
}

/** A measure of how good a network is, as one number. */
export interface Quality {
  readonly id: string;
  /** The name that people read, such as "Accuracy", and the same within a sentence. */
  readonly label: string;
  readonly word: string;
  /** "%" for a fraction that is shown in percent, otherwise the unit after the number. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  of(answers: Answers): number;
  /** Further measures, shown beside it. @param groupNames names of the groups, if they have any */
  parts?(answers: Answers, groupNames: readonly string[]): readonly QualityPart[];
}

export interface QualityPart {
  readonly label: string;
  readonly value: number;
}

/** Whether a strategy finds in a task all that it searches; one that takes either kind of space needs one of them. */
export function canSearch(
  { spaces }: Pick<Task, 'spaces'>,
  { searches, eitherSpace = false }: { readonly searches: readonly SpaceKind[]; readonly eitherSpace?: boolean },
): boolean {
  const has = (kind: SpaceKind) => spaces[kind] !== undefined;
  return eitherSpace ? searches.some(has) : searches.every(has);
}

/** "47.7 %", "0.0312 nats" */
export function qualityText({ unit }: Pick<Quality, 'unit'>, value: number): string {
  if (unit === '%') return percent(value);
  return `${Number(value.toPrecision(3))}${unit && ` ${unit}`}`;
}

/** Whether a quality is better than another one. */
export function isBetter({ better }: Pick<Quality, 'better'>, value: number, than: number): boolean {
  return better === 'higher' ? value > than : value < than;
}
