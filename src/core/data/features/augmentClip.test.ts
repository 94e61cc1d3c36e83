import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { augmentClip } from './augmentClip';

const RATE = 16_000;
/** A second of a tone, quiet enough for any change of volume, or of nothing. */
const tone = (hertz: number) => Float32Array.from({ length: RATE }, (_, n) => 0.05 * Math.sin((2 * Math.PI * hertz * n) / RATE));
const nothing = new Float32Array(RATE);
const silent = [new Float32Array(RATE)];
const steady = [new Float32Array(40_000).fill(0.5)];

function many(clip: Float32Array, noises: readonly Float32Array[], seed = 1, length = 200): Float32Array[] {
  const random = createRandom(seed, 'augment');
  return Array.from({ length }, () => augmentClip(clip, noises, random));
}

const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;

/** Between samples 4,000 and 12,000, where no shift leaves silence at any speed. */
function crossings(clip: Float32Array): number {
  let count = 0;
  for (let at = 4000; at < 12_000; at++) if ((clip[at] as number) < 0 && (clip[at + 1] as number) >= 0) count += 1;
  return count;
}

const loudest = (clip: Float32Array) => clip.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('augmentClip', () => {
  it('begins up to 200 ms later, with zeros before', () => {
    const starts = many(tone(1000), silent).map((changed) => changed.findIndex((sample) => sample !== 0));
    const [least, most] = range(starts);
    expect(least).toBeLessThanOrEqual(1);
    expect(most).toBeGreaterThan(2900);
    expect(most).toBeLessThanOrEqual(3202);
  });

  it('is up to 1.28 times as fast, or as slow', () => {
    const [least, most] = range(many(tone(1000), silent).map((changed) => crossings(changed) / 500));
    expect(least).toBeGreaterThan(0.77);
    expect(least).toBeLessThan(0.82);
    expect(most).toBeGreaterThan(1.22);
    expect(most).toBeLessThan(1.29);
  });

  it('changes the volume, of high and of low tones differently', () => {
    const [low, high] = [many(tone(200), silent), many(tone(3500), silent)];
    const [least, most] = range(low.map(loudest));
    // The tone's volume times e^±1.5, times 1 ± 0.9 for the tilt, times 10^±0.8 for an octave and what its neighbours add.
    expect(least).toBeLessThan(0.01);
    expect(most).toBeGreaterThan(0.2);
    expect(most).toBeLessThan(0.05 * Math.exp(1.5) * 1.9 * 10 ** 0.8);
    const ratios = low.map((clip, index) => loudest(clip) / loudest(high[index] as Float32Array));
    expect(Math.min(...ratios)).toBeLessThan(0.5);
    expect(Math.max(...ratios)).toBeGreaterThan(1.5);
  });

  it('changes neighbouring octaves differently, by more than a tilt can', () => {
    const [low, high] = [many(tone(500), silent), many(tone(1000), silent)];
    const [least, most] = range(low.map((clip, index) => loudest(clip) / loudest(high[index] as Float32Array)));
    expect(least).toBeLessThan(0.4);
    expect(most).toBeGreaterThan(2.5);
  });

  it('adds recorded noise of a volume of up to 0.1 to about 80 % of the clips, and made noise where none is recorded', () => {
    const recorded = many(nothing, steady).map((changed) => (changed[0] as number) / 0.5);
    expect(recorded.filter((volume) => volume > 0).length).toBeGreaterThan(140);
    expect(recorded.filter((volume) => volume > 0).length).toBeLessThan(180);
    expect(Math.max(...recorded)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...recorded)).toBeGreaterThan(0.09);
    const made = many(nothing, []).map(loudest);
    expect(made.filter((volume) => volume > 0).length).toBeGreaterThan(140);
    expect(made.filter((volume) => volume > 0).length).toBeLessThan(180);
  });

  it('cuts different pieces of noise, takes one as long as the clip, and stays within full scale', () => {
    const ramp = Float32Array.from({ length: 40_000 }, (_, n) => n / 40_000);
    expect(new Set(many(nothing, [ramp]).map((changed) => (changed[0] as number) / (changed[1] as number))).size).toBeGreaterThan(100);
    expect(Math.max(...many(new Float32Array(RATE).fill(1), silent).map(loudest))).toBe(1);
  });

  it('leaves the clip itself as it is, and repeats with the seed', () => {
    const clip = tone(1000);
    expect(many(clip, [], 1, 3)).toEqual(many(clip, [], 1, 3));
    expect(many(clip, [], 1, 3)).not.toEqual(many(clip, [], 2, 3));
    expect(clip).toEqual(tone(1000));
  });
});
