/** Turns spoken clips into features, with variants of them and with silence cut from noise. */
import type { Examples, Sound } from '../../core/data/dataset';
import { augmentClip } from '../../core/data/features/augmentClip';
import { padOrCut, RATE } from '../../core/data/features/clip';
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { createRandom } from '../../core/random';
import type { ImportOptions, NamedFile } from '../exampleImporter';
import { inOrder } from '../inOrder';
import type { LeftOut } from './leftOut';
import { readSound } from './soundFiles';

/** Features of one clip: 49 frames of 10 coefficients. */
export const CLIP_SHAPE = [49, 10, 1] as const;
const SIZE = 490;
/** Clips of each class that are kept to be listened to. */
const KEPT_CLIPS = 2;
/** Noise is taken up to this length; longer recordings are cut. */
const NOISE_SECONDS = 300;
/** Where a recording of noise is divided: what comes before is for training, the rest for tests. */
const NOISE_CUT = 0.75;

export function variantsOf({ variants = 1 }: ImportOptions): number {
  if (Number.isInteger(variants) && variants >= 1 && variants <= 100) return variants;
  throw new WorkbenchError(
    'invalid-setting',
    sayLater('There are {variants} variants of a training clip to make; it must be a whole number from 1 to 100.', { variants }),
  );
}

/** What recordings of noise hold for training and validation, and for tests, which share no sample. */
export interface Noises {
  readonly train: readonly Float32Array[];
  readonly test: readonly Float32Array[];
}

export interface ClipPart<Clip> {
  readonly kind: 'train' | 'validation' | 'test';
  readonly labelOf: (clip: Clip) => number;
  /** How often each clip is there: once as it is, and changed the other times. */
  readonly variants: number;
  readonly noises: Noises;
  /** So many clips of a class are cut from noise, where there is any, each with a random volume; null for none. */
  readonly silence: { readonly count: number; readonly label: number } | null;
}

const noiseOf = ({ kind }: Pick<ClipPart<unknown>, 'kind'>): keyof Noises => (kind === 'test' ? 'test' : 'train');

/** A second of sound that becomes an example. */
interface Second {
  readonly samples: Float32Array;
  readonly label: number;
  readonly recording: number;
}

/** Reads files one after the other, so that few of them are in memory, and tells how far it is. */
export class ClipReader {
  /** Some clips to learn from of each class. */
  readonly sounds: Sound[] = [];
  #done = 0;
  #long = 0;

  constructor(
    private readonly options: ImportOptions,
    private readonly leftOut: LeftOut,
    private readonly total: number,
  ) {}

  /** Pieces of less than a second are no use. */
  async noises(files: readonly NamedFile[]): Promise<Noises> {
    const recordings: Float32Array[] = [];
    for (const file of files) {
      const sound = await this.#read(file, NOISE_SECONDS);
      if (sound) recordings.push(sound.samples);
    }
    const cut = (samples: Float32Array) => Math.floor(NOISE_CUT * samples.length);
    const useful = (pieces: readonly Float32Array[]) => pieces.filter(({ length }) => length >= RATE);
    return {
      train: useful(recordings.map((samples) => samples.subarray(0, cut(samples)))),
      test: useful(recordings.map((samples) => samples.subarray(cut(samples)))),
    };
  }

  /** The features of clips. */
  async part<Clip extends { readonly file: NamedFile }>(clips: readonly Clip[], part: ClipPart<Clip>): Promise<Examples> {
    const { work, feature = 'mfcc' } = this.options;
    const { variants, noises, silence } = part;
    const missing = silence && noises[noiseOf(part)].length > 0 ? silence.count : 0;
    const values = new Float32Array((clips.length * variants + missing) * SIZE);
    const labels = new Uint8Array(values.length / SIZE);
    const recordings = new Uint32Array(labels.length);
    let count = 0;
    const seconds = this.#seconds(clips, part);
    for await (const [{ label, recording }, features] of inOrder(seconds, ({ samples }) => work.features(samples, feature))) {
      values.set(features as Float32Array, count * SIZE);
      recordings[count] = recording;
      labels[count++] = label;
    }
    const examples = { count, values: values.slice(0, count * SIZE), labels: labels.slice(0, count) };
    // Variants of a clip must not be learnt from and validated on at once.
    return variants > 1 ? { ...examples, recordings: recordings.slice(0, count) } : examples;
  }

  /** Each clip that can be read, with its variants behind it, and then silence. */
  async *#seconds<Clip extends { readonly file: NamedFile }>(clips: readonly Clip[], part: ClipPart<Clip>): AsyncGenerator<Second, void> {
    const { kind, labelOf, variants, noises, silence } = part;
    const changes = createRandom(this.options.randomSeed, 'variants');
    const cuts = createRandom(this.options.randomSeed, `silence, ${kind}`);
    let recording = -1;
    for (const clip of clips) {
      const sound = await this.#read(clip.file, 1);
      if (!sound) continue;
      if (sound.seconds > 1) this.#long += 1;
      const samples = padOrCut(sound.samples, RATE);
      recording += 1;
      const of = { label: labelOf(clip), recording };
      if (kind === 'train' && this.sounds.filter(({ label }) => label === of.label).length < KEPT_CLIPS)
        this.sounds.push({ label: of.label, group: 0, samples });
      yield { samples, ...of };
      for (let variant = 1; variant < variants; variant++) yield { samples: augmentClip(samples, noises.train, changes), ...of };
    }
    const pieces = noises[noiseOf(part)];
    if (!silence || pieces.length === 0) return;
    for (let piece = 0; piece < silence.count; piece++) {
      const noise = pieces[cuts.integer(pieces.length)] as Float32Array;
      const from = cuts.integer(noise.length - RATE + 1);
      const volume = cuts.uniform();
      recording += 1;
      yield { samples: noise.slice(from, from + RATE).map((sample) => volume * sample), label: silence.label, recording };
    }
  }

  sentences(): Told[] {
    return this.#long > 0
      ? [
          sayLater('{count, plural, one {# clip lasts} other {# clips last}} longer than one second: only the first second is used.', {
            count: this.#long,
          }),
        ]
      : [];
  }

  async #read(file: NamedFile, seconds: number) {
    const sound = await readSound(file, seconds, this.leftOut);
    this.options.onProgress(++this.#done, this.total);
    return sound;
  }
}
