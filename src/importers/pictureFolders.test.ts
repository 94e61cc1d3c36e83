import { describe, expect, it } from 'vitest';
import { grayFile, importOptions, textFile } from '../../tests/support/imports';
import { WorkbenchError } from '../core/errors';
import { said, type Told } from '../core/language/told';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { readExamples } from './index';
import { pictureFolders } from './pictureFolders';
import { workHere } from './work';

const read = (files: readonly NamedFile[], options: Partial<ImportOptions> = {}) =>
  pictureFolders.read(files, 'mine', { ...importOptions, ...options });

/** Pictures by their paths, each of another gray. */
const pictures = (...paths: readonly string[]) => paths.map((path, index) => grayFile(path, index));
const many = (folder: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => grayFile(`${folder}/${index}.jpg`, from + index));
const valuesOf = ({ values }: { values: ArrayLike<number> }) => Array.from(values).filter((_, at) => at % 3 === 0);

describe('pictures in folders', () => {
  it('takes classes from folders in train and test, below any top folders and in any order', async () => {
    const data = await read(
      pictures('a/b/test/dog/x.PNG', 'a/b/train/dog/1.jpg', 'a/b/train/cat/deep/2.jpeg', 'a/b/train/cat/1.webp', 'a/b/test/cat/1.jpg'),
    );
    expect(data.classNames).toEqual(['cat', 'dog']);
    expect([valuesOf(data.train), [...data.train.labels]]).toEqual([
      [3, 2, 1],
      [0, 0, 1],
    ]);
    expect([valuesOf(data.test), [...data.test.labels]]).toEqual([
      [4, 0],
      [0, 1],
    ]);
    expect(data.warnings).toEqual([]);
    expect(data.shape).toEqual([1, 1, 3]);
  });

  it('tests on a validation folder, or names its pictures for validation beside a test folder', async () => {
    const two = pictures('train/a/1.jpg', 'train/b/1.jpg', 'val/a/2.jpg', 'val/b/2.jpg');
    expect(valuesOf((await read(two)).test)).toEqual([2, 3]);
    const three = await read([...two, grayFile('test/a/3.jpg', 9)]);
    expect(valuesOf(three.test)).toEqual([9]);
    expect(valuesOf(three.train)).toEqual([0, 1, 2, 3]);
    expect(three.train.validates).toEqual(Uint8Array.of(0, 0, 1, 1));
    expect(three.warnings).toEqual([]);
  });

  it('draws a fifth of each class where there is no test folder, by the random seed', async () => {
    const files = [...many('top/train/a', 50), ...many('top/train/b', 25, 100)];
    const data = await read(files);
    expect([data.train.count, data.test.count]).toEqual([60, 15]);
    expect(data.test.labels.filter((label) => label === 1)).toHaveLength(5);
    expect(new Set([...valuesOf(data.train), ...valuesOf(data.test)]).size).toBe(75);
    expect(said(data.warnings[0] as Told)).toMatch(
      /^No folder "test" beside "train".*a fifth of the pictures of each class was drawn at random/,
    );
    expect(valuesOf((await read(files.toReversed())).test)).toEqual(valuesOf(data.test));
    expect(valuesOf((await read(files, { randomSeed: 2 })).test)).not.toEqual(valuesOf(data.test));
  });

  it('takes "train" for a class where nothing stands beside it to test on', async () => {
    expect((await read(pictures('train/1.jpg', 'plane/2.jpg'))).classNames).toEqual(['plane', 'train']);
  });

  it('leaves out files that do not decode, and counts them', async () => {
    const files = [...many('train/a', 20), ...many('train/b', 20, 50), grayFile('test/a/1.jpg', 99), grayFile('test/b/1.jpg', 98)];
    files[3] = textFile('train/a/3.jpg', 'broken');
    files[25] = textFile('train/b/5.jpg', 'broken');
    const data = await read(files);
    expect(data.train.count).toBe(38);
    expect(valuesOf(data.train)).not.toContain(0x62);
    expect(valuesOf(data.train).at(-1)).toBe(59);
    expect(valuesOf(data.test)).toEqual([99, 98]);
    expect([...data.test.labels]).toEqual([0, 1]);
    expect(data.warnings.map(said)).toEqual(['2 files do not decode as a picture and are left out: train/a/3.jpg, train/b/5.jpg.']);
  });

  it('refuses when more than a tenth do not decode', async () => {
    const files = [...many('a', 9), ...many('b', 9), textFile('a/x.jpg', 'broken'), textFile('b/x.jpg', 'broken')];
    expect(said((await read(files)).warnings[1] as Told)).toMatch(/^2 files do not decode/);
    await expect(read([...files, textFile('b/y.jpg', 'broken')])).rejects.toThrow(
      /^a\/x\.jpg and 2 other files of 21 do not decode as pictures; at most a tenth/,
    );
  });

  it('fails as a whole without a decoder', async () => {
    const work = workHere(() => Promise.reject(new WorkbenchError('file-missing', 'no decoder')));
    await expect(read(pictures('a/1.jpg', 'b/1.jpg'), { work })).rejects.toThrow('no decoder');
  });

  it('names class and rule for what cannot be learnt', async () => {
    await expect(read(pictures('1.jpg', '2.jpg'))).rejects.toThrow(/lie in no folder that names their class/);
    await expect(read(pictures('top/cat/1.jpg', 'top/cat/2.jpg'))).rejects.toThrow(/only one class, "cat"; there must be at least two/);
    await expect(read(many('x', 1).concat(...Array.from({ length: 256 }, (_, index) => many(`c${index}`, 1))))).rejects.toThrow(
      /have 257 classes; at most 256/,
    );
    await expect(read([...pictures('a/1.jpg', 'b/1.jpg'), textFile('c/1.tif', 'x')])).rejects.toThrow(
      /"c" lies among the classes, but has no picture in JPEG/,
    );
    await expect(read(pictures('train/a/1.jpg', 'train/b/1.jpg', 'test/a/1.jpg', 'test/c/1.jpg'))).rejects.toThrow(
      /^mine has no picture of class "c" to learn from/,
    );
    await expect(read(pictures('a/1.jpg', 'b/1.jpg'), { holdOut: 'ann' })).rejects.toThrow(/"ann" cannot be held out/);
  });

  it('names pictures in formats that are not read', async () => {
    const { warnings, train, test } = await read([
      ...many('a', 4),
      ...many('b', 4, 50),
      textFile('a/x.bmp', 'BM'),
      textFile('a/notes.md', 'x'),
    ]);
    expect(train.count + test.count).toBe(8);
    expect(warnings.map(said)).toContain(
      '1 file is a picture in another format than JPEG, PNG, WebP or GIF and left out: a/x.bmp. Convert what you need.',
    );
  });

  it('counts pictures outside of classes', async () => {
    const data = await read(pictures('train/a/1.jpg', 'train/b/1.jpg', 'test/a/1.jpg', 'x.png', 'train/y.png', 'figures/z/w.png'));
    expect(data.warnings.map(said)).toEqual(['3 of the pictures lie in no folder of a class and are left out.']);
    expect(data.train.count + data.test.count).toBe(3);
  });
});

describe('files for another kind of task', () => {
  it('are named with the tasks that they fit', async () => {
    const task = {
      ...importOptions.task,
      title: 'Keyword spotting',
      example: { kind: 'sound', one: 'clip', many: 'clips', shape: [49, 10, 1] },
    } as const;
    await expect(readExamples(pictures('a/1.jpg', 'b/1.jpg'), 'mine', { ...importOptions, task })).rejects.toThrow(
      /^These files \(a\/1\.jpg, b\/1\.jpg\) are a picture format, picture-folders, but the task "Keyword spotting" learns from clips\. Choose a task for them: ic \(/,
    );
  });
});
