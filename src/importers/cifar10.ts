/**
 * Pictures in CIFAR's binary layouts: records of a label byte and 3,072 pixel bytes (red, green and blue planes of 32x32, row by row).
 * CIFAR-100 has two label bytes, of which the second, the fine class, is used. Source: www.cs.toronto.edu/~kriz/cifar.html. Pure: takes
 * bytes, so browser and Node share it.
 */
import { word } from '../core/language/say';
import { sayLater, type Told } from '../core/language/told';
import { pictureWords, type Dataset, type Examples } from '../core/data/dataset';
import { resizePicture } from '../core/data/pictures/resize';
import { decodeText } from './decodeText';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { invalidData as invalid } from './invalidData';
import { pictureSize } from './pictures/decodePictures';
import { refuseHoldOut } from './testShare';

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** One of the two data sets. */
interface Layout {
  /** Bytes in front of the pixels, the last of which is the class. */
  readonly labelBytes: number;
  /** The number of classes if there is no names file. */
  readonly classes: number;
  readonly trainFiles: string;
  readonly testFiles: string;
  readonly namesFile: string;
  readonly isTrain: (name: string) => boolean;
  readonly isTest: (name: string) => boolean;
  readonly isNames: (name: string) => boolean;
}

const layouts: readonly [Layout, Layout] = [
  {
    labelBytes: 1,
    classes: 10,
    trainFiles: 'data_batch_*.bin',
    testFiles: 'test_batch.bin',
    namesFile: 'batches.meta.txt',
    isTrain: (name) => /^data_batch.*\.bin$/i.test(name),
    isTest: (name) => /^test_batch.*\.bin$/i.test(name),
    isNames: (name) => /^batches\.meta.*\.txt$/i.test(name),
  },
  {
    labelBytes: 2,
    classes: 100,
    trainFiles: 'train.bin',
    testFiles: 'test.bin',
    namesFile: 'fine_label_names.txt',
    isTrain: (name) => /^train\.bin$/i.test(name),
    isTest: (name) => /^test\.bin$/i.test(name),
    isNames: (name) => /^fine_label_names\.txt$/i.test(name),
  },
];

/** The Python version has the same names without an ending, as pickles; CIFAR-100's "train" and "test" lie beside "meta". */
const isPickle = (name: string) => /^(data_batch_\d+|test_batch|batches\.meta)$/i.test(name);
const hasPickles = (names: readonly string[]) => names.some(isPickle) || ['train', 'test', 'meta'].every((name) => names.includes(name));

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const cifar10: ExampleImporter = {
  id: 'cifar10',
  title: word('CIFAR’s binary files'),
  kind: 'picture',
  extensions: ['.bin', '.txt'],
  hint: word(
    'CIFAR-10’s binary files are data_batch_*.bin, test_batch.bin and, with other class names, batches.meta.txt; those of CIFAR-100 are train.bin, test.bin and fine_label_names.txt.',
  ),
  recognises: (names) => layoutOf(names.map(baseName)) !== undefined || hasPickles(names.map(baseName)),
  read: readCifar10,
};

const layoutOf = (names: readonly string[]) => layouts.find(({ isTrain, isTest }) => names.some((name) => isTrain(name) || isTest(name)));

/**
 * @param files in any order and folder. Each is recognised by its name; other files, such as the archive's readme, are ignored
 * @param name what to call the data set
 * @throws WorkbenchError `invalid-data` that names the file, the rule that it breaks and the way out
 */
export async function readCifar10(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('CIFAR’s files'));
  const named = files
    .map((file) => ({ name: baseName(file.name), file }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const layout = layoutOf(named.map((one) => one.name)) ?? layouts[0];
  const select = (fits: (name: string) => boolean) => named.filter((one) => fits(one.name)).map(({ file }) => file);
  const [train, test] = [select(layout.isTrain), select(layout.isTest)];
  if (train.length + test.length === 0 && hasPickles(named.map((one) => one.name))) throw pickled(files);
  if (train.length === 0) throw missing(layout.trainFiles, sayLater('pictures to learn from'), files);
  if (test.length === 0) throw missing(layout.testFiles, sayLater('pictures never learnt from, to report results on'), files);
  const names = select(layout.isNames)[0];
  const classNames = names ? await readNames(names) : Array.from({ length: layout.classes }, (_, index) => `class ${index}`);
  const size = pictureSize(options.task);
  const learnt = await readAll(train, layout, classNames.length, size);
  if (learnt.labels.every((label) => label === learnt.labels[0]))
    throw invalid(
      train[0]?.name ?? name,
      sayLater('has pictures of only one class, "{only}"; there must be at least two to tell apart. Add files with others.', {
        only: classNames[learnt.labels[0] as number] as string,
      }),
    );
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: [size.height, size.width, 3],
    classNames,
    warnings: [],
    train: learnt,
    test: await readAll(test, layout, classNames.length, size),
  };
}

async function readNames(file: NamedFile): Promise<string[]> {
  const names = decodeText(await file.bytes(), file.name)
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.length < 2 || names.length > 256)
    throw invalid(
      file.name,
      sayLater(
        'holds {count, plural, one {# class name} other {# class names}}; it should hold one name a line, between 2 and 256. Mend the file or leave it out.',
        { count: names.length },
      ),
    );
  // This is a binary file that looks like text, or text that was once decoded in the wrong encoding.
  const rubbish = names.find((name) => /[\p{Cc}\uFFFD]/u.test(name));
  if (rubbish !== undefined)
    throw invalid(
      file.name,
      sayLater('holds characters that are no text, in class name {at}. Save it as UTF-8 text or leave it out.', {
        at: names.indexOf(rubbish) + 1,
      }),
    );
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) {
    const [first, second] = [names.indexOf(again) + 1, names.lastIndexOf(again) + 1];
    throw invalid(
      file.name,
      sayLater('calls both class {first} and class {second} "{again}"; classes need different names. Mend the file or leave it out.', {
        first,
        second,
        again,
      }),
    );
  }
  return names;
}

type Size = ReturnType<typeof pictureSize>;

async function readAll(files: readonly NamedFile[], layout: Layout, classes: number, size: Size): Promise<Examples> {
  const parts: Examples[] = [];
  for (const file of files) parts.push(decode(file.name, await file.bytes(), layout, classes, size));
  const count = parts.reduce((total, part) => total + part.count, 0);
  const perPicture = size.width * size.height * 3;
  const values = new Uint8Array(count * perPicture);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at * perPicture);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { count, values, labels };
}

function decode(name: string, bytes: Uint8Array, layout: Layout, classes: number, { width, height }: Size): Examples {
  const record = layout.labelBytes + 3 * PLANE;
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw invalid(
      name,
      sayLater(
        'has {bytes, number} bytes; its size must be a positive multiple of {record, number} ({labels, plural, one {one label} other {two labels}} and 32x32x3 pixels a picture). Check that it is the binary version and was downloaded whole.',
        { bytes: bytes.length, record, labels: layout.labelBytes },
      ),
    );
  }
  const count = bytes.length / record;
  const values = new Uint8Array(count * width * height * 3);
  const labels = new Uint8Array(count);
  const rgba = new Uint8Array(PLANE * 4).fill(255);
  for (let picture = 0; picture < count; picture++) {
    const from = picture * record + layout.labelBytes;
    const label = bytes[from - 1] as number;
    if (label >= classes) {
      throw invalid(
        name,
        sayLater(
          'has label {label} at picture {picture}; labels must be below {classes}, the number of classes. Add a {namesFile} that names every class, or mend the label.',
          { label, picture: picture + 1, classes, namesFile: layout.namesFile },
        ),
      );
    }
    labels[picture] = label;
    for (let plane = 0; plane < 3; plane++)
      for (let pixel = 0; pixel < PLANE; pixel++) rgba[pixel * 4 + plane] = bytes[from + plane * PLANE + pixel] as number;
    values.set(resizePicture({ width: SIDE, height: SIDE, rgba }, width, height), picture * width * height * 3);
  }
  return { count, values, labels };
}

function pickled(files: readonly NamedFile[]) {
  const isHundred = files.some(({ name }) => baseName(name) === 'meta');
  const [file, set] = isHundred ? ['meta', 'cifar-100'] : ['batches.meta', 'cifar-10'];
  const found = files.find(({ name }) => isPickle(baseName(name)) || baseName(name) === file);
  return invalid(
    found?.name ?? file,
    sayLater(
      'belongs to the Python version, whose pickles are programs and are not run here. Fetch the binary version, {set}-binary.tar.gz, from www.cs.toronto.edu/~kriz/cifar.html.',
      { set },
    ),
  );
}

function missing(file: string, purpose: Told, given: readonly NamedFile[]) {
  const names = given
    .map(({ name }) => name)
    .slice(0, 5)
    .join(', ');
  return invalid(
    file,
    sayLater('is missing: it holds {purpose}. Add it and try again (given: {names}).', { purpose, names: names || sayLater('none') }),
  );
}
