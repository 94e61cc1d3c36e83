/**
 * Spoken words in the layout of Speech Commands: a folder for each word, files named after their speaker. Source: P. Warden, "Speech
 * Commands: A Dataset for Limited-Vocabulary Speech Recognition", arXiv:1804.03209.
 */
import type { Dataset, Examples, Sound } from '../core/data/dataset';
import { augmentClip } from '../core/data/features/augmentClip';
import { padOrCut, RATE } from '../core/data/features/clip';
import { WorkbenchError } from '../core/errors';
import { createRandom, type Random } from '../core/random';
import { counted } from '../core/words';
import { decodeText } from './decodeText';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { inOrder } from './inOrder';
import { LeftOut, listed } from './sound/leftOut';
import { readSound, soundFiles, type SoundFile } from './sound/soundFiles';
import { splitBySpeaker, type SpokenClip } from './sound/speakerSplit';

/** The commands of the benchmark, in the paper's order of classes. */
const COMMANDS = ['down', 'go', 'left', 'no', 'off', 'on', 'right', 'stop', 'up', 'yes'];
const SILENCE = 'silence';
const UNKNOWN = 'unknown';
const NOISE_FOLDER = '_background_noise_';
/** Features of one clip: 49 frames of 10 coefficients. */
const SHAPE = [49, 10, 1] as const;
const SIZE = 490;
/** Clips of each class that are kept to be listened to. */
const KEPT_CLIPS = 2;
/** Noise is taken up to this length; longer recordings are cut. */
const NOISE_SECONDS = 300;
/** Where a recording of noise is divided: what comes before is for training, the rest for tests. */
const NOISE_CUT = 0.75;

const isSpoken = (name: string) => /(^|\/)[^/]+\/[^/]+_nohash_[^/]*\.wav$/i.test(name);

export const speechCommands: ExampleImporter = {
  id: 'speechCommands',
  kind: 'sound',
  extensions: ['.wav', '.txt'],
  hint: 'Speech Commands’ layout is a folder for each word, with WAV files named speaker_nohash_number.wav, and if there are lists, testing_list.txt and validation_list.txt.',
  recognises: (names) => names.some(isSpoken),
  read: readSpeechCommands,
};

interface Clip extends SpokenClip {
  readonly file: NamedFile;
  readonly word: string;
}

/**
 * @throws WorkbenchError `invalid-data` if fewer than two words, more than 256, or only one speaker are there, or no clip can be read;
 *   `invalid-setting` for a speaker to hold out who is not there
 */
export async function readSpeechCommands(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  const leftOut = new LeftOut();
  const sounds = soundFiles(files, leftOut);
  const clips = sounds.filter(({ folders }) => folders.length > 0 && !isNoise(folders)).map(spokenClip);
  for (const { file, folders } of sounds)
    if (folders.length === 0) leftOut.add(file.name, 'lies in no folder, and the folder is the word that is spoken.');
  const words = [...new Set(clips.map(({ word }) => word))].toSorted((a, b) => (a < b ? -1 : 1));
  const isBenchmark = COMMANDS.every((command) => words.includes(command));
  const classNames = isBenchmark ? [...COMMANDS, SILENCE, UNKNOWN] : words;
  if (classNames.length < 2 || classNames.length > 256)
    throw invalid(
      name,
      `has ${counted(words.length, 'word', 'words')} (${listed(words, 5)}); it takes 2 to 256, each a folder of clips. Give the folder or archive that holds all of them.`,
    );
  const { tests, sentences } = splitBySpeaker(clips, await listOf(files, 'testing_list.txt'), options.holdOut, options.randomSeed);

  const labelOf = ({ word }: Clip) => (classNames.includes(word) ? classNames.indexOf(word) : classNames.indexOf(UNKNOWN));
  const part = (isTest: boolean) => {
    const own = clips.filter((_, index) => tests[index] === isTest);
    return isBenchmark ? fewerUnknown(own, createRandom(options.randomSeed, isTest ? 'unknown, test' : 'unknown, train')) : own;
  };
  const [learnt, tested] = [part(false), part(true)];
  const noiseFiles = sounds.filter(({ folders }) => isNoise(folders));
  const reader = new Reader(options, leftOut, learnt.length + tested.length + noiseFiles.length);
  const noises = await reader.noises(noiseFiles);
  const variants = variantsOf(options);
  const rest = { labelOf, noises, cutsSilence: isBenchmark };
  const train = await reader.part(learnt, { ...rest, kind: 'train', variants });
  const test = await reader.part(tested, { ...rest, kind: 'test', variants: 1 });
  for (const [kind, { count }] of [
    ['learn from', train],
    ['test on', test],
  ] as const)
    if (count === 0) throw invalid(name, `has no clip to ${kind} that can be read. ${leftOut.sentences().join(' ')}`);
  const { one, many } = options.task.example;
  return {
    name,
    words: { one, many },
    synthetic: false,
    shape: SHAPE,
    classNames,
    split: sentences[0] as string,
    sounds: reader.sounds,
    warnings: [
      ...sentences,
      ...(isBenchmark && noiseFiles.length === 0 && !words.includes(SILENCE)
        ? [`There is no folder ${NOISE_FOLDER} to cut silence from, so no clip is of class "${SILENCE}".`]
        : []),
      ...(variants > 1
        ? [`Each training clip is there ${variants} times, all but once changed: shifted, and most of them with background noise.`]
        : []),
      ...reader.sentences(),
      ...leftOut.sentences(),
    ],
    train,
    test,
  };
}

const isNoise = (folders: readonly string[]) => folders.at(-1) === NOISE_FOLDER;

function spokenClip({ file, folders, base }: SoundFile): Clip {
  const folder = folders.at(-1) as string;
  // Prepared copies have folders "_silence_" and "_unknown_"; files of the latter start with the word.
  const word = folder.replace(/^_(silence|unknown)_$/, '$1');
  const named = folder === '_unknown_' ? base.replace(/^[^_]+_(?=.*_nohash_)/, '') : base;
  return { file, word, key: `${folder}/${base}.wav`, speaker: named.replace(/_nohash_.*$/, '') };
}

/** The clips that a list names, one a line; null without such a list. */
async function listOf(files: readonly NamedFile[], list: string): Promise<ReadonlySet<string> | null> {
  const file = files.find(({ name }) => name.split('/').at(-1) === list);
  if (!file) return null;
  const lines = decodeText(await file.bytes(), file.name).split(/\r\n?|\n/);
  return new Set(lines.map((line) => line.trim()));
}

/**
 * Of the benchmark's clips, those of other words only as many as a command has on average, if there are more than twice as many. All of
 * Speech Commands would else be two thirds "unknown"; its own test set has as many of them as of a command.
 */
function fewerUnknown(clips: readonly Clip[], random: Random): Clip[] {
  const isUnknown = ({ word }: Clip) => !COMMANDS.includes(word) && word !== SILENCE;
  const unknown = Int32Array.from(clips.flatMap((clip, index) => (isUnknown(clip) ? [index] : [])));
  const perCommand = ofOneCommand(clips);
  if (unknown.length <= 2 * perCommand) return [...clips];
  const dropped = new Set(random.shuffle(unknown).subarray(perCommand));
  return clips.filter((_, index) => !dropped.has(index));
}

/** How many clips a command has on average: a tenth of the commands' clips. */
function ofOneCommand(clips: readonly Clip[]): number {
  return Math.round(clips.filter(({ word }) => COMMANDS.includes(word)).length / COMMANDS.length);
}

function variantsOf({ variants = 1 }: ImportOptions): number {
  if (Number.isInteger(variants) && variants >= 1 && variants <= 100) return variants;
  throw new WorkbenchError(
    'invalid-setting',
    `There are ${variants} variants of a training clip to make; it must be a whole number from 1 to 100.`,
  );
}

/** What recordings of noise hold for training and for tests, which share no sample. */
interface Noises {
  readonly train: readonly Float32Array[];
  readonly test: readonly Float32Array[];
}

interface Part {
  readonly kind: 'train' | 'test';
  readonly labelOf: (clip: Clip) => number;
  /** How often each clip is there: once as it is, and changed the other times. */
  readonly variants: number;
  readonly noises: Noises;
  /** Whether clips of class "silence" are cut from noise, as many as a command has on average, each with a random volume. */
  readonly cutsSilence: boolean;
}

/** A second of sound that becomes an example. */
interface Second {
  readonly samples: Float32Array;
  readonly label: number;
  readonly recording: number;
}

/** Reads files one after the other, so that few of them are in memory, and tells how far it is. */
class Reader {
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
  async noises(files: readonly SoundFile[]): Promise<Noises> {
    const recordings: Float32Array[] = [];
    for (const { file } of files) {
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

  async part(clips: readonly Clip[], { kind, labelOf, variants, noises, cutsSilence }: Part): Promise<Examples> {
    const { work, feature = 'mfcc' } = this.options;
    const ready = clips.filter(({ word }) => word === SILENCE).length;
    const missing = cutsSilence && noises[kind].length > 0 ? Math.max(0, ofOneCommand(clips) - ready) : 0;
    const values = new Float32Array((clips.length * variants + missing) * SIZE);
    const labels = new Uint8Array(values.length / SIZE);
    const recordings = new Uint32Array(labels.length);
    let count = 0;
    const seconds = this.#seconds(clips, { kind, labelOf, variants, noises }, missing);
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
  async *#seconds(
    clips: readonly Clip[],
    { kind, labelOf, variants, noises }: Omit<Part, 'cutsSilence'>,
    silent: number,
  ): AsyncGenerator<Second, void> {
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
    for (let piece = 0; piece < silent; piece++) {
      const noise = noises[kind][cuts.integer(noises[kind].length)] as Float32Array;
      const from = cuts.integer(noise.length - RATE + 1);
      const volume = cuts.uniform();
      recording += 1;
      yield { samples: noise.slice(from, from + RATE).map((sample) => volume * sample), label: COMMANDS.length, recording };
    }
  }

  sentences(): string[] {
    return this.#long > 0
      ? [`${counted(this.#long, 'clip lasts', 'clips last')} longer than one second: only the first second is used.`]
      : [];
  }

  async #read(file: NamedFile, seconds: number) {
    const sound = await readSound(file, seconds, this.leftOut);
    this.options.onProgress(++this.#done, this.total);
    return sound;
  }
}

function invalid(file: string, rule: string): WorkbenchError {
  return new WorkbenchError('invalid-data', `${file} ${rule}`, { file });
}
