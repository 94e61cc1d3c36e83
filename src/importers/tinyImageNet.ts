/**
 * Tiny ImageNet as it is distributed (http://cs231n.stanford.edu/tiny-imagenet-200.zip): `wnids.txt` lists the classes as WordNet ids,
 * `words.txt` names them, training pictures lie in `train/<id>/images`, and `val/val_annotations.txt` gives the class of each picture in
 * `val/images`. The pictures in `test` have no public classes, so those in `val` test the network.
 */
import { word } from '../core/language/say';
import { firstLater } from '../core/language/lists';
import { sayLater, type Told } from '../core/language/told';
import { pictureWords, type Dataset } from '../core/data/dataset';
import { assertClassNumber, assertLearnable } from './classRules';
import { decodeText } from './decodeText';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { invalidData } from './invalidData';
import { decodePictures, isPicture, pictureExtensions, type LabelledFile } from './pictures/decodePictures';
import { refuseHoldOut } from './testShare';

/** A sentence names so many pictures. */
const NAMED = 3;

const CLASS_LIST = /(^|\/)wnids\.txt$/;

export const tinyImageNet: ExampleImporter = {
  id: 'tiny-imagenet',
  title: word('Tiny ImageNet as it is distributed'),
  kind: 'picture',
  extensions: [...pictureExtensions, '.txt'],
  hint: word('Tiny ImageNet is read as it is distributed, with wnids.txt, words.txt, train and val.'),
  recognises: (names) => names.some((name) => CLASS_LIST.test(name)),
  read,
};

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('Tiny ImageNet’s files'));
  const list = files.find((file) => CLASS_LIST.test(file.name)) as NamedFile;
  const top = list.name.replace(/wnids\.txt$/, '');
  const byPath = new Map(files.map((file) => [file.name, file]));
  const ids = (await linesOf(list)).map((line) => line.trim());
  const labels = new Map(ids.map((id, label) => [id, label]));
  if (labels.size < ids.length) throw invalidData(list.name, sayLater('lists a class twice. Fetch it again.'));
  const classNames = await namesOf(ids, byPath.get(`${top}words.txt`));
  assertClassNumber(classNames, sayLater('The classes in {name}', { name: list.name }));
  const train: LabelledFile[] = [];
  for (const file of files) {
    const id = file.name.startsWith(`${top}train/`) ? file.name.slice(top.length).split('/')[1] : undefined;
    const label = id === undefined ? undefined : labels.get(id);
    if (label !== undefined && isPicture(file.name)) train.push({ file, label });
  }
  const validation = await validationOf(byPath, top, labels);
  const decoded = await decodePictures(sorted(train), sorted(validation.found), options);
  assertLearnable(name, classNames, decoded.train, pictureWords);
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: options.task.example.shape,
    classNames,
    ...decoded,
    warnings: [...validation.warnings, ...decoded.warnings],
  };
}

/**
 * The pictures in `val`, by the list of their classes. Pictures of classes that are not in use stay out. A warning counts those that are
 * missing.
 */
async function validationOf(
  byPath: ReadonlyMap<string, NamedFile>,
  top: string,
  labels: ReadonlyMap<string, number>,
): Promise<{ readonly found: LabelledFile[]; readonly warnings: readonly Told[] }> {
  const path = `${top}val/val_annotations.txt`;
  const annotations = byPath.get(path);
  if (!annotations)
    throw invalidData(
      path,
      sayLater('is missing: it says the classes of the pictures in val, on which results are reported. Add it and try again.'),
    );
  const missing: string[] = [];
  const found = (await linesOf(annotations)).flatMap((line) => {
    const [picture, id] = line.split('\t');
    const file = byPath.get(`${top}val/images/${picture}`);
    const label = labels.get(id ?? '');
    if (label === undefined) return [];
    if (!file) missing.push(picture as string);
    return file ? [{ file, label }] : [];
  });
  if (found.length === 0)
    throw invalidData(
      path,
      sayLater('names no picture in val/images of a class in wnids.txt, so there is none to report results on. Fetch the archive again.'),
    );
  const warnings =
    missing.length === 0
      ? []
      : [
          sayLater(
            '{count, plural, one {# picture that {list} names is} other {# pictures that {list} names are}} not there, and left out: {names}.',
            { count: missing.length, list: path, names: firstLater(missing, NAMED) },
          ),
        ];
  return { found, warnings };
}

/** The first of the words for each class, with its id where two classes share it. */
async function namesOf(ids: readonly string[], words: NamedFile | undefined): Promise<string[]> {
  if (!words) return [...ids];
  const known = new Map((await linesOf(words)).map((line) => line.split('\t') as [string, string | undefined]));
  const names = ids.map((id) => known.get(id)?.split(',')[0]?.trim() ?? id);
  return names.map((name, index) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${ids[index]})`));
}

async function linesOf(file: NamedFile): Promise<string[]> {
  return decodeText(await file.bytes(), file.name)
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '');
}

const sorted = (pictures: readonly LabelledFile[]) => pictures.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1));
