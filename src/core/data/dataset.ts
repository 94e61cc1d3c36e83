/** Labelled pictures in memory, and how they are split and normalised for training. */
import { WorkbenchError } from '../errors';
import type { Random } from '../random';

/** Pictures as bytes [count, height, width, channels], 0 to 255, and a class per picture. */
export interface Pictures {
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Dataset {
  /** For people: where the pictures come from. */
  readonly name: string;
  /** Made by a program rather than photographed: said wherever results are shown. */
  readonly synthetic: boolean;
  readonly shape: readonly [number, number, number];
  readonly classNames: readonly string[];
  /** Sentences about what makes results on it worth less than they look. */
  readonly warnings: readonly string[];
  /** Pictures to learn and to choose from. */
  readonly train: Pictures;
  /** Pictures that are only ever used to report quality. */
  readonly test: Pictures;
}

/** Mean and standard deviation per channel of pixels scaled to 0..1. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Pictures with what it takes to feed them to a network. */
export interface PictureSet {
  readonly pictures: Pictures;
  readonly shape: Dataset['shape'];
  readonly normalization: Normalization;
}

/** The first `count` pictures (all of them when there are fewer). */
export function firstPictures({ count, pixels, labels }: Pictures, wanted: number): Pictures {
  const kept = Math.min(count, wanted);
  return { count: kept, pixels: pixels.subarray(0, (pixels.length / count) * kept), labels: labels.subarray(0, kept) };
}

/** Splits off pictures at random: for choosing between networks, apart from those that are learnt from. */
export function splitPictures(all: Pictures, share: number, random: Random): { train: Pictures; validation: Pictures } {
  const order = random.shuffle(Int32Array.from({ length: all.count }, (_, index) => index));
  const validationCount = Math.round(all.count * share);
  return {
    train: gather(all, order.subarray(validationCount)),
    validation: gather(all, order.subarray(0, validationCount)),
  };
}

function gather(all: Pictures, indices: Int32Array): Pictures {
  const size = all.pixels.length / all.count;
  const pixels = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((from, to) => {
    pixels.set(all.pixels.subarray(from * size, (from + 1) * size), to * size);
    labels[to] = all.labels[from] as number;
  });
  return { count: indices.length, pixels, labels };
}

export function normalizationOf({ pixels }: Pictures, channels: number): Normalization {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  pixels.forEach((value, index) => {
    const scaled = value / 255;
    sums[index % channels] = (sums[index % channels] as number) + scaled;
    squares[index % channels] = (squares[index % channels] as number) + scaled * scaled;
  });
  const count = pixels.length / channels;
  const mean = [...sums].map((sum) => sum / count);
  const variance = [...squares].map((sum, channel) => sum / count - (mean[channel] as number) ** 2);
  // A channel that never varies carries nothing; dividing by 1 keeps it at 0.
  return { mean, deviation: variance.map((value) => (value > 1e-12 ? Math.sqrt(value) : 1)) };
}

/** @throws WorkbenchError `invalid-data` when there are too few pictures for one batch of each kind */
export function assertEnough({ train, test, name }: Dataset, batchSize: number): void {
  if (train.count >= 2 * batchSize && test.count > 0) return;
  throw new WorkbenchError(
    'invalid-data',
    `${name} has ${train.count} training and ${test.count} test pictures; a batch size of ${batchSize} needs at least ${2 * batchSize} training pictures and one test picture. Load more pictures or choose a smaller batch.`,
  );
}
