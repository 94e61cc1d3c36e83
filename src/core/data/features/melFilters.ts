/** Triangular filters on the mel scale. Most weights are zero, so a filter keeps only those between its edges. */

/** One filter: the weights of the spectrum's bins from `first` on; the weights of all other bins are zero. */
export interface MelFilter {
  readonly first: number;
  readonly weights: Float64Array;
}

/** A scale of pitch, as its two directions between hertz and mel. */
interface MelScale {
  toMel(hertz: number): number;
  toHertz(mel: number): number;
}

/** O'Shaughnessy's formula, as in HTK, torchaudio and TensorFlow: 2595 log10(1 + f / 700). */
export const htk: MelScale = {
  toMel: (hertz) => 2595 * Math.log10(1 + hertz / 700),
  toHertz: (mel) => 700 * (10 ** (mel / 2595) - 1),
};

/** Slaney's Auditory Toolbox, as in librosa: linear up to 1 kHz (15 mel), logarithmic above, where 27 mel are a factor of 6.4. */
export const slaney: MelScale = {
  toMel: (hertz) => (hertz < 1000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4)),
  toHertz: (mel) => (mel < 15 ? (200 * mel) / 3 : 1000 * 6.4 ** ((mel - 15) / 27)),
};

interface FilterBank {
  readonly count: number;
  readonly scale: MelScale;
  /** The frequencies in hertz between which the filters lie, their edges equally far apart in mel. */
  readonly from: number;
  readonly to: number;
  /** The frequency of each bin in hertz. */
  readonly bins: Float64Array;
  /** Whether a filter's sides are straight over hertz or over mel. */
  readonly straightOver: 'hertz' | 'mel';
  /** The height of a triangle between two edges in hertz. */
  readonly height: (low: number, high: number) => number;
}

export function melFilters({ count, scale, from, to, bins, straightOver, height }: FilterBank): MelFilter[] {
  const [low, high] = [scale.toMel(from), scale.toMel(to)];
  const mels = Array.from({ length: count + 2 }, (_, edge) => low + ((high - low) * edge) / (count + 1));
  const hertz = mels.map((mel) => scale.toHertz(mel));
  const edges = straightOver === 'mel' ? mels : hertz;
  const places = straightOver === 'mel' ? bins.map((bin) => scale.toMel(bin)) : bins;
  return Array.from({ length: count }, (_, filter) => {
    const [left, middle, right] = edges.slice(filter, filter + 3) as [number, number, number];
    const tall = height(hertz[filter] as number, hertz[filter + 2] as number);
    const weights = places.map(
      (place) => tall * Math.max(0, Math.min((place - left) / (middle - left), (right - place) / (right - middle))),
    );
    const first = weights.findIndex((weight) => weight > 0);
    return first < 0
      ? { first: 0, weights: new Float64Array() }
      : { first, weights: weights.slice(first, weights.findLastIndex((weight) => weight > 0) + 1) };
  });
}

/** The frequencies of a transform's bins, from 0 to half the sampling rate. */
export function binFrequencies(size: number, rate: number): Float64Array {
  return Float64Array.from({ length: size / 2 + 1 }, (_, bin) => (bin * rate) / size);
}

/** What a filter lets through of a spectrum: the weighted sum of its bins. */
export function filtered({ first, weights }: MelFilter, spectrum: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < weights.length; bin++) sum += (weights[bin] as number) * (spectrum[first + bin] as number);
  return sum;
}
