/** A data set of spoken words: the benchmark's twelve classes where all its commands are there, else a class for each word. */
import { firstLater, sentencesLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { clipWords, type Dataset, type Examples } from '../../core/data/dataset';
import { createRandom, type Random } from '../../core/random';
import { ADD_ONE, assertLearnable } from '../classRules';
import type { ImportOptions, NamedFile } from '../exampleImporter';
import { invalidData } from '../invalidData';
import { CLIP_SHAPE, ClipReader, variantsOf } from './clipReader';
import type { LeftOut } from './leftOut';
import type { SoundFile } from './soundFiles';
import type { Split, SpokenClip } from './speakerSplit';

/** The commands of the benchmark, in the paper's order of classes. */
const COMMANDS = ['down', 'go', 'left', 'no', 'off', 'on', 'right', 'stop', 'up', 'yes'];
export const SILENCE = 'silence';
const UNKNOWN = 'unknown';

export interface SpokenFile extends SpokenClip {
  readonly file: NamedFile;
  readonly word: string;
}

/** Clips, and what each is for. */
interface SpokenSet extends Split {
  readonly clips: readonly SpokenFile[];
  /** As `classesOfWords` gives them. */
  readonly classNames: readonly string[];
  /** Recordings of noise, to cut silence from and to add to training clips. */
  readonly noises: readonly NamedFile[];
  /** What to do about a word without a clip to learn from. */
  readonly remedy?: Told | undefined;
}

export const isBenchmark = (words: readonly string[]): boolean => COMMANDS.every((command) => words.includes(command));

/** Recordings in this folder are noise to cut silence from. */
export const NOISE_FOLDER = '_background_noise_';
export const isNoise = ({ folders }: Pick<SoundFile, 'folders'>): boolean => folders.at(-1) === NOISE_FOLDER;

/**
 * The classes of a folder of clips for each word.
 * @param spoken the word of each clip
 * @throws WorkbenchError `invalid-data` for fewer than two, or more than 256
 */
export function wordClasses(name: string, spoken: readonly string[]): readonly string[] {
  const words = [...new Set(spoken)].toSorted((a, b) => (a < b ? -1 : 1));
  const classNames = classesOfWords(words);
  if (classNames.length >= 2 && classNames.length <= 256) return classNames;
  throw invalidData(
    name,
    sayLater(
      'has {count, plural, one {# word} other {# words}} ({words}); it takes 2 to 256, each a folder of clips. Give the folder or archive that holds all of them.',
      { count: words.length, words: firstLater(words, 5) },
    ),
  );
}

/** The classes that clips of these words have. */
export const classesOfWords = (words: readonly string[]): readonly string[] =>
  isBenchmark(words) ? [...COMMANDS, SILENCE, UNKNOWN] : words;

/**
 * The class of a word that needs clips to learn from; null for the benchmark's silence and unknown words, which need not be there.
 * @param classNames as `classesOfWords` gives them
 */
export const neededClass = (word: string, classNames: readonly string[]): string | null =>
  isBenchmark(classNames) && !COMMANDS.includes(word) ? null : word;

/** @throws WorkbenchError `invalid-data` when no clip to learn from, none of a word, or none to test on can be read */
export async function spokenWords(
  name: string,
  { clips, classNames, noises, tests, validates, sentences, remedy = sayLater(ADD_ONE) }: SpokenSet,
  leftOut: LeftOut,
  options: ImportOptions,
): Promise<Dataset> {
  const benchmark = isBenchmark(classNames);
  const labelOf = ({ word }: SpokenFile) => (classNames.includes(word) ? classNames.indexOf(word) : classNames.indexOf(UNKNOWN));
  const roleOf = (index: number) => (tests[index] ? 'test' : validates?.[index] ? 'validation' : 'train');
  const clipsOf = (part: ReturnType<typeof roleOf>) => {
    const own = clips.filter((_, index) => roleOf(index) === part);
    return benchmark ? fewerUnknown(own, createRandom(options.randomSeed, `unknown, ${part}`)) : own;
  };
  const [learnt, validating, tested] = [clipsOf('train'), clipsOf('validation'), clipsOf('test')];
  const reader = new ClipReader(options, leftOut, learnt.length + validating.length + tested.length + noises.length);
  const variants = variantsOf(options);
  const rest = { labelOf, noises: await reader.noises(noises) };
  // As many clips of silence as of a command; prepared copies bring some.
  const silence = (own: readonly SpokenFile[]) => {
    const ready = own.filter(({ word }) => word === SILENCE).length;
    return benchmark ? { count: Math.max(0, ofOneCommand(own) - ready), label: COMMANDS.length } : null;
  };
  const train = withValidation(
    await reader.part(learnt, { ...rest, kind: 'train', variants, silence: silence(learnt) }),
    await reader.part(validating, { ...rest, kind: 'validation', variants: 1, silence: silence(validating) }),
  );
  const test = await reader.part(tested, { ...rest, kind: 'test', variants: 1, silence: silence(tested) });
  for (const [kind, { count }] of [
    ['train', train],
    ['test', test],
  ] as const)
    if (count === 0)
      throw invalidData(
        name,
        sentencesLater([
          kind === 'train' ? sayLater('has no clip to learn from that can be read.') : sayLater('has no clip to test on that can be read.'),
          ...leftOut.sentences(),
        ]),
      );
  const { one, many } = options.task.example;
  // Silence and other words need not be there.
  const spoken = benchmark ? COMMANDS : classNames;
  assertLearnable(name, spoken, train, clipWords, sentencesLater([remedy, ...leftOut.sentences()]));
  return {
    name,
    words: { one, many },
    synthetic: false,
    shape: CLIP_SHAPE,
    classNames,
    ...(sentences[0] !== undefined && { split: sentences[0] }),
    sounds: reader.sounds,
    warnings: [
      ...sentences,
      ...(variants > 1
        ? [
            sayLater(
              'Each training clip is there {variants} times, all but once changed in time, speed, volume and tone, and most of them with background noise.',
              { variants },
            ),
          ]
        : []),
      ...reader.sentences(),
      ...leftOut.sentences(),
    ],
    train,
    test,
  };
}

/** Examples to learn from with those for validation behind them. */
function withValidation(train: Examples, validation: Examples): Examples {
  if (validation.count === 0 || train.count === 0) return train;
  const count = train.count + validation.count;
  const both = <Values extends Uint8Array | Float32Array | Uint32Array>(into: Values, first: Values, second: Values): Values => {
    into.set(first);
    into.set(second, first.length);
    return into;
  };
  const size = train.values.length / train.count;
  // Clips for validation have no variants, so each is a recording by itself.
  const recordings = train.recordings && both(new Uint32Array(count), train.recordings, validationRecordings(train, validation));
  return {
    count,
    values: both(new Float32Array(count * size), train.values as Float32Array, validation.values as Float32Array),
    labels: both(new Uint8Array(count), train.labels, validation.labels),
    ...(recordings && { recordings }),
    validates: Uint8Array.from({ length: count }, (_, index) => Number(index >= train.count)),
  };
}

const validationRecordings = (train: Examples, { count }: Examples) =>
  Uint32Array.from({ length: count }, (_, index) => train.count + index);

/**
 * Of the benchmark's clips, those of other words only as many as a command has on average, if there are more than twice as many. All of
 * Speech Commands would else be two thirds "unknown"; its own test set has as many of them as of a command.
 */
function fewerUnknown(clips: readonly SpokenFile[], random: Random): SpokenFile[] {
  const isUnknown = ({ word }: SpokenFile) => !COMMANDS.includes(word) && word !== SILENCE;
  const unknown = Int32Array.from(clips.flatMap((clip, index) => (isUnknown(clip) ? [index] : [])));
  const perCommand = ofOneCommand(clips);
  if (unknown.length <= 2 * perCommand) return [...clips];
  const dropped = new Set(random.shuffle(unknown).subarray(perCommand));
  return clips.filter((_, index) => !dropped.has(index));
}

/** How many clips a command has on average: a tenth of the commands' clips. */
function ofOneCommand(clips: readonly SpokenFile[]): number {
  return Math.round(clips.filter(({ word }) => COMMANDS.includes(word)).length / COMMANDS.length);
}
