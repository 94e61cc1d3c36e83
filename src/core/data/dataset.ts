/** Labelled pictures in memory, and how they are normalised for training. */

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
