/** Parquet files with a picture and its label in each row, as data sets of Hugging Face are distributed. */
import { pictureWords, type Dataset } from '../core/data/dataset';
import { assertClassNumber, assertLearnable } from './classRules';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { invalidData } from './invalidData';
import { readTable, type Row, type Table } from './parquet/table';
import { decodePictures } from './pictures/decodePictures';
import { drawTestFiles } from './pictures/drawTestFiles';
import { drawnWarning, refuseHoldOut } from './testShare';

export const parquet: ExampleImporter = {
  id: 'parquet',
  kind: 'picture',
  extensions: ['.parquet'],
  hint: 'Parquet files have a column of pictures and a column "label", as those of Hugging Face, with "train" and "test" in their names.',
  recognises: (names) => names.some((name) => /\.parquet$/i.test(name)),
  read,
};

type Part = 'train' | 'test' | 'validation';

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, 'Parquet files');
  const found = files.filter((file) => /\.parquet$/i.test(file.name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const tables: { part: Part; file: string; table: Table }[] = [];
  for (const file of found) tables.push({ part: partOf(file.name), file: file.name, table: await readTable(file) });
  const rows = tables.flatMap(({ part, file, table }) => table.rows.map((row) => ({ part, file, row })));
  const classes = classesOf(tables.map(({ table }) => table));
  assertClassNumber(classes.names, 'The Parquet files');
  const known = rows.flatMap(({ part, file, row }) =>
    row.label === null ? [] : [{ part, file: { file: row.picture, label: classOf(file, row, classes) } }],
  );
  const of = (...parts: Part[]) => known.filter(({ part }) => parts.includes(part)).map(({ file }) => file);
  const tested = (['test', 'validation'] as const).find((part) => of(part).length > 0 && of(part).length < known.length) ?? null;
  const all = tested ? null : known.map(({ file }) => file);
  const { train, test } = all ? drawTestFiles(all, options.randomSeed) : { train: of(...otherParts(tested)), test: of(tested as Part) };
  const decoded = await decodePictures(train, test, options);
  assertLearnable(classes.names, decoded.train, pictureWords.one);
  const without = rows.length - known.length;
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: options.task.example.shape,
    classNames: classes.names,
    train: decoded.train,
    test: decoded.test,
    warnings: [
      ...(without > 0 ? [`${without.toLocaleString('en')} rows have no class and are left out.`] : []),
      ...(tested ? [] : [drawnWarning('No file with "test" in its name says which pictures test', pictureWords)]),
      ...(tested === 'test' && of('validation').length > 0
        ? ['The validation part is learnt from too, since a search draws its own part to choose epochs by.']
        : []),
      ...decoded.warnings,
    ],
  };
}

const otherParts = (part: Part | null) => (['train', 'test', 'validation'] as const).filter((other) => other !== part);

/** By the last word in the path that names a part: "data/train-00000-of-00002.parquet". */
function partOf(path: string): Part {
  const words = path
    .toLowerCase()
    .split(/[^a-z]+/)
    .toReversed();
  for (const word of words) {
    if (/^test(ing)?$/.test(word)) return 'test';
    if (/^(val|valid|validation|dev)$/.test(word)) return 'validation';
    if (/^train(ing)?$/.test(word)) return 'train';
  }
  return 'train';
}

interface Classes {
  readonly names: readonly string[];
  /** Codes by what the files have in their column of labels. */
  readonly codes: ReadonlyMap<number | string, number>;
}

/** The classes that the files name, or else all different labels in order. */
function classesOf(tables: readonly Table[]): Classes {
  const named = tables.find(({ classNames }) => classNames !== null)?.classNames;
  if (named) return { names: named, codes: new Map(named.map((_, code) => [code, code])) };
  const labels = [...new Set(tables.flatMap(({ rows }) => rows.flatMap(({ label }) => label ?? [])))];
  const ordered = labels.toSorted((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : `${a}` < `${b}` ? -1 : 1));
  return {
    names: ordered.map((label) => (typeof label === 'number' ? `class ${label}` : label)),
    codes: new Map(ordered.map((label, code) => [label, code])),
  };
}

function classOf(file: string, { label, picture }: Row, { names, codes }: Classes): number {
  const code = codes.get(label as number | string);
  if (code === undefined)
    throw invalidData(
      file,
      `has the label ${label} in ${picture.name.slice(file.length + 2)}, but only ${names.length} classes have names. Mend the label, or use files of one data set.`,
    );
  return code;
}
