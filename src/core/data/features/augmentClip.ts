/**
 * Random changes of a spoken word for training, so that a network learns the word rather than its speakers, their microphones and their
 * rooms. They belong to the samples, before features: a shift of features by whole frames is coarser, and noise adds up in samples only.
 * Noise, and how much of it, is as in Speech Commands' own training script (TensorFlow, examples/speech_commands/train.py). An
 * equaliser that changes bands by up to 12 dB is in audiomentations, as `SevenBandParametricEQ`. The other values are ours; docs/data.md
 * says what they bring.
 */
import { createRandom, type Random } from '../../random';
import { RATE } from './clip';
import { BANDS, equalise } from './equaliser';

/** Samples: 200 ms. */
const MOST_SHIFT = RATE / 5;
/** The logarithm of the factor by which a clip is faster and higher, or slower and lower: about 0.78 to 1.28. */
const MOST_SPEED = 0.25;
/** The logarithm of the factor of the volume: 13 dB both ways. */
const MOST_GAIN = 1.5;
/** How much of each sample is added to the next, or taken from it: that darkens or brightens, like another microphone. */
const MOST_TILT = 0.9;
/** Decibels by which each band of the equaliser is louder or quieter. */
const MOST_BAND = 12;
const NOISE_SHARE = 0.8;
const MOST_VOLUME = 0.1;
/** Made noise: its greatest volume, how much quieter it may be as a logarithm, and how much it resembles its last sample. */
const MADE = { volume: 0.2, quieter: 6, colour: 0.95 };

/**
 * A changed copy of a clip: at another speed, moved in time, with zeros where nothing is left, of another volume and tone, mixed with
 * noise, and within full scale.
 * @param clip samples at 16 kHz, full scale 1
 * @param noises recordings at 16 kHz to cut a piece from, at least as long as the clip; without any, noise is made
 */
export function augmentClip(clip: Float32Array, noises: readonly Float32Array[], random: Random): Float32Array {
  const either = (most: number) => most * (2 * random.uniform() - 1);
  const changed = moved(clip, Math.exp(either(MOST_SPEED)), random.integer(2 * MOST_SHIFT + 1) - MOST_SHIFT);
  equalise(
    changed,
    BANDS.map(() => either(MOST_BAND)),
  );
  shape(changed, Math.exp(either(MOST_GAIN)), either(MOST_TILT));
  if (random.uniform() < NOISE_SHARE) {
    const noise = noises.length > 0 ? piece(noises, changed.length, random) : madeNoise(changed.length, random);
    for (let at = 0; at < changed.length; at++) changed[at] = (changed[at] as number) + (noise[at] as number);
  }
  return changed.map((sample) => Math.max(-1, Math.min(1, sample)));
}

/** Plays a clip faster, and later by some samples. Between two samples lies a straight line, which is enough for a random change. */
function moved(clip: Float32Array, speed: number, later: number): Float32Array {
  const played = new Float32Array(clip.length);
  for (let at = Math.max(0, later); at < played.length; at++) {
    const place = (at - later) * speed;
    const before = Math.floor(place);
    if (before + 1 >= clip.length) break;
    const [low, high] = [clip[before] as number, clip[before + 1] as number];
    played[at] = low + (place - before) * (high - low);
  }
  return played;
}

/** Changes volume and tone in place. */
function shape(samples: Float32Array, gain: number, tilt: number): void {
  let last = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number;
    samples[at] = gain * (sample + tilt * last);
    last = sample;
  }
}

/** A random piece of a random recording, at a random volume. */
function piece(noises: readonly Float32Array[], length: number, random: Random): Float32Array {
  const noise = noises[random.integer(noises.length)] as Float32Array;
  const from = random.integer(noise.length - length + 1);
  const volume = MOST_VOLUME * random.uniform();
  return noise.subarray(from, from + length).map((sample) => volume * sample);
}

/** Noise that is dark, white or bright, of any volume up to the greatest. */
function madeNoise(length: number, random: Random): Float32Array {
  white ??= whiteNoise();
  const from = random.integer(WHITE_LENGTH - length + 1);
  const colour = MADE.colour * (2 * random.uniform() - 1);
  const volume = MADE.volume * Math.exp(-MADE.quieter * random.uniform()) * Math.sqrt(1 - colour ** 2);
  let last = 0;
  return white.subarray(from, from + length).map((sample) => {
    last = colour * last + sample;
    return volume * last;
  });
}

/** Drawn once, since drawing takes longer than all else here; which piece of it is used is drawn for each clip. */
let white: Float32Array | null = null;
const WHITE_LENGTH = 10 * RATE;

function whiteNoise(): Float32Array {
  const random = createRandom(1, 'white noise');
  return Float32Array.from({ length: WHITE_LENGTH }, () => 2 * random.uniform() - 1);
}
