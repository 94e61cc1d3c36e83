/**
 * Spoken words in the layout of Speech Commands: a folder for each word, files named after their speaker. Source: P. Warden, "Speech
 * Commands: A Dataset for Limited-Vocabulary Speech Recognition", arXiv:1804.03209.
 */
import type { Dataset } from '../core/data/dataset';
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import { decodeText } from './decodeText';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { partsByFolders } from './partNames';
import { LeftOut } from './sound/leftOut';
import { soundFiles, type SoundFile } from './sound/soundFiles';
import { splitBySpeaker } from './sound/speakerSplit';
import { isBenchmark, isNoise, neededClass, NOISE_FOLDER, SILENCE, spokenWords, wordClasses, type SpokenFile } from './sound/spokenWords';

const isSpoken = (name: string) => /(^|\/)[^/]+\/[^/]+_nohash_[^/]*\.wav$/i.test(name);

export const speechCommands: ExampleImporter = {
  id: 'speechCommands',
  title: word('spoken words in Speech Commands’ layout'),
  kind: 'sound',
  extensions: ['.wav', '.txt'],
  hint: word(
    'Speech Commands’ layout is a folder for each word, with WAV files named speaker_nohash_number.wav, and if there are lists, testing_list.txt and validation_list.txt.',
  ),
  recognises: (names) => names.some(isSpoken),
  read: readSpeechCommands,
};

/**
 * @throws WorkbenchError `invalid-data` if fewer than two words, more than 256, or only one speaker are there, or no clip can be read;
 *   `invalid-setting` for a speaker to hold out who is not there
 */
export async function readSpeechCommands(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  const leftOut = new LeftOut();
  const sounds = soundFiles(files, leftOut);
  const inFolders = sounds.filter(({ folders }) => folders.length > 0 && !isNoise({ folders }));
  const parts = partsByFolders(inFolders.map(({ folders }) => folders.slice(0, -1)));
  const clips = inFolders.map((sound, index) => ({ ...spokenClip(sound), part: parts[index] ?? null }));
  for (const { file, folders } of sounds)
    if (folders.length === 0) leftOut.add(file.name, sayLater('lies in no folder, and the folder is the word that is spoken.'));
  const words = clips.map(({ word }) => word);
  const classNames = wordClasses(name, words);
  const lists = { testing: await listOf(files, 'testing_list.txt'), validation: await listOf(files, 'validation_list.txt') };
  const spoken = clips.map((clip) => ({ ...clip, needed: neededClass(clip.word, classNames) }));
  const split = splitBySpeaker(spoken, lists, options.holdOut, options.randomSeed);
  const noises = sounds.filter(isNoise).map(({ file }) => file);
  const data = await spokenWords(name, { clips, classNames, noises, ...split }, leftOut, options);
  if (!isBenchmark(classNames) || noises.length > 0 || words.includes(SILENCE)) return data;
  const missing = sayLater('There is no folder {noiseFolder} to cut silence from, so no clip is of class "{silence}".', {
    noiseFolder: NOISE_FOLDER,
    silence: SILENCE,
  });
  return { ...data, warnings: [...data.warnings, missing] };
}

function spokenClip({ file, folders, base }: SoundFile): SpokenFile {
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
