import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { augmentClip } from './augmentClip';

const clip = new Float32Array(16_000);
clip[8000] = 1;
const noise = new Float32Array(40_000).fill(0.5);
const many = (noises: readonly Float32Array[], seed = 1, length = 200) => {
  const random = createRandom(seed, 'augment');
  return Array.from({ length }, () => augmentClip(clip, noises, random));
};

describe('augmentClip', () => {
  it('shifts by up to 100 ms either way, with zeros where nothing is left', () => {
    const places = many([]).map((changed) => changed.indexOf(1) - 8000);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(-1600);
    expect(Math.min(...places)).toBeLessThan(-1400);
    expect(Math.max(...places)).toBeLessThanOrEqual(1600);
    expect(Math.max(...places)).toBeGreaterThan(1400);
    const shifted = many([], 2).map((changed) => changed.reduce((sum, sample) => sum + sample, 0));
    expect(shifted.every((sum) => sum === 1)).toBe(true);
  });

  it('adds noise of volume up to 0.1 to about 80 % of the clips', () => {
    const volumes = many([noise]).map((changed) => (changed[0] as number) / 0.5);
    expect(volumes.filter((volume) => volume > 0).length).toBeGreaterThan(140);
    expect(volumes.filter((volume) => volume > 0).length).toBeLessThan(180);
    expect(Math.max(...volumes)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...volumes)).toBeGreaterThan(0.09);
  });

  it('cuts different pieces, takes a noise as long as the clip, and stays within full scale', () => {
    const ramp = Float32Array.from({ length: 40_000 }, (_, n) => n / 40_000);
    expect(new Set(many([ramp]).map((changed) => (changed[0] as number) / (changed[1] as number))).size).toBeGreaterThan(100);
    expect(many([new Float32Array(16_000).fill(1)]).flatMap((changed) => [...changed].filter((sample) => sample > 1))).toEqual([]);
  });

  it('leaves the clip itself as it is, and repeats with the seed', () => {
    expect(many([noise], 1, 3)).toEqual(many([noise], 1, 3));
    expect(many([noise], 1, 3)).not.toEqual(many([noise], 2, 3));
    expect(clip[8000]).toBe(1);
    expect(clip.reduce((sum, sample) => sum + sample, 0)).toBe(1);
  });
});
