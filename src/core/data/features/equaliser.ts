/**
 * A graphic equaliser: filters one after the other, each of which raises or lowers the octave around its frequency. Source of the filter:
 * R. Bristow-Johnson, "Audio EQ Cookbook" (w3.org/TR/audio-eq-cookbook), peakingEQ.
 */
import { RATE } from './clip';

/** The middles of octaves, in hertz; features of spoken words end at 4,000 Hz. */
export const BANDS = [125, 250, 500, 1000, 2000, 4000] as const;
/** An octave wide. */
const Q = Math.SQRT2;

/**
 * Changes samples in place.
 * @param samples at 16 kHz; what comes before them counts as 0
 * @param decibels one gain for each of `BANDS`
 */
export function equalise(samples: Float32Array, decibels: readonly number[]): void {
  BANDS.forEach((hertz, band) => raise(samples, hertz, decibels[band] as number));
}

function raise(samples: Float32Array, hertz: number, decibels: number): void {
  const amplitude = 10 ** (decibels / 40);
  const angle = (2 * Math.PI * hertz) / RATE;
  const alpha = Math.sin(angle) / (2 * Q);
  const whole = 1 + alpha / amplitude;
  const [here, there] = [(1 + alpha * amplitude) / whole, (1 - alpha * amplitude) / whole];
  const [middle, back] = [(-2 * Math.cos(angle)) / whole, (1 - alpha / amplitude) / whole];
  // Direct form II, transposed.
  let [first, second] = [0, 0];
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number;
    const filtered = here * sample + first;
    first = middle * (sample - filtered) + second;
    second = there * sample - back * filtered;
    samples[at] = filtered;
  }
}
