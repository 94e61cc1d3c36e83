/** What the two definitions of cepstral coefficients share: how a second of sound is cut, filtered and laid out. */
import { WorkbenchError } from '../../errors';
import { RATE } from './clip';
import { dot } from '../vectors';
import { cosineRows } from './cosines';
import { filtered, type MelFilter } from './melFilters';
import type { PowerSpectrum } from './spectrum';

/** Frames and coefficients of one second: 30 ms of every 20 ms, as in MLPerf Tiny and the paper. */
export const FRAMES = 49;
export const COEFFICIENTS = 10;
export const WINDOW = 480;
export const HOP = 320;
export const TRANSFORM = 512;
export const MEL = { count: 40, from: 20, to: 4000 } as const;
/** Keeps the logarithm of silence finite; both definitions add it. */
export const LEAST = 1e-6;

interface Cepstrum {
  readonly spectrum: PowerSpectrum;
  readonly filters: readonly MelFilter[];
  /** What the filters weigh: |X|² or |X|. */
  readonly of: 'power' | 'magnitude';
  /** The sample at which the first frame's window starts. */
  readonly start: number;
  /** The factor of each coefficient in the cosine transform. */
  readonly scale: (k: number) => number;
}

/**
 * A function from one second of sound (16,000 samples) to 49 frames of 10 coefficients, frame by frame: shape [49, 10, 1].
 * The function throws WorkbenchError `internal` for another number of samples.
 */
export function cepstrum({ spectrum, filters, of, start, scale }: Cepstrum): (samples: Float32Array | Float64Array) => Float32Array {
  const rows = cosineRows(MEL.count, COEFFICIENTS, scale);
  const logMel = new Float64Array(MEL.count);
  /** No filter reads a bin from here on. */
  const used = Math.max(...filters.map(({ first, weights }) => first + weights.length));
  return (samples) => {
    if (samples.length !== RATE)
      throw new WorkbenchError('internal', `Cepstral coefficients take ${RATE} samples, one second at 16 kHz; here are ${samples.length}.`);
    const values = new Float32Array(FRAMES * COEFFICIENTS);
    for (let frame = 0; frame < FRAMES; frame++) {
      const bins = spectrum.of(samples, start + frame * HOP);
      if (of === 'magnitude') for (let bin = 0; bin < used; bin++) bins[bin] = Math.sqrt(bins[bin] as number);
      filters.forEach((filter, index) => (logMel[index] = Math.log(filtered(filter, bins) + LEAST)));
      rows.forEach((row, k) => (values[frame * COEFFICIENTS + k] = dot(row, logMel)));
    }
    return values;
  };
}
