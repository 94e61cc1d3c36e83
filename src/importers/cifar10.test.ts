import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../core/errors';
import { imageClassification } from '../core/tasks/imageClassification';
import { said } from '../core/language/told';
import { readCifar10 } from './cifar10';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { readExamples } from './index';
import { workHere } from './work';

const RECORD = 3073;
const options: ImportOptions = {
  task: imageClassification,
  work: workHere(() => Promise.reject(new Error('no picture file here'))),
  holdOut: null,
  randomSeed: 1,
  onProgress: () => {},
};

/**
 * A file of pictures whose red, green and blue planes count up from the label.
 * @param labels of the pictures; from 100 on others of the classes 0 to 9
 */
function pictures(name: string, labels: readonly number[]): NamedFile {
  const bytes = new Uint8Array(labels.length * RECORD);
  labels.forEach((label, picture) => {
    bytes[picture * RECORD] = label % 100;
    for (let i = 0; i < RECORD - 1; i++) bytes[picture * RECORD + 1 + i] = (label + Math.floor(i / 1024) * 100 + (i % 32)) % 256;
  });
  return { name, size: bytes.length, bytes: async () => bytes };
}

const text = (name: string, content: string): NamedFile => ({
  name,
  size: content.length,
  bytes: async () => new TextEncoder().encode(content),
});
const train = pictures('data_batch_1.bin', [0, 3, 9]);
const test = pictures('test_batch.bin', [1, 2]);

async function messageOf(...files: NamedFile[]): Promise<string> {
  const error: unknown = await readCifar10(files, 'mine', options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkbenchError);
  expect((error as WorkbenchError).code).toBe('invalid-data');
  return (error as WorkbenchError).message;
}

describe('readCifar10', () => {
  it('turns planes into pixels and keeps labels', async () => {
    const data = await readCifar10([test, train], 'mine', options);
    expect([...data.train.labels]).toEqual([0, 3, 9]);
    expect([...data.test.labels]).toEqual([1, 2]);
    expect(data.train.values.length).toBe(3 * 3072);
    // Second picture, row 0, column 5: red, green and blue.
    expect([...data.train.values.subarray(3072 + 15, 3072 + 18)]).toEqual([8, 108, 208]);
    expect(data.classNames).toHaveLength(10);
  });

  it('joins several training files in the order of their numbers', async () => {
    const data = await readCifar10([pictures('data_batch_10.bin', [7]), pictures('data_batch_2.bin', [5]), test], 'mine', options);
    expect([...data.train.labels]).toEqual([5, 7]);
  });

  it('takes class names, and with them other numbers of classes', async () => {
    const data = await readCifar10([train, test, text('batches.meta.txt', 'a\nb\r\nc\rd\ne\nf\ng\nh\ni\nj\nk\n\n')], 'mine', options);
    expect(data.classNames).toHaveLength(11);
    expect(data.classNames[1]).toBe('b');
  });

  it('refuses a single class', async () => {
    expect(await messageOf(pictures('data_batch_1.bin', [4, 4]), test)).toMatch(
      /^data_batch_1\.bin has pictures of only one class, "class 4"; there must be at least two/,
    );
  });

  it('takes class names in UTF-16, and refuses what is no text', async () => {
    const bytes = (...all: number[]): NamedFile => ({
      name: 'batches.meta.txt',
      size: all.length,
      bytes: async () => Uint8Array.from(all),
    });
    const names = 'abcdefghij'.split('');
    const utf16 = names.flatMap((name) => [name.charCodeAt(0), 0, 10, 0]);
    for (const mark of [[0xff, 0xfe], []])
      expect((await readCifar10([train, test, bytes(...mark, ...utf16)], 'mine', options)).classNames).toEqual(names);
    expect(await messageOf(train, test, bytes(0xff))).toMatch(/^batches\.meta\.txt is no text in UTF-8 or UTF-16/);
    for (const rubbish of ['a\nb\uFFFD\n', 'a\nb\u0007\n'])
      expect(await messageOf(train, test, text('batches.meta.txt', rubbish))).toMatch(
        /^batches\.meta\.txt holds characters that are no text, in class name 2/,
      );
  });

  it('refuses two classes of the same name', async () => {
    expect(await messageOf(train, test, text('batches.meta.txt', 'cat\ndog\n cat \nfox\n'))).toBe(
      'batches.meta.txt calls both class 1 and class 3 "cat"; classes need different names. Mend the file or leave it out.',
    );
  });

  it('counts a file that lies beside its copy once, and learns from no test picture', async () => {
    const copy = { ...train, name: 'data_batch_1 (1).bin' };
    const data = await readExamples([copy, train, pictures('data_batch_2.bin', [1, 4, 101]), test], 'mine', options);
    expect([...data.train.labels].toSorted()).toEqual([0, 1, 3, 4, 9]);
    expect([...data.test.labels]).toEqual([1, 2]);
    expect(data.warnings.map(said)).toEqual([
      '3 training pictures repeat an earlier one: left out, so that each counts once.',
      '1 training picture is a test picture too: not learnt from.',
    ]);
  });

  it('leaves out files of other names, such as the archive’s readme', async () => {
    expect((await readCifar10([text('readme.html', '<p>'), train, test], 'mine', options)).train.count).toBe(3);
  });

  it('names file, rule and way out for a wrong size', async () => {
    const cut = { ...train, name: 'data_batch_2.bin', bytes: async () => (await train.bytes()).subarray(1) };
    expect(await messageOf(train, cut, test)).toMatch(/data_batch_2\.bin has 9,218 bytes.*multiple of 3,073.*binary version/);
    expect(await messageOf(train, { name: 'test_batch.bin', size: 0, bytes: async () => new Uint8Array() })).toMatch(
      /test_batch\.bin has 0 bytes/,
    );
  });

  it.each([
    ['a pickle of the Python version', [0x80, 0x02, 0x7d, 0x71, 0x01]],
    ['a compressed file', [0x1f, 0x8b, 0x08, 0x00, 0x00]],
  ])('never takes %s for pictures', async (_, start) => {
    const bytes = new Uint8Array(RECORD * 2 + 5);
    bytes.set(start);
    const other = { name: 'data_batch_1.bin', size: bytes.length, bytes: async () => bytes };
    expect(await messageOf(other, test)).toMatch(/data_batch_1\.bin has 6,151 bytes.*binary version/);
    // By chance its size may be that of pictures; its first byte is no label then.
    expect(await messageOf({ ...other, bytes: async () => bytes.subarray(0, RECORD) }, test)).toMatch(/has label \d+ at picture 1/);
  });

  it('names file, rule and way out for a label out of range', async () => {
    expect(await messageOf(pictures('data_batch_1.bin', [1, 10]), test)).toMatch(
      /data_batch_1\.bin has label 10 at picture 2; labels must be below 10.*batches\.meta\.txt/,
    );
    expect(await messageOf(train, test, text('batches.meta.txt', 'a\nb\nc\n'))).toMatch(
      /data_batch_1\.bin has label 3 at picture 2; labels must be below 3/,
    );
  });

  it('names what is missing', async () => {
    expect(await messageOf(train)).toMatch(/test_batch\.bin is missing.*given: data_batch_1\.bin/);
    expect(await messageOf(test)).toMatch(/data_batch_\*\.bin is missing/);
    expect(await messageOf()).toMatch(/is missing.*given: none/);
  });
});

describe('CIFAR-100', () => {
  const hundred = (name: string, ...fine: readonly number[]): NamedFile => {
    const bytes = new Uint8Array(fine.length * 3074).fill(7);
    fine.forEach((label, picture) => bytes.set([19, label], picture * 3074));
    return { name, size: bytes.length, bytes: async () => bytes };
  };

  it('has its fine classes, in whatever folder', async () => {
    const names = text('a/fine_label_names.txt', Array.from({ length: 100 }, (_, index) => `fine ${index}`).join('\n'));
    const coarse = text('a/coarse_label_names.txt', 'fish\nflowers\n');
    const named = await readCifar10([coarse, names, hundred('a/train.bin', 1, 2), hundred('a/test.bin', 1)], 'mine', options);
    expect(named.classNames[99]).toBe('fine 99');
    const read = await readCifar10([hundred('a/train.bin', 99, 3), hundred('a/test.bin', 42)], 'mine', options);
    expect([...read.train.labels, ...read.test.labels]).toEqual([99, 3, 42]);
    expect(read.classNames).toHaveLength(100);
    expect(await messageOf(hundred('train.bin', 100), hundred('test.bin', 1))).toMatch(
      /train\.bin has label 100 at picture 1; labels must be below 100.*fine_label_names\.txt/,
    );
  });
});

describe('pictures of another size than the task’s', () => {
  it('are resized', async () => {
    const task = { ...imageClassification, example: { ...imageClassification.example, shape: [4, 4, 3] } };
    const data = await readCifar10([train, test], 'mine', { ...options, task });
    expect(data.shape).toEqual([4, 4, 3]);
    // Columns 0 to 7 of the first picture count up, so their mean is 3.5.
    expect([...data.train.values.subarray(0, 6)]).toEqual([4, 104, 204, 12, 112, 212]);
  });
});

describe('the Python version', () => {
  it.each([
    [['cifar-10-batches-py/data_batch_1', 'cifar-10-batches-py/batches.meta'], 'cifar-10-binary.tar.gz'],
    [['cifar-100-python/train', 'cifar-100-python/test', 'cifar-100-python/meta'], 'cifar-100-binary.tar.gz'],
  ])('is named with what to fetch instead: %s', async (names, archive) => {
    const files = names.map((name) => text(name, 'pickle'));
    await expect(readExamples(files, 'mine', options)).rejects.toThrow(new RegExp(`belongs to the Python version.*${archive}`));
  });
});

describe('readExamples', () => {
  it('finds the format by the files’ names, and says which there are where none fits', async () => {
    expect((await readExamples([test, train], 'mine', options)).train.count).toBe(3);
    await expect(readExamples([text('notes.csv', 'a')], 'mine', options)).rejects.toThrow(
      /^No format is known for these files \(notes\.csv\)\. CIFAR-10’s binary files are data_batch_\*\.bin/,
    );
    await expect(readExamples([], 'mine', options)).rejects.toThrow('No format is known for these files (none).');
  });
});
