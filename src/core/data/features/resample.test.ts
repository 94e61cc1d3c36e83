import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { resample } from './resample';

const tone = (hertz: number, rate: number, seconds = 0.5) =>
  Float32Array.from({ length: seconds * rate }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / rate + 1));
/** The largest difference away from the ends, where the sound before and after is missing. */
const difference = (a: Float32Array, b: Float32Array) =>
  a.slice(400, -400).reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index + 400] as number))), 0);

/** Samples of the result as sums over the clip's: a sinc of 24 zero crossings on each side, of 16 to a lower rate, in a Hann window. */
function bySums(rate: number, samples: Float32Array, to: number): Float32Array {
  const crossings = to < rate ? 16 : 24;
  const cutoff = 0.95 * Math.min(1, to / rate);
  const weight = (t: number) => (t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t)) * Math.cos((Math.PI * t) / 2 / crossings) ** 2;
  return Float32Array.from({ length: Math.ceil((samples.length * to) / rate) }, (_, index) => {
    const centre = (index * rate) / to;
    let sum = 0;
    const last = Math.min(samples.length - 1, Math.floor(centre + crossings / cutoff));
    for (let at = Math.max(0, Math.ceil(centre - crossings / cutoff)); at <= last; at++)
      sum += cutoff * weight((at - centre) * cutoff) * (samples[at] as number);
    return sum;
  });
}
/** The largest difference, ends included. */
const worst = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0);
const noise = (length: number) => {
  const random = createRandom(1, 'noise');
  return Float32Array.from({ length }, () => 2 * random.uniform() - 1);
};

describe('resample', () => {
  // Most have taps for each phase; 44,101, 44,056 and 1,001 Hz have too many phases. The last ratio is no longer kept from before.
  it.each([
    [8000, 16_000],
    [11_025, 16_000],
    [22_050, 16_000],
    [44_100, 16_000],
    [48_000, 16_000],
    [44_101, 16_000],
    [44_056, 16_000],
    [1001, 16_000],
    [768_000, 16_000],
    [16_000, 44_100],
    [1873, 1872],
    [44_100, 16_000],
  ])('gives the sums of the formula: %i Hz as %i Hz, clips of any length, ends included', (rate, to) => {
    for (const length of [1, 2, 3, 50, 700]) {
      const samples = noise(length);
      const resampled = resample({ rate, samples }, to);
      expect(resampled).toHaveLength(Math.ceil((length * to) / rate));
      expect(worst(resampled, bySums(rate, samples, to))).toBeLessThan(5e-7);
    }
  });

  // Pieces end after about 8192 samples of the clip.
  it.each([8000, 44_100, 48_000, 44_101])('joins the pieces that it makes of a longer clip of %i Hz', (rate) => {
    const samples = noise(9001);
    expect(worst(resample({ rate, samples }, 16_000), bySums(rate, samples, 16_000))).toBeLessThan(5e-7);
  });

  it.each([
    [8000, 3000],
    [11_025, 4000],
    [22_050, 6000],
    [44_100, 6000],
    [48_000, 100],
    [44_056, 5000],
  ])('turns %i Hz into 16 kHz: a tone of %i Hz keeps its place and height', (rate, hertz) => {
    const resampled = resample({ rate, samples: tone(hertz, rate) }, 16_000);
    expect(resampled).toHaveLength(8000);
    expect(difference(resampled, tone(hertz, 16_000))).toBeLessThan(1e-3);
  });

  it('removes what the lower rate cannot hold', () => {
    const resampled = resample({ rate: 44_100, samples: tone(9000, 44_100) }, 16_000);
    expect(difference(resampled, new Float32Array(8000))).toBeLessThan(1e-3);
  });

  it('keeps a constant, and samples that have the rate', () => {
    const ones = new Float32Array(4410).fill(1);
    expect(resample({ rate: 44_100, samples: ones }, 16_000)[800]).toBeCloseTo(1, 3);
    expect(resample({ rate: 16_000, samples: ones }, 16_000)).toBe(ones);
  });

  it('counts what lies outside of the clip as silence, and rounds its length up', () => {
    expect(resample({ rate: 44_100, samples: new Float32Array(3) }, 16_000)).toHaveLength(2);
    expect(resample({ rate: 8000, samples: new Float32Array() }, 16_000)).toHaveLength(0);
  });
});
