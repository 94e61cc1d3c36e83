/** Changes the sampling rate of sound by a windowed sinc, which removes what the lower rate cannot hold. */
import type { Clip } from './clip';

/** Zero crossings of the sinc on each side: more are a steeper filter and more work. */
const CROSSINGS = 24;
/** The filter lets frequencies through up to this share of half the lower rate; the rest is its slope. */
const ROLLOFF = 0.95;
/** Table entries per zero crossing. A straight line between two entries is at most π²/8 / 512² = 5e-6 from the curve. */
const RESOLUTION = 512;

/** sinc(t) times a Hann window over t = 0 to `CROSSINGS`, and an entry beyond for the last line. */
const kernel = Float64Array.from({ length: CROSSINGS * RESOLUTION + 2 }, (_, index) => {
  const t = index / RESOLUTION;
  if (t >= CROSSINGS) return 0;
  const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * t) / CROSSINGS));
});

/**
 * The clip's sound at another rate. The same instant keeps its place, and what lies before and after the clip counts as 0.
 * Source of the method: J. O. Smith, "Digital Audio Resampling Home Page", ccrma.stanford.edu/~jos/resample.
 * @param to samples a second
 * @returns ⌈length · to / rate⌉ samples; the clip's own samples if it has this rate
 */
export function resample({ rate, samples }: Clip, to: number): Float32Array {
  if (rate === to) return samples;
  // Zero crossings of the sinc per sample of the clip.
  const cutoff = Math.min(1, to / rate) * ROLLOFF;
  const reach = CROSSINGS / cutoff;
  const resampled = new Float32Array(Math.ceil((samples.length * to) / rate));
  for (let index = 0; index < resampled.length; index++) {
    const centre = (index * rate) / to;
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let at = Math.max(0, Math.ceil(centre - reach)); at <= last; at++) {
      const place = Math.abs(at - centre) * cutoff * RESOLUTION;
      const entry = Math.floor(place);
      const low = kernel[entry] as number;
      sum += (samples[at] as number) * (low + (place - entry) * ((kernel[entry + 1] as number) - low));
    }
    resampled[index] = cutoff * sum;
  }
  return resampled;
}
