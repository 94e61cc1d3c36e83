/** NumPy's arrays of pictures and labels: an .npz archive, or .npy files. */
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import type { Dataset } from '../core/data/dataset';
import { bytesSource } from './archives/byteSource';
import { readZip } from './archives/zip';
import { readNpy } from './arrays/npy';
import { datasetOf, type ArrayPair } from './arrays/pictureArrays';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { meaningOf, partOfWord, type NamedPart, type Part } from './partNames';
import { invalidData } from './invalidData';
import { refuseHoldOut } from './testShare';

export const npz: ExampleImporter = {
  id: 'npz',
  title: word('NumPy’s arrays'),
  kind: 'picture',
  extensions: ['.npz', '.npy'],
  hint: word('NumPy’s .npz or .npy files hold arrays with names like x_train, y_train, x_test, y_test or train_images, train_labels.'),
  recognises: (names) => names.some((name) => /\.npz$/i.test(name)) || names.filter((name) => /\.npy$/i.test(name)).length > 1,
  read,
};

type Role = keyof ArrayPair;

/** Words in the names of arrays. */
const roleWords: readonly (readonly [RegExp, Role])[] = [
  [/^(y|labels?|targets?|classes)$/, 'labels'],
  [/^(x|images?|imgs?|pictures?|data|inputs?)$/, 'pictures'],
];

/** An array that has not been read yet. */
interface Found {
  readonly file: NamedFile;
  readonly part: Part;
  readonly role: Role;
}

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('Arrays'));
  const arrays: { file: NamedFile; key: string; archive: string; isAlone: boolean }[] = [];
  for (const file of files) {
    if (/\.npy$/i.test(file.name)) arrays.push({ file, key: file.name, archive: '', isAlone: false });
    if (!/\.npz$/i.test(file.name)) continue;
    const entries = await readZip(bytesSource(await file.bytes()), file.name);
    const isAlone = entries.length === 1;
    for (const entry of entries)
      arrays.push({ file: { ...entry, name: `${file.name}: ${entry.name}` }, key: entry.name, archive: file.name, isAlone });
  }
  const named = arrays.flatMap(({ file, key, archive, isAlone }) => {
    const said = saidBy(key, archive, isAlone);
    return said ? [{ file, ...said }] : [];
  });
  const meaning = meaningOf(named.map(({ part }) => part));
  const found = named.map((array) => ({ ...array, part: meaning(array.part) }));
  const given = arrays.map(({ key }) => key).join(', ');
  const parts: Partial<Record<Part, ArrayPair>> = {};
  for (const part of ['train', 'test', 'validation'] as const) {
    const [pictures, labels] = (['pictures', 'labels'] as const).map((role) => only(found, part, role));
    if (pictures && labels) parts[part] = { pictures: await arrayOf(pictures), labels: await arrayOf(labels) };
    else if (pictures ?? labels)
      throw invalidData(
        (pictures ?? (labels as NamedFile)).name,
        pictures
          ? sayLater('has no array of labels beside it: names like x_train and y_train say what belongs together. Given: {given}.', {
              given,
            })
          : sayLater('has no array of pictures beside it: names like x_train and y_train say what belongs together. Given: {given}.', {
              given,
            }),
      );
  }
  if (Object.keys(parts).length === 0)
    throw invalidData(
      files.find((file) => /\.np[zy]$/i.test(file.name))?.name ?? name,
      sayLater('has no arrays whose names say what they are, such as x_train and y_train. Given: {given}.', {
        given: given || sayLater('none'),
      }),
    );
  return datasetOf(parts, name, options);
}

const arrayOf = async (file: NamedFile) => readNpy(await file.bytes(), file.name);

/** What names say of an array. */
interface Said {
  readonly role: Role;
  readonly part: NamedPart;
}

/** numpy.savez without names calls its arrays arr_0, arr_1, ...: pictures and labels in turn, those to test on last. */
const numbered: readonly Said[] = [
  { part: 'train', role: 'pictures' },
  { part: 'train', role: 'labels' },
  { part: 'test', role: 'pictures' },
  { part: 'test', role: 'labels' },
];

/**
 * What the words of an array's name say, and where they do not name a part, those of its archive's. A nameless array means what its archive's name
 * says if it is the only one there, as in "train-labels.npz", and otherwise what its number says.
 */
function saidBy(key: string, archive: string, isAlone: boolean): Said | undefined {
  const number = /(?:^|\/)arr_(\d)\.npy$/.exec(key)?.[1];
  const words = wordsOf(number !== undefined && isAlone ? archive : key);
  const role = lookUp(roleWords, words);
  if (number !== undefined && !role) return numbered[Number(number)];
  return role && { role, part: partIn(words) ?? partIn(wordsOf(archive)) ?? 'train' };
}

/** Some write "x_tr" and "x_te". */
const partIn = (words: readonly string[]): NamedPart | undefined =>
  words.map((word) => (word === 'tr' ? 'train' : word === 'te' ? 'test' : partOfWord(word))).find((part) => part !== null) ?? undefined;

/** "data/X_train.npy" has the words "x" and "train". */
function wordsOf(path: string): string[] {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.np[yz]$/i, '');
  return base
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

const lookUp = <T>(meanings: readonly (readonly [RegExp, T])[], words: readonly string[]): T | undefined =>
  meanings.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];

function only(found: readonly Found[], part: Part, role: Role): NamedFile | undefined {
  const fitting = found.filter((one) => one.part === part && one.role === role);
  if (fitting.length > 1)
    throw invalidData(
      (fitting[1] as Found).file.name,
      sayLater(
        'could be the {role, select, labels {labels} other {pictures}} to {part, select, train {learn from} other {test on}} as well as {other}. Leave one of them out.',
        { role, part, other: (fitting[0] as Found).file.name },
      ),
    );
  return fitting[0]?.file;
}
