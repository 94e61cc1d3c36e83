/** Labelled examples in memory, and how they are normalised for training. */

/** What people call an example. */
export interface ExampleWords {
  readonly one: string;
  readonly many: string;
}

export const pictureWords: ExampleWords = { one: 'picture', many: 'pictures' };

/** Examples one after the other, each of the data set's shape. */
export interface Examples {
  readonly count: number;
  /** Bytes count from 0 to 255 for 0 to 1; floats are taken as they are. */
  readonly values: Uint8Array | Float32Array;
  /** The class of each. */
  readonly labels: Uint8Array;
  /** The group of each, such as the machine that a sound is of; without it all are of one. */
  readonly groups?: Uint8Array;
}

export interface Dataset {
  /** For people: where the examples come from. */
  readonly name: string;
  readonly words: ExampleWords;
  /** Made by a program rather than recorded: said wherever results are shown. */
  readonly synthetic: boolean;
  /** Of one example: its channels last. */
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
  /** Sentences about what makes results on it worth less than they look. */
  readonly warnings: readonly string[];
  /** Examples to learn and to choose from. */
  readonly train: Examples;
  /** Examples that are only ever used to report quality. */
  readonly test: Examples;
}

/** Mean and standard deviation per channel of values scaled to 0..1. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Examples with what it takes to feed them to a network. */
export interface ExampleSet {
  readonly examples: Examples;
  readonly shape: Dataset['shape'];
  readonly normalization: Normalization;
}

/** What a value is divided by: bytes stand for 0 to 1. */
export const scaleOf = ({ values }: Pick<Examples, 'values'>): number => (values instanceof Uint8Array ? 255 : 1);

export function normalizationOf(examples: Examples, channels: number): Normalization {
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
  // A channel that never varies carries nothing; dividing by 1 keeps it at 0.
  return { mean, deviation: variance.map((value) => (value > 1e-12 ? Math.sqrt(value) : 1)) };
}
