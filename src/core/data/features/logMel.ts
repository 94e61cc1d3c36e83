/**
 * Log-mel vectors for anomaly detection, as MLPerf Tiny and the paper's authors compute them with librosa (github.com/mlcommons/tiny,
 * anomaly_detection/common.py): 128 Slaney filters over 0 to 8,000 Hz on the power spectrum of 1,024 samples every 512, in decibels;
 * frames 50 to 249; every five consecutive frames are one vector, oldest first.
 */
import { RATE } from './clip';
import { binFrequencies, filtered, melFilters, slaney } from './melFilters';
import { hann, PowerSpectrum } from './spectrum';

export const TRANSFORM = 1024;
export const HOP = 512;
export const MELS = 128;
const FIRST_FRAME = 50;
const FRAMES = 200;
export const STACKED = 5;
/** Keeps the logarithm of silence finite: the smallest step of a double, `sys.float_info.epsilon`. */
export const LEAST = 2 ** -52;

/** Numbers in a vector. */
export const VECTOR_SIZE = STACKED * MELS;
/** Vectors of one recording. */
export const VECTORS = FRAMES - STACKED + 1;
/** Samples at 16 kHz from which on a recording has frame 249: librosa centres frame f at sample 512 f. */
export const LEAST_SAMPLES = (FIRST_FRAME + FRAMES - 1) * HOP;
/** Samples at 16 kHz that can change the vectors: the end of frame 249, 8 s. */
export const MOST_SAMPLES = LEAST_SAMPLES + HOP;

const spectrum = new PowerSpectrum(TRANSFORM, hann(TRANSFORM), 0);
const filters = melFilters({
  count: MELS,
  scale: slaney,
  from: 0,
  to: RATE / 2,
  bins: binFrequencies(TRANSFORM, RATE),
  straightOver: 'hertz',
  // Slaney's norm: every filter covers the same area.
  height: (low, high) => 2 / (high - low),
});

/**
 * The 200 kept frames of 128 values in decibels, one after the other. A vector is five of them in a row: vector v is the 640 values from
 * 128 v on.
 * @param samples at 16 kHz, full scale 1; the end of what frame 249 sees past the clip counts as 0, as in librosa 0.10 and later
 * @returns null if there are fewer than `LEAST_SAMPLES`
 */
export function logMelFrames(samples: Float32Array): Float32Array | null {
  return samples.length < LEAST_SAMPLES ? null : framesFrom(samples, FIRST_FRAME * HOP - TRANSFORM / 2, FRAMES);
}

/** The same for every frame that lies within the samples; frame f begins at sample 512 f. */
export function wholeFrames(samples: Float32Array): Float32Array {
  return framesFrom(samples, 0, Math.floor((samples.length - TRANSFORM) / HOP) + 1);
}

function framesFrom(samples: Float32Array, start: number, count: number): Float32Array {
  const frames = new Float32Array(count * MELS);
  for (let frame = 0; frame < count; frame++) {
    const power = spectrum.of(samples, start + frame * HOP);
    filters.forEach((filter, mel) => (frames[frame * MELS + mel] = 10 * Math.log10(filtered(filter, power) + LEAST)));
  }
  return frames;
}

/** Vector `index` of a recording's frames: 640 values, a view of them. */
export function vectorOf(frames: Float32Array, index: number): Float32Array {
  return frames.subarray(index * MELS, index * MELS + VECTOR_SIZE);
}
