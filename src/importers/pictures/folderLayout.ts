/** Reads classes and parts out of the paths of pictures in folders. */
import { WorkbenchError } from '../../core/errors';
import { listLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { assertClassNumber } from '../classRules';
import type { NamedFile } from '../exampleImporter';
import { partOfFolder, type NamedPart } from '../partNames';
import { isPicture, type LabelledFile } from './decodePictures';

export interface FolderLayout {
  readonly classNames: readonly string[];
  readonly train: readonly LabelledFile[];
  /** Null where no folder says which pictures test. */
  readonly test: readonly LabelledFile[] | null;
  readonly warnings: readonly Told[];
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: NamedFile[];
}

/**
 * `class/*`, or `train/class/*` beside `test/class/*` or `val/class/*` or both, below any top folders. Deeper folders belong to the
 * class that they are in.
 * @throws WorkbenchError `invalid-data` for pictures without classes, and classes without pictures
 */
export function folderLayout(files: readonly NamedFile[]): FolderLayout {
  const tree = treeOf(files);
  const root = classLevel(tree);
  const total = picturesIn(tree).length;
  const { train, test, validation } = partsOf(root);
  if (!train) {
    const classNames = classesOf(root);
    assertClassNumber(classNames, sayLater('The folders of pictures'));
    const all = labelled(root, classNames);
    return { classNames, train: all, test: null, warnings: strayWarning(total - all.length) };
  }
  const parts = [train, test, validation].filter((part) => part !== undefined);
  const classNames = [...new Set(parts.flatMap(({ within }) => classesOf(within)))].toSorted();
  assertClassNumber(
    classNames,
    test
      ? sayLater('The folders in "{trainName}" and "{testName}"', { trainName: train.name, testName: test.name })
      : sayLater('The folders in "{trainName}"', { trainName: train.name }),
  );
  const named = validation ? labelled(validation.within, classNames).map((file) => ({ ...file, validates: true })) : [];
  const learnt = [...labelled(train.within, classNames), ...named];
  const tested = test ? labelled(test.within, classNames) : null;
  return { classNames, train: learnt, test: tested, warnings: strayWarning(total - learnt.length - (tested?.length ?? 0)) };
}

interface Part {
  readonly name: string;
  /** Holds the folders of its classes. */
  readonly within: Folder;
}

/**
 * The folders that hold classes to learn from, to test on and for validation. Nothing where the folders are classes themselves, of which one
 * may be called "train", as the vehicle is.
 * @throws WorkbenchError `invalid-data` for folders that are all called like parts, of which none has classes to learn from
 */
function partsOf(root: Folder): {
  readonly train?: Part | undefined;
  readonly test?: Part | undefined;
  readonly validation?: Part | undefined;
} {
  const used = [...root.folders].filter(([, within]) => picturesIn(within).length > 0);
  const arePartsOnly = used.length > 1 && used.every(([name]) => isPart(name));
  const part = (wanted: NamedPart, except?: Part): Part | undefined => {
    const fits = (name: string) => partOfFolder(name) === wanted;
    const found = used.find(
      ([name, within]) => name !== except?.name && (fits(name) || (arePartsOnly && fits(withoutPrefix(name)))) && hasClasses(within),
    );
    return found && { name: found[0], within: classLevel(found[1]) };
  };
  const train = part('train');
  const test = part('test') ?? part('evaluation') ?? part('validation');
  if (train && (test || arePartsOnly)) return { train, test, validation: part('validation', test) ?? part('evaluation', test) };
  if (!arePartsOnly) {
    assertClasses(used);
    return {};
  }
  throw new WorkbenchError(
    'invalid-data',
    sayLater(
      'The folders {names} have names of parts, but no folder "train" among them holds a folder per class. Put the pictures of each class into a folder "train/CLASS", those to test on into "test/CLASS".',
      { names: listLater(used.map(([name]) => `"${name}"`)) },
    ),
  );
}

/**
 * Folders with the same folders in them may be classes: "cat/indoors" beside "dog/indoors". Not if one has the name of a part, as in "train/cat"
 * beside "holdout/cat".
 * @throws WorkbenchError `invalid-data` for these
 */
function assertClasses(folders: readonly (readonly [string, Folder])[]): void {
  const part = folders.find(([name, within]) => isPart(name) && hasClasses(within));
  if (!part) return;
  const names = classNamesIn(part[1]);
  const others = folders.filter(
    ([name, within]) => name !== part[0] && classNamesIn(within).filter((one) => names.includes(one)).length > 1,
  );
  if (others.length === 0) return;
  throw new WorkbenchError(
    'invalid-data',
    sayLater(
      '{others, plural, one {The folder {names} holds} other {The folders {names} hold}} folders of the same names as "{part}", as parts of a data set do. Call what to learn from "train", what to test on "test", and what to validate on "val". If "{part}" is a class, give its folder another name.',
      { others: others.length, names: listLater(others.map(([name]) => `"${name}"`)), part: part[0] },
    ),
  );
}

const classNamesIn = (folder: Folder) => (hasClasses(folder) ? [...classLevel(folder).folders.keys()] : []);

/** As in "seg_train" and "seg_pred". */
const withoutPrefix = (name: string) => name.replace(/^[a-z0-9]+[_-]/i, '');
/** Pictures without classes often lie beside the parts. */
const hasNoClasses = (name: string) => /^(pred(ict(ion)?s?)?|unlabell?ed)$/i.test(name);
const isPart = (name: string) => [name, withoutPrefix(name)].some((one) => partOfFolder(one) !== null || hasNoClasses(one));

function treeOf(files: readonly NamedFile[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  // A fixed order, since that of folders and archives is anything.
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    let at = root;
    const folders = file.name.split('/').slice(0, -1);
    // Programs keep their own copies in hidden folders.
    if (folders.some((name) => name.startsWith('.'))) continue;
    for (const name of folders) {
      const within: Folder = at.folders.get(name) ?? { folders: new Map(), files: [] };
      at.folders.set(name, within);
      at = within;
    }
    at.files.push(file);
  }
  return root;
}

/** Passes top folders: those that alone hold all folders with pictures. */
function classLevel(folder: Folder): Folder {
  const used = [...folder.folders.values()].filter((one) => picturesIn(one).length > 0);
  const [only] = used;
  if (only === undefined)
    throw new WorkbenchError(
      'invalid-data',
      sayLater('The pictures lie in no folder that names their class. Put those of each class into a folder with the name of the class.'),
    );
  return used.length === 1 && hasClasses(only) ? classLevel(only) : folder;
}

const hasClasses = (folder: Folder) => [...folder.folders.values()].some((one) => picturesIn(one).length > 0);

function classesOf(folder: Folder): string[] {
  return [...folder.folders].map(([name, within]) => {
    if (picturesIn(within).length > 0) return name;
    throw new WorkbenchError(
      'invalid-data',
      sayLater(
        'The folder "{name}" lies among the classes, but has no picture in JPEG, PNG, WebP or GIF; every class needs some. Convert its pictures, or remove the folder.',
        { name },
      ),
    );
  });
}

function labelled(folder: Folder, classNames: readonly string[]): LabelledFile[] {
  return [...folder.folders].flatMap(([name, within]) => picturesIn(within).map((file) => ({ file, label: classNames.indexOf(name) })));
}

function picturesIn(folder: Folder): NamedFile[] {
  return [...folder.files.filter(({ name }) => isPicture(name)), ...[...folder.folders.values()].flatMap(picturesIn)];
}

const strayWarning = (count: number) =>
  count === 0 ? [] : [sayLater('{count, number} of the pictures lie in no folder of a class and are left out.', { count })];
