/** Parquet files with a picture and its label in each row, as data sets of Hugging Face are distributed. */
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import { pictureWords, type Dataset } from '../core/data/dataset';
import { assertLearnable } from './classRules';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { isForValidation, isParquet, readLabelledRows, remedyOf } from './parquet/labelledRows';
import { decodePictures } from './pictures/decodePictures';
import { drawTestFiles } from './pictures/drawTestFiles';
import { drawnWarning, refuseHoldOut } from './testShare';

export const parquet: ExampleImporter = {
  id: 'parquet',
  title: word('Parquet files of pictures'),
  kind: 'picture',
  extensions: ['.parquet'],
  hint: word(
    'Parquet files have a column of pictures and a column "label", as those of Hugging Face, with "train" and "test" in their names.',
  ),
  recognises: (names) => names.some(isParquet),
  read,
};

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('Parquet files'));
  const { classNames, rows, tested, warnings } = await readLabelledRows(files, 'picture', options);
  const picked = (isTest: boolean) =>
    rows.flatMap(({ part, row, label }) =>
      (part === tested) === isTest ? [{ file: row.example, label, validates: isForValidation(part, tested) }] : [],
    );
  const { train, test } = tested === null ? drawTestFiles(picked(false), options.randomSeed) : { train: picked(false), test: picked(true) };
  const drawn = tested === null ? [drawnWarning(sayLater('The files’ names do not say which pictures test'), pictureWords)] : [];
  const decoded = await decodePictures(train, test, options);
  assertLearnable(name, classNames, decoded.train, pictureWords, remedyOf(options));
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: options.task.example.shape,
    classNames,
    ...(drawn[0] && { split: drawn[0] }),
    train: decoded.train,
    test: decoded.test,
    warnings: [...warnings, ...drawn, ...decoded.warnings],
  };
}
