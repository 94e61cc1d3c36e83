/** Parquet files with a spoken word and its label in each row, as data sets of Hugging Face are distributed. */
import { clipWords, type Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { isForValidation, isParquet, readLabelledRows, remedyOf, type LabelledRows } from './parquet/labelledRows';
import { LeftOut } from './sound/leftOut';
import { inBoth, splitBySpeaker, type Split } from './sound/speakerSplit';
import { classesOfWords, neededClass, spokenWords } from './sound/spokenWords';
import { drawnWarning, drawTest } from './testShare';

export const parquetSounds: ExampleImporter = {
  id: 'parquetSounds',
  title: word('Parquet files of sounds'),
  kind: 'sound',
  extensions: ['.parquet'],
  hint: word(
    'Parquet files have a column of sounds (WAV files) and a column "label", as those of Hugging Face, with "train" and "test" in their names.',
  ),
  recognises: (names) => names.some(isParquet),
  read,
};

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  const found = await readLabelledRows(files, 'sound', options);
  // Speech Commands' own classes for what is no word.
  const words = found.classNames.map((word) => word.replace(/^_(silence|unknown)_$/, '$1'));
  const classNames = classesOfWords(words);
  const clips = found.rows.map(({ row, label }) => ({
    file: row.example,
    word: words[label] as string,
    needed: neededClass(words[label] as string, classNames),
    key: row.key,
    // Without a speaker nothing ties clips together.
    speaker: row.speaker ?? row.key,
  }));
  const split = divide(found, clips, options);
  const data = await spokenWords(name, { clips, classNames, noises: [], ...split, remedy: remedyOf(options) }, new LeftOut(), options);
  return { ...data, warnings: [...found.warnings, ...data.warnings] };
}

/** The speakers held out, else the files that say so, else whole speakers, else a fifth of each class. */
function divide(
  { rows, tested }: LabelledRows,
  clips: Parameters<typeof splitBySpeaker>[0],
  { holdOut, randomSeed }: ImportOptions,
): Split {
  const speakers = rows.every(({ row }) => row.speaker !== null);
  if (holdOut !== null && !speakers)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater(
        'These Parquet files have no column of speakers ("speaker_id"), so "{holdOut}" cannot be held out. Put the clips to test on into a file with "test" in its name.',
        { holdOut },
      ),
    );
  if (holdOut === null && tested !== null) {
    const tests = rows.map(({ part }) => part === tested);
    return { tests, validates: rows.map(({ part }) => isForValidation(part, tested)), sentences: speakers ? inBoth(clips, tests) : [] };
  }
  if (speakers) return splitBySpeaker(clips, { testing: null, validation: null }, holdOut, randomSeed);
  const drawn = new Set(
    drawTest(
      Uint8Array.from(rows, ({ label }) => label),
      randomSeed,
    ).test,
  );
  return {
    tests: rows.map((_, index) => drawn.has(index)),
    sentences: [drawnWarning(sayLater('Neither the files’ names nor a column of speakers say which clips test'), clipWords)],
  };
}
