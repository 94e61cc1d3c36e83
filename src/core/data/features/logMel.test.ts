import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fractions, signal, type Recipe } from '../../../../tests/support/sounds';
import { LEAST_SAMPLES, logMelFrames, MOST_SAMPLES, vectorOf, VECTORS } from './logMel';

const url = new URL('../../../../tests/golden/features/logMel.json', import.meta.url);
const golden = JSON.parse(readFileSync(url, 'utf8')) as {
  readonly recipe: Recipe;
  readonly samples: number;
  readonly sumOfInt16: number;
  readonly frames: Readonly<Record<string, readonly number[]>>;
  readonly mean: number;
};
const samples = signal(golden.recipe, golden.samples);
const sound = fractions(samples);

describe('log-mel vectors', () => {
  const frames = logMelFrames(sound) as Float32Array;

  it('are librosa’s to 1e-4', () => {
    expect(samples.reduce((sum, sample) => sum + sample, 0)).toBe(golden.sumOfInt16);
    for (const [frame, wanted] of Object.entries(golden.frames))
      wanted.forEach((value, mel) => expect(Math.abs((frames[(Number(frame) - 50) * 128 + mel] as number) - value)).toBeLessThan(1e-4));
    expect(frames.reduce((sum, value) => sum + value, 0) / frames.length).toBeCloseTo(golden.mean, 4);
  });

  it('are five frames each, and the last ends with frame 249', () => {
    expect(vectorOf(frames, 3)).toEqual(frames.slice(3 * 128, 8 * 128));
    expect(vectorOf(frames, VECTORS - 1)).toEqual(frames.slice(-640));
  });

  it('depend on the first 8 s only', () => {
    expect(logMelFrames(sound.slice(0, MOST_SAMPLES))).toEqual(frames);
    const changed = sound.slice();
    changed[MOST_SAMPLES - 2] = 0.5;
    expect(logMelFrames(changed)).not.toEqual(frames);
  });

  it('are none for a clip without frame 249', () => {
    expect(logMelFrames(sound.slice(0, LEAST_SAMPLES - 1))).toBeNull();
    expect(logMelFrames(sound.slice(0, LEAST_SAMPLES))).toHaveLength(25_600);
  });

  it('of silence are finite', () => {
    expect(logMelFrames(new Float32Array(MOST_SAMPLES))?.[0]).toBeCloseTo(10 * Math.log10(2 ** -52), 4);
  });
});
