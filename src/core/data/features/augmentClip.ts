/**
 * Random changes of a spoken word for training. They belong to the samples, before features: a shift of features by whole frames is
 * coarser, and noise adds up in samples only. The values are the defaults of Speech Commands' own training script (TensorFlow,
 * examples/speech_commands/train.py): a shift of up to 100 ms, and in 80 % of the clips noise with a volume of up to 0.1.
 */
import type { Random } from '../../random';
import { RATE } from './clip';

const MOST_SHIFT = RATE / 10;
const NOISE_SHARE = 0.8;
const MOST_VOLUME = 0.1;

/**
 * A changed copy of a clip: moved in time, with zeros where nothing is left, and mixed with a random piece of a random noise.
 * @param clip samples at 16 kHz, full scale 1
 * @param noises recordings at 16 kHz to cut from, at least as long as the clip; without any, no noise is added
 */
export function augmentClip(clip: Float32Array, noises: readonly Float32Array[], random: Random): Float32Array {
  const later = random.integer(2 * MOST_SHIFT + 1) - MOST_SHIFT;
  const changed = new Float32Array(clip.length);
  changed.set(clip.subarray(Math.max(0, -later), Math.max(0, clip.length - later)), Math.max(0, later));
  if (noises.length === 0 || random.uniform() >= NOISE_SHARE) return changed;
  const noise = noises[random.integer(noises.length)] as Float32Array;
  const from = random.integer(noise.length - clip.length + 1);
  const volume = MOST_VOLUME * random.uniform();
  for (let at = 0; at < changed.length; at++)
    changed[at] = Math.max(-1, Math.min(1, (changed[at] as number) + volume * (noise[from + at] as number)));
  return changed;
}
