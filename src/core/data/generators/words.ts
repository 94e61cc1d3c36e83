/**
 * Built-in sounds for keyword spotting: word-like sounds from a formant synthesizer, whose phones are those of the ten words of the
 * benchmark, and of others. They are not speech, and say nothing about how well a network hears people.
 */
import { word } from '../../language/say';
import { sayLater } from '../../language/told';
import { createRandom, type Random } from '../../random';
import { clipWords, type Dataset, type Sound } from '../dataset';
import { between, mixed, oneOf } from './chance';
import { makeExamples, type Split } from './examples';
import { otherWords, words } from './phones';
import { colouredNoise, level, SAMPLE_RATE } from './sound';
import { makeSpeaker, speak, type Speaker } from './voice';

/** Frames and coefficients of a clip's features. */
const SHAPE = [49, 10, 1] as const;
const SILENCE = words.length;
/** How many people speak; nobody speaks in both. */
export const SPEAKERS: Readonly<Record<Split, number>> = { train: 400, test: 100 };
/** Clips of each class that are kept to be listened to. */
const KEPT_CLIPS = 2;
/** Samples of one period of the mains' hum, 100 Hz. */
const MAINS_PERIOD = SAMPLE_RATE / 100;
/** Root mean square of a word's samples, least and greatest. */
const LOUDNESS = [0.03, 0.14] as const;

export const wordNames: readonly string[] = [...words.map(([name]) => name), 'silence', 'unknown'];

export interface WordSettings {
  readonly seed?: number;
  /** 0 for similar speakers in quiet rooms, 1 for very different speakers in noise. */
  readonly difficulty?: number;
}

/**
 * The same counts and settings give the same sounds; a longer set starts with the shorter one. All classes have the same share.
 * @param features of a clip of one second at 16 kHz, 49 frames of 10 values
 */
export function wordsDataset(
  trainCount: number,
  testCount: number,
  features: (samples: Float32Array) => Float32Array,
  { seed = 1, difficulty = 0.7 }: WordSettings = {},
): Dataset {
  const sounds: Sound[] = [];
  const recipe = {
    stream: 'words',
    classes: wordNames.length,
    size: SHAPE[0] * SHAPE[1],
    room: (length: number) => new Float32Array(length),
    write: (target: Float32Array, label: number, random: Random, split: Split) => {
      const speaker = speakerOf(split, random.integer(SPEAKERS[split]), seed, difficulty);
      const samples = makeClip(label, speaker, random, difficulty);
      if (split === 'train' && sounds.length < KEPT_CLIPS * wordNames.length) sounds.push({ label, group: 0, samples });
      target.set(features(samples));
    },
  };
  return {
    name: word('Built-in word-like sounds'),
    words: clipWords,
    synthetic: true,
    shape: SHAPE,
    classNames: wordNames,
    // What is spoken is English.
    texts: { classes: [...words.map(([name]) => name), sayLater('silence'), sayLater('unknown')] },
    warnings: [],
    sounds,
    train: makeExamples(recipe, trainCount, seed, 'train'),
    test: makeExamples(recipe, testCount, seed, 'test'),
  };
}

/** @param person a number below that of the split's speakers */
export const speakerOf = (split: Split, person: number, seed: number, difficulty: number): Speaker =>
  makeSpeaker(createRandom(seed, `words, ${split}, speaker ${person}`), spreadOf(difficulty));

/** How different speakers are, in the sense of `makeSpeaker`. */
const spreadOf = (difficulty: number) => mixed(0.3, 1, difficulty);

/** @returns one second at 16 kHz, in -1..1, with the word somewhere in it and noise in the background */
export function makeClip(label: number, speaker: Speaker, random: Random, difficulty: number): Float32Array {
  const loudness = LOUDNESS[0] * (LOUDNESS[1] / LOUDNESS[0]) ** random.uniform();
  const decibels = mixed(34, 6, difficulty) + between(random, -6, 6);
  // Without a word the noise may be as loud as one.
  const clip = background(random, loudness * 10 ** ((-decibels / 20) * (label === SILENCE ? random.uniform() : 1)));
  if (label === SILENCE) return clip;
  const phones = words[label]?.[1] ?? oneOf(random, otherWords);
  const word = speak(phones, speaker, random, spreadOf(difficulty));
  const gain = loudness / level(word);
  // The word lies near the middle, or anywhere in the clip if that is to be hard; a long word may start or end outside of it.
  const room = SAMPLE_RATE - word.length;
  const start = Math.round(room / 2 + mixed(0.3, 1, difficulty) * Math.abs(room) * between(random, -0.5, 0.5));
  word.forEach((sample, at) => {
    const to = start + at;
    if (to >= 0 && to < SAMPLE_RATE) clip[to] = Math.max(-1, Math.min(1, (clip[to] as number) + gain * sample));
  });
  return clip;
}

/** Noise of a random colour that swells and ebbs, with or without the hum of the mains. */
function background(random: Random, loudness: number): Float32Array {
  const clip = colouredNoise(SAMPLE_RATE, 0.97 * random.uniform(), random);
  const hum = random.integer(3) === 0 ? between(random, 0.3, 1) : 0;
  const [depth, rate, phase] = [0.6 * random.uniform(), between(random, 0.5, 4), 2 * Math.PI * random.uniform()];
  const mains = Float32Array.from({ length: MAINS_PERIOD }, (_, at) => hum * Math.sin((2 * Math.PI * at) / MAINS_PERIOD));
  for (let from = 0; from < SAMPLE_RATE; from += MAINS_PERIOD) {
    const swell = 1 + depth * Math.sin((2 * Math.PI * rate * from) / SAMPLE_RATE + phase);
    for (let at = 0; at < MAINS_PERIOD; at++)
      clip[from + at] = Math.max(-1, Math.min(1, loudness * (swell * (clip[from + at] as number) + (mains[at] as number))));
  }
  return clip;
}
