/** Labelled examples in memory, and their normalisation for training. */
import { word } from '../language/say';
import type { Told } from '../language/told';

/** What people call an example, in English. */
export interface ExampleWords {
  readonly one: string;
  readonly many: string;
}

export const pictureWords: ExampleWords = { one: word('picture'), many: word('pictures') };
export const clipWords: ExampleWords = { one: word('clip'), many: word('clips') };
/** Several are cut from one recording. */
export const pieceWords: ExampleWords = { one: word('piece of sound'), many: word('pieces of sound') };

/** Examples one after the other, each of the data set's shape. */
export interface Examples {
  readonly count: number;
  /** Bytes 0 to 255 stand for 0 to 1; floats are used as they are. */
  readonly values: Uint8Array | Float32Array;
  /** The class of each example. */
  readonly labels: Uint8Array;
  /** The group of each example, such as the machine that made a sound; without it all examples are in one group. */
  readonly groups?: Uint8Array;
  /** The recording that each example was cut from, if several come from one: a recording is judged, and kept apart, as a whole. */
  readonly recordings?: Uint32Array;
  /** 1 for each training example that the data name for validation, else 0; missing where they name none. */
  readonly validates?: Uint8Array;
}

/** A recording at 16 kHz, to be seen and listened to. Networks learn from features of it. */
export interface Sound {
  readonly label: number;
  /** The group that it belongs to, if examples have groups. */
  readonly group: number;
  readonly samples: Float32Array;
}

export interface Dataset {
  /** Where the examples come from, for people to read; in English if a program made them. */
  readonly name: string;
  readonly words: ExampleWords;
  /** Whether a program made the examples; this is shown wherever results are. */
  readonly synthetic: boolean;
  /** Shape of one example, channels last. */
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
  /** The names of a program's own classes and groups as texts that are said; missing where they stay as they are. */
  readonly texts?: { readonly classes: readonly Told[]; readonly groups?: readonly Told[] };
  /** Names of the groups, if examples have any. */
  readonly groupNames?: readonly string[];
  /** Sentences about reasons to trust results on this data less. */
  readonly warnings: readonly Told[];
  /** What the files were taken for, in the middle of a sentence; missing where there were none. */
  readonly format?: Told;
  /** How it was decided which examples test, as a sentence; missing where the files themselves say it. */
  readonly split?: Told;
  /** Some of the recordings that the examples are features of. */
  readonly sounds?: readonly Sound[];
  /** Examples for training and validation. */
  readonly train: Examples;
  /** Examples that are used only to report quality. */
  readonly test: Examples;
}

/** The values of one example. */
export function exampleAt({ shape }: Pick<Dataset, 'shape'>, { values }: Examples, index: number): Examples['values'] {
  const size = shape.reduce((product, length) => product * length, 1);
  return values.subarray(index * size, (index + 1) * size);
}

/** Mean and standard deviation per channel of values, where bytes stand for 0 to 1. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Examples with the normalisation that a network needs. */
export interface ExampleSet {
  readonly examples: Examples;
  readonly shape: Dataset['shape'];
  readonly normalization: Normalization;
}

/** The divisor of values: bytes stand for 0 to 1. */
export const scaleOf = ({ values }: Pick<Examples, 'values'>): number => (values instanceof Uint8Array ? 255 : 1);

/**
 * Normalises each channel of pictures and sounds by itself. All values of a vector share one mean and one deviation, so that squared
 * errors keep their proportions.
 */
export function normalizationOf(examples: Examples, shape: Dataset['shape']): Normalization {
  const last = shape.at(-1) as number;
  if (shape.length > 1) return perChannel(examples, last);
  const whole = perChannel(examples, 1);
  const repeated = (of: readonly number[]) => Array.from({ length: last }, () => of[0] as number);
  return { mean: repeated(whole.mean), deviation: repeated(whole.deviation) };
}

function perChannel(examples: Examples, channels: number): Normalization {
  const { values } = examples;
  const scale = scaleOf(examples);
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  values.forEach((value: number, index: number) => {
    const scaled = value / scale;
    sums[index % channels] = (sums[index % channels] as number) + scaled;
    squares[index % channels] = (squares[index % channels] as number) + scaled * scaled;
  });
  const count = values.length / channels;
  const mean = [...sums].map((sum) => sum / count);
  const variance = [...squares].map((sum, channel) => sum / count - (mean[channel] as number) ** 2);
  // A constant channel carries no information; dividing by 1 keeps it at 0.
  return { mean, deviation: variance.map((value) => (value > 1e-12 ? Math.sqrt(value) : 1)) };
}
