/** Sound in memory: one channel of samples. */

/** The sampling rate of all features, in samples a second. */
export const RATE = 16_000;

/** One channel of sound. */
export interface Clip {
  /** Samples a second. */
  readonly rate: number;
  /** Full scale is -1 to 1. */
  readonly samples: Float32Array;
}

/** The first `length` samples; zeros fill up a shorter clip at its end, as torchaudio's and TensorFlow's loaders do. */
export function padOrCut(samples: Float32Array, length: number): Float32Array {
  if (samples.length === length) return samples;
  const fitted = new Float32Array(length);
  fitted.set(samples.subarray(0, length));
  return fitted;
}
