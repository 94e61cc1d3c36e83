/**
 * The IDX files of MNIST and its kin, compressed by gzip or not. Source: yann.lecun.com/exdb/mnist: two zero bytes, the type, the number of
 * dimensions, each dimension and then each value with the greatest byte first.
 */
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import type { Dataset } from '../core/data/dataset';
import { bytesSource } from './archives/byteSource';
import { GzipCursor, isGzip, SourceCursor } from './archives/cursor';
import { archiveLimits } from './archives/limits';
import { numberTypes, productOf, readNumbers, stridesOf, type NumberArray } from './arrays/numberArray';
import { datasetOf, type ArrayPair } from './arrays/pictureArrays';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { invalidData } from './invalidData';
import { refuseHoldOut } from './testShare';

const IDX = /(images|labels).*(idx\d|ubyte)/i;

export const idx: ExampleImporter = {
  id: 'idx',
  title: word('MNIST’s IDX files'),
  kind: 'picture',
  extensions: ['.gz', '.idx1-ubyte', '.idx3-ubyte'],
  hint: word(
    'MNIST’s IDX files are train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, with .gz or without.',
  ),
  recognises: (names) => names.some((name) => IDX.test(baseName(name))),
  read,
};

/** The format's numbers for types. */
const types: Readonly<Record<number, string>> = { 0x08: 'u1', 0x09: 'i1', 0x0b: 'i2', 0x0c: 'i4', 0x0d: 'f4', 0x0e: 'f8' };
const MOST_DIMENSIONS = 4;

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('IDX files'));
  const found = files.filter((file) => IDX.test(baseName(file.name)));
  const parts: Partial<Record<'train' | 'test', ArrayPair>> = {};
  for (const part of ['train', 'test'] as const) {
    const [pictures, labels] = await Promise.all((['images', 'labels'] as const).map((role) => only(found, part, role)));
    if (pictures && labels) parts[part] = { pictures: await readIdx(pictures), labels: await readIdx(labels) };
    else if (pictures ?? labels)
      throw invalidData(
        (pictures ?? (labels as NamedFile)).name,
        pictures
          ? sayLater('has no file of labels beside it. Add it and try again.')
          : sayLater('has no file of images beside it. Add it and try again.'),
      );
  }
  return datasetOf(parts, name, options);
}

/** Some distributions have a file twice, and some programs leave the packed one beside what they unpack: such a file counts once. */
async function only(files: readonly NamedFile[], part: 'train' | 'test', role: 'images' | 'labels'): Promise<NamedFile | undefined> {
  const isTest = (name: string) => /t10k|test/i.test(name);
  const names = new Set(files.map(({ name }) => name));
  const fitting = files.filter(
    ({ name }) =>
      isTest(baseName(name)) === (part === 'test') &&
      baseName(name).toLowerCase().includes(role) &&
      !(/\.gz$/i.test(name) && names.has(name.slice(0, -3))),
  );
  const [first, ...others] = fitting;
  for (const other of others)
    if (!first || other.size !== first.size || !isSame(await first.bytes(), await other.bytes()))
      throw invalidData(other.name, sayLater('has the same part as {name}. Leave one of them out.', { name: (first as NamedFile).name }));
  return first;
}

/** @throws WorkbenchError `invalid-data` for another format, or a file that ends early */
export async function readIdx(file: NamedFile): Promise<NumberArray> {
  const source = bytesSource(await file.bytes());
  const packed = isGzip(await source.slice(0, 2));
  const cursor = packed ? new GzipCursor(source, file.name) : new SourceCursor(source);
  try {
    const magic = await cursor.take(4);
    const type = numberTypes[types[magic[2] ?? 0] ?? ''];
    const dimensions = magic[3] ?? 0;
    if (magic.length < 4 || magic[0] !== 0 || magic[1] !== 0 || !type || dimensions < 1 || dimensions > MOST_DIMENSIONS)
      throw invalidData(file.name, sayLater('is no IDX file: its first bytes name no type and dimensions. Fetch it again.'));
    const lengths = await cursor.take(4 * dimensions);
    if (lengths.length < 4 * dimensions) throw truncated(file.name);
    const view = new DataView(lengths.buffer, lengths.byteOffset);
    const shape = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 * index));
    const bytes = productOf(shape) * type.bytes;
    const most = packed ? Math.max(archiveLimits.harmlessBytes, archiveLimits.ratio * source.size) : source.size;
    if (bytes > most) throw truncated(file.name);
    const values = await cursor.take(bytes);
    if (values.length < bytes) throw truncated(file.name);
    return { name: file.name, shape, strides: stridesOf(shape), values: readNumbers(values, type, true) };
  } finally {
    await cursor.close();
  }
}

const isSame = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((value, index) => value === other[index]);

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const truncated = (name: string) =>
  invalidData(name, sayLater('claims more values than it has: it was not downloaded whole. Fetch it again.'));
