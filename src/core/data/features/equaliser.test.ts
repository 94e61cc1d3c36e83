import { describe, expect, it } from 'vitest';
import { BANDS, equalise } from './equaliser';

const none = BANDS.map(() => 0);
const tone = (hertz: number) => Float32Array.from({ length: 16_000 }, (_, n) => 0.1 * Math.sin((2 * Math.PI * hertz * n) / 16_000));

/** How much louder a tone is once the filters have settled, in decibels. */
function gainAt(hertz: number, decibels: readonly number[]): number {
  const samples = tone(hertz);
  equalise(samples, decibels);
  const loudest = (of: Float32Array) => of.subarray(8000).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return 20 * Math.log10(loudest(samples) / loudest(tone(hertz)));
}

describe('equalise', () => {
  it.each(BANDS.map((hertz, band) => [hertz, band] as const))('raises and lowers %d Hz, and other octaves little', (hertz, band) => {
    for (const decibels of [12, -12]) {
      const only = none.with(band, decibels);
      expect(gainAt(hertz, only)).toBeCloseTo(decibels, 1);
      for (const other of BANDS) if (other !== hertz) expect(Math.abs(gainAt(other, only))).toBeLessThan(4);
    }
  });

  it('changes nothing with gains of 0', () => {
    const samples = tone(440);
    equalise(samples, none);
    expect(samples).toEqual(tone(440));
  });
});
