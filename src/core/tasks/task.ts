/**
 * The contract of a benchmark. One task is one file beside this one and its row in `index.ts`: search, evaluation, run files,
 * charts and command line take their data, loss, quality and words from it.
 */
import { percent } from '../words';
import type { Preset, PresetName, SpaceKind } from '../config/searchConfig';
import type { Augmentation } from '../data/batches';
import type { Dataset, ExampleWords } from '../data/dataset';
import type { Network } from '../network/network';

export interface Task {
  /** What options, run files and commands call it. */
  readonly id: string;
  /** What people read, and the seed network's name. */
  readonly title: string;
  readonly network: string;
  readonly example: ExampleKind;
  /** What the network is to answer: a class per example, or the example itself. */
  readonly asks: 'classes' | 'input';
  /** Id of the training loss, a row of the list of losses. */
  readonly loss: string;
  readonly quality: Quality;
  /** Random changes of training examples, which a person may switch off; null for none. */
  readonly augmentation: Augmentation | null;
  readonly builtIn: BuiltIn;
  /** What networks of its spaces differ in, as the end of a sentence; a kind that is missing is not offered. */
  readonly spaces: Readonly<Partial<Record<SpaceKind, string>>>;
  /** The network as people design it by hand. */
  seedNetwork(classes: number): Network;
  /** The seed's search space as a supernet. */
  supernet(classes: number): Network;
  readonly presets: Readonly<Record<PresetName, Preset>>;
}

export interface ExampleKind extends ExampleWords {
  /** How an example is shown and heard of. */
  readonly kind: 'picture' | 'sound' | 'vector';
}

/** Data that a task brings along, made by a program. */
export interface BuiltIn {
  readonly name: string;
  readonly classNames: readonly string[];
  /** How many examples a search uses when nobody says otherwise, and how many there are at most. */
  readonly counts: ExampleNumbers;
  readonly most: ExampleNumbers;
  /** The same counts give the same examples. */
  make(trainCount: number, testCount: number): Dataset;
}

export interface ExampleNumbers {
  readonly trainCount: number;
  readonly testCount: number;
}

/** What a network answered to examples that it does not learn from. */
export interface Answers {
  /** Outputs of the network, `size` for each example. */
  readonly outputs: Float32Array;
  readonly size: number;
  /** The training loss of each example. */
  readonly losses: Float32Array;
  readonly labels: Uint8Array;
  /** The group of each example, null where all are of one. */
  readonly groups: Uint8Array | null;
}

/** How good a network is, as one number. */
export interface Quality {
  readonly id: string;
  /** What people read, such as "Accuracy". */
  readonly label: string;
  /** "%" for a fraction that is shown in percent, else the unit that follows the number. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  of(answers: Answers): number;
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
