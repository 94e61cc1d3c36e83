/** Spoken words in folders that are named after them, where files do not name their speakers. */
import type { Dataset } from '../core/data/dataset';
import { clipWords } from '../core/data/dataset';
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { areMachines } from './machineSounds';
import { partOfFolder, partsByFolders } from './partNames';
import { LeftOut } from './sound/leftOut';
import { placeOf, soundFiles, type SoundFile } from './sound/soundFiles';
import type { Split } from './sound/speakerSplit';
import { isNoise, spokenWords, wordClasses } from './sound/spokenWords';
import { drawnWarning, drawTest, refuseHoldOut } from './testShare';

const inFolder = (name: string) => /\.wav$/i.test(name) && placeOf(name).folders.length > 0;

export const wordFolders: ExampleImporter = {
  id: 'word-folders',
  title: word('spoken words in a folder per word'),
  kind: 'sound',
  extensions: ['.wav'],
  hint: word('WAV files of spoken words lie in a folder per word, which may lie in folders "train" and "test".'),
  recognises: (names) => names.some(inFolder) && !areMachines(names),
  read,
};

/** @throws WorkbenchError `invalid-data` if fewer than two words or more than 256 are there, or no clip of one can be read */
async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('Folders of words'));
  const leftOut = new LeftOut();
  const sounds = soundFiles(files, leftOut);
  const noises = sounds.filter(isNoise).map(({ file }) => file);
  const clips = sounds
    .filter((sound) => !isNoise(sound))
    .flatMap((sound) => {
      const { name } = sound.file;
      const word = sound.folders.at(-1);
      if (word !== undefined && !isPart(word)) return [{ ...sound, word, key: name, speaker: name }];
      leftOut.add(name, sayLater('lies in no folder, and the folder is the word that is spoken.'));
      return [];
    });
  const classNames = wordClasses(
    name,
    clips.map((clip) => clip.word),
  );
  return spokenWords(name, { clips, classNames, noises, ...splitOf(clips, options.randomSeed) }, leftOut, options);
}

const isPart = (folder: string) => partOfFolder(folder) !== null;

/** By the folders "test" and "val"; without either a fifth of each word. */
function splitOf(clips: readonly (SoundFile & { readonly word: string })[], randomSeed: number): Split {
  const parts = partsByFolders(clips.map(({ folders }) => folders.slice(0, -1)));
  const [test, validation] = [parts.map((part) => part === 'test'), parts.map((part) => part === 'validation')];
  const isSplit = (part: readonly boolean[]) => part.includes(true) && part.includes(false);
  if (isSplit(test)) return { tests: test, validates: validation, sentences: [] };
  if (isSplit(validation)) return { tests: validation, sentences: [] };
  const words = [...new Set(clips.map(({ word }) => word))];
  const drawn = new Set(
    drawTest(
      Uint8Array.from(clips, ({ word }) => words.indexOf(word)),
      randomSeed,
    ).test,
  );
  return {
    tests: clips.map((_, index) => drawn.has(index)),
    sentences: [drawnWarning(sayLater('Neither folders nor names say which clips test, or who speaks'), clipWords)],
  };
}
