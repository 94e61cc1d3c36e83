import { describe, expect, it } from 'vitest';
import { expectAllDifferent, expectBalanced, expectRepeatable } from '../../../../tests/support/generatedSets';
import { linearAccuracy } from '../linearClassifier';
import { createRandom } from '../../random';
import { otherWords, words } from './phones';
import { level, Resonator } from './sound';
import { makeSpeaker } from './voice';
import { makeClip, SPEAKERS, speakerOf, wordNames, wordsDataset } from './words';

/** The loudness of ten bands in 49 frames, in place of a spectrum. */
function bands(samples: Float32Array): Float32Array {
  const values = new Float32Array(490);
  const filtered = new Float32Array(samples.length);
  for (let band = 0; band < 10; band++) {
    const centre = 150 * 1.42 ** band;
    const ring = new Resonator(centre, centre / 3);
    for (let at = 0; at < samples.length; at++) filtered[at] = ring.band(samples[at] as number);
    for (let frame = 0; frame < 49; frame++) values[frame * 10 + band] = Math.log(1e-4 + level(filtered, frame * 320, frame * 320 + 480));
  }
  return values;
}

const plainSpeaker = makeSpeaker(createRandom(1, 'speaker'), 0);

describe('the built-in sounds for keyword spotting', () => {
  it('are the same for the same seed, and a longer set starts with the shorter one', () => {
    expectRepeatable((train, test, seed) => wordsDataset(train, test, bands, { seed }));
  });

  it('never repeat, and have as many examples of each class', () => {
    const dataset = wordsDataset(48, 24, bands);
    expectAllDifferent(dataset);
    expectBalanced(dataset, dataset.train);
    expectBalanced(dataset, dataset.test);
    expect(dataset).toMatchObject({ synthetic: true, shape: [49, 10, 1], classNames: wordNames });
  });

  it('last a second and stay within -1 and 1, however loud', () => {
    const speaker = makeSpeaker(createRandom(2, 'speaker'), 1);
    wordNames.forEach((_, label) => {
      const clip = makeClip(label, speaker, createRandom(label, 'clip'), 1);
      expect(clip).toHaveLength(16_000);
      const loudest = Math.max(...clip.map(Math.abs));
      expect(loudest).toBeGreaterThan(0.002);
      expect(loudest).toBeLessThanOrEqual(1);
    });
  });

  it('sound like their phones: voices are low, hisses high, and a stop is silent before it opens', () => {
    const clip = makeClip(wordNames.indexOf('stop'), plainSpeaker, createRandom(3, 'clip'), 0);
    const [low, high] = [300, 5200].map((centre) => {
      const ring = new Resonator(centre, centre / 3);
      return clip.map((sample) => ring.band(sample));
    }) as [Float32Array, Float32Array];
    const track = (samples: Float32Array) => Array.from({ length: 100 }, (_, frame) => level(samples, frame * 160, (frame + 1) * 160));
    const [voice, hiss] = [track(low), track(high)];
    const loudest = voice.indexOf(Math.max(...voice));
    const before = Math.max(...hiss.slice(0, loudest - 5));
    const hissing = hiss.indexOf(before);
    // The S comes first; between it and the vowel, the T is silent.
    expect(before).toBeGreaterThan(3 * (hiss[loudest] as number));
    expect(Math.min(...hiss.slice(hissing, loudest))).toBeLessThan(before / 5);
  });

  it('are spoken by other people in the test set', () => {
    const voices = (['train', 'test'] as const).flatMap((split) =>
      Array.from({ length: SPEAKERS[split] }, (_, person) => JSON.stringify(speakerOf(split, person, 1, 0.7))),
    );
    expect(new Set(voices).size).toBe(SPEAKERS.train + SPEAKERS.test);
  });

  it('have other words among the unknown ones than the ten', () => {
    const known = new Set(words.map(([, phones]) => phones.join(' ')));
    expect(otherWords.filter((phones) => known.has(phones.join(' ')))).toEqual([]);
  });

  it('do not give the class away by loudness alone', () => {
    const loudness = (samples: Float32Array) => new Float32Array(490).fill(Math.log(level(samples)));
    const dataset = wordsDataset(360, 240, loudness);
    expect(linearAccuracy(dataset, (example) => example.subarray(0, 1))).toBeLessThan(0.25);
  });

  it('are harder for a linear classifier if they are to be', () => {
    const [easy, hard] = [0, 1].map((difficulty) => linearAccuracy(wordsDataset(144, 72, bands, { difficulty }))) as [number, number];
    expect(easy).toBeGreaterThan(0.6);
    expect(hard).toBeLessThan(easy - 0.3);
    expect(hard).toBeGreaterThan(1.5 / wordNames.length);
  });
});
