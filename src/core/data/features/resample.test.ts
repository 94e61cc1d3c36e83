import { describe, expect, it } from 'vitest';
import { resample } from './resample';

const tone = (hertz: number, rate: number, seconds = 0.5) =>
  Float32Array.from({ length: seconds * rate }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / rate + 1));
/** The largest difference away from the ends, where the sound before and after is missing. */
const difference = (a: Float32Array, b: Float32Array) =>
  a.slice(400, -400).reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index + 400] as number))), 0);

describe('resample', () => {
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
