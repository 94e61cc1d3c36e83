/** Reads classes and parts out of the paths of pictures in folders. */
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { assertClassNumber } from '../classRules';
import type { NamedFile } from '../exampleImporter';
import { isTest, isTrain, isValidation } from '../partNames';
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
  const root = classLevel(treeOf(files));
  const names = [...root.folders.keys()];
  const part = (fits: (name: string) => boolean) => names.find((name) => fits(name) && hasClasses(root.folders.get(name) as Folder));
  const trainName = part(isTrain);
  const testName = part(isTest) ?? part(isValidation);
  const total = picturesIn(treeOf(files)).length;
  if (trainName === undefined || testName === undefined) {
    const classNames = classesOf(root);
    assertClassNumber(classNames, sayLater('The folders of pictures'));
    const all = labelled(root, classNames);
    return { classNames, train: all, test: null, warnings: strayWarning(total - all.length) };
  }
  const [train, test] = [trainName, testName].map((name) => root.folders.get(name)) as [Folder, Folder];
  const validationName = part((name) => isValidation(name) && name !== testName);
  const validation = validationName === undefined ? null : (root.folders.get(validationName) as Folder);
  const classNames = [...new Set([train, test, ...(validation ? [validation] : [])].flatMap(classesOf))].toSorted();
  assertClassNumber(classNames, sayLater('The folders in "{trainName}" and "{testName}"', { trainName, testName }));
  const named = validation ? labelled(validation, classNames).map((file) => ({ ...file, validates: true })) : [];
  const learnt = [...labelled(train, classNames), ...named];
  const tested = labelled(test, classNames);
  return {
    classNames,
    train: learnt,
    test: tested,
    warnings: strayWarning(total - learnt.length - tested.length),
  };
}

function treeOf(files: readonly NamedFile[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  // A fixed order, since that of folders and archives is anything.
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    let at = root;
    for (const name of file.name.split('/').slice(0, -1)) {
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
