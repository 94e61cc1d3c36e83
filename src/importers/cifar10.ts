/**
 * Pictures in CIFAR-10's binary layout: records of one label byte and 3,072 pixel bytes (red, green and blue planes of
 * 32x32, row by row). Source: www.cs.toronto.edu/~kriz/cifar.html. Pure: takes bytes, so browser and Node share it.
 */
import { pictureWords, type Dataset, type Examples } from '../core/data/dataset';
import type { ExampleImporter, NamedFile } from './exampleImporter';
import { WorkbenchError } from '../core/errors';
import { counted } from '../core/words';
import { decodeText } from './decodeText';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;
/** Class names if there is no names file: CIFAR-10 has ten classes. */
const DEFAULT_CLASSES = 10;

const isTrain = (name: string) => /^data_batch.*\.bin$/i.test(name);
const isTest = (name: string) => /^test_batch.*\.bin$/i.test(name);
const isNames = (name: string) => /^batches\.meta.*\.txt$/i.test(name);

export const cifar10: ExampleImporter = {
  id: 'cifar10',
  kind: 'picture',
  extensions: ['.bin', '.txt'],
  hint: 'CIFAR-10’s binary files are data_batch_*.bin, test_batch.bin and, with other class names, batches.meta.txt.',
  recognises: (names) => names.some((name) => isTrain(name) || isTest(name)),
  read: readCifar10,
};

/**
 * @param files in any order. Each is recognised by its name; other files, such as the archive's readme, are ignored
 * @param name what to call the data set
 * @throws WorkbenchError `invalid-data` that names the file, the rule that it breaks and the way out
 */
export async function readCifar10(files: readonly NamedFile[], name: string): Promise<Dataset> {
  const byName = files.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const train = byName.filter((file) => isTrain(file.name));
  const test = byName.filter((file) => isTest(file.name));
  if (train.length === 0) throw missing('data_batch_*.bin', 'pictures to learn from', files);
  if (test.length === 0) throw missing('test_batch.bin', 'pictures never learnt from, to report results on', files);
  const names = byName.find((file) => isNames(file.name));
  const classNames = names ? await readNames(names) : Array.from({ length: DEFAULT_CLASSES }, (_, index) => `class ${index}`);
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: [SIDE, SIDE, 3],
    classNames,
    warnings: [],
    train: await readAll(train, classNames.length),
    test: await readAll(test, classNames.length),
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
      `holds ${counted(names.length, 'class name', 'class names')}; it should hold one name a line, between 2 and 256. Mend the file or leave it out.`,
    );
  // This is a binary file that looks like text, or text that was once decoded in the wrong encoding.
  const rubbish = names.find((name) => /[\p{Cc}\uFFFD]/u.test(name));
  if (rubbish !== undefined)
    throw invalid(
      file.name,
      `holds characters that are no text, in class name ${names.indexOf(rubbish) + 1}. Save it as UTF-8 text or leave it out.`,
    );
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) {
    const [first, second] = [names.indexOf(again) + 1, names.lastIndexOf(again) + 1];
    throw invalid(
      file.name,
      `calls both class ${first} and class ${second} "${again}"; classes need different names. Mend the file or leave it out.`,
    );
  }
  return names;
}

async function readAll(files: readonly NamedFile[], classes: number): Promise<Examples> {
  const parts: Examples[] = [];
  for (const file of files) parts.push(decode(file.name, await file.bytes(), classes));
  const count = parts.reduce((total, part) => total + part.count, 0);
  const pixels = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    pixels.set(part.values as Uint8Array, at * 3 * PLANE);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { count, values: pixels, labels };
}

function decode(name: string, bytes: Uint8Array, classes: number): Examples {
  if (bytes.length === 0 || bytes.length % RECORD !== 0) {
    throw invalid(
      name,
      `has ${bytes.length.toLocaleString('en')} bytes; its size must be a positive multiple of ${RECORD.toLocaleString('en')} (one label and 32x32x3 pixels a picture). Check that it is the binary version and was downloaded whole.`,
    );
  }
  const count = bytes.length / RECORD;
  const pixels = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint8Array(count);
  for (let picture = 0; picture < count; picture++) {
    const from = picture * RECORD;
    const label = bytes[from] as number;
    if (label >= classes) {
      throw invalid(
        name,
        `has label ${label} at picture ${picture + 1}; labels must be below ${classes}, the number of classes. Add a batches.meta.txt that names every class, or mend the label.`,
      );
    }
    labels[picture] = label;
    for (let plane = 0; plane < 3; plane++)
      for (let pixel = 0; pixel < PLANE; pixel++)
        pixels[(picture * PLANE + pixel) * 3 + plane] = bytes[from + 1 + plane * PLANE + pixel] as number;
  }
  return { count, values: pixels, labels };
}

function missing(file: string, purpose: string, given: readonly NamedFile[]): WorkbenchError {
  const names = given
    .map(({ name }) => name)
    .slice(0, 5)
    .join(', ');
  return invalid(file, `is missing: it holds ${purpose}. Add it and try again (given: ${names || 'nothing'}).`);
}

function invalid(file: string, rule: string): WorkbenchError {
  return new WorkbenchError('invalid-data', `${file} ${rule}`, { file });
}
