import { describe, expect, it } from 'vitest';
import { grayFile, importOptions, textFile } from '../../tests/support/imports';
import { WorkbenchError } from '../core/errors';
import { said, type Told } from '../core/language/told';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { importerFor, readExamples } from './index';
import { pictureFolders } from './pictureFolders';
import { workHere } from './work';

const read = (files: readonly NamedFile[], options: Partial<ImportOptions> = {}) =>
  pictureFolders.read(files, 'mine', { ...importOptions, ...options });

/** Pictures by their paths, each of another gray. */
const pictures = (...paths: readonly string[]) => paths.map((path, index) => grayFile(path, index));
const many = (folder: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => grayFile(`${folder}/${index}.jpg`, from + index));
/** The head of a PNG alone. */
function pngOf(name: string, width: number, height: number): NamedFile {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return { name, size: bytes.length, bytes: async () => bytes };
}
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

  it('learns from a train folder whose test folder has no classes, and says what it leaves out', async () => {
    const data = await read([...many('train/cat', 5), ...many('train/dog', 5, 50), ...pictures('test/1.jpg', 'test/2.jpg')]);
    expect(data.classNames).toEqual(['cat', 'dog']);
    expect([data.train.count, data.test.count]).toEqual([8, 2]);
    expect(data.warnings.map(said)[0]).toBe('2 of the pictures lie in no folder of a class and are left out.');
  });

  it('knows parts by other names, and passes folders within them', async () => {
    const sets = await read(pictures('training_set/a/1.jpg', 'training_set/b/1.jpg', 'test_set/a/2.jpg', 'test_set/b/2.jpg'));
    expect([sets.classNames, sets.train.count, sets.test.count]).toEqual([['a', 'b'], 2, 2]);
    const scenes = await read(
      pictures('seg_train/seg_train/a/1.jpg', 'seg_train/seg_train/b/1.jpg', 'seg_test/seg_test/a/2.jpg', 'seg_pred/seg_pred/3.jpg'),
    );
    expect([scenes.classNames, scenes.train.count, scenes.test.count]).toEqual([['a', 'b'], 2, 1]);
  });

  it('never takes parts for classes', async () => {
    for (const paths of [
      ['train/1.jpg', 'test/2.jpg'],
      ['test/a/1.jpg', 'test/b/1.jpg', 'val/a/2.jpg', 'val/b/2.jpg'],
    ])
      await expect(read(pictures(...paths))).rejects.toThrow(
        /have names of parts, but no folder "train" among them holds a folder per class/,
      );
  });

  it('refuses a folder beside a part that holds the same classes under a name of its own', async () => {
    const paths = ['train/cat/1.jpg', 'train/dog/1.jpg', 'holdout/cat/1.jpg', 'holdout/dog/1.jpg'];
    await expect(read(pictures(...paths))).rejects.toThrow(/^The folder "holdout" holds folders of the same names as "train"/);
    await expect(read(pictures(...paths, 'bus/cat/1.jpg', 'bus/dog/1.jpg'))).rejects.toThrow(
      /^The folders "bus" and "holdout" hold folders.* If "train" is a class, give its folder another name\.$/,
    );
    const kinds = await read(pictures(...paths.map((path) => path.replace('train', 'car').replace('holdout', 'ship'))));
    expect(kinds.classNames).toEqual(['car', 'ship']);
  });

  it.each(['dev', 'eval', 'Evaluation_set'])('tests on a folder "%s"', async (name) => {
    const data = await read([
      ...many('train/cat', 2),
      ...many('train/dog', 2, 2),
      ...many(`${name}/cat`, 1, 4),
      ...many(`${name}/dog`, 1, 5),
    ]);
    expect([data.classNames, data.train.count, data.test.count]).toEqual([['cat', 'dog'], 4, 2]);
  });

  it('tests on "eval" and validates on "dev" where both are there', async () => {
    const data = await read([
      ...['train', 'dev', 'eval'].flatMap((part, index) => [
        grayFile(`${part}/cat/1.jpg`, 2 * index),
        grayFile(`${part}/dog/1.jpg`, 2 * index + 1),
      ]),
    ]);
    expect([valuesOf(data.test), [...(data.train.validates ?? [])]]).toEqual([
      [4, 5],
      [0, 0, 1, 1],
    ]);
  });

  it('passes over hidden folders', async () => {
    expect((await read(pictures('a/1.jpg', 'b/1.jpg', '.git/x/1.jpg', 'a/.thumbnails/1.jpg'))).classNames).toEqual(['a', 'b']);
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

  it('refuses when no test picture decodes', async () => {
    const files = [
      ...many('train/a', 20),
      ...many('train/b', 20, 50),
      textFile('test/a/1.jpg', 'broken'),
      textFile('test/b/1.jpg', 'broken'),
    ];
    await expect(read(files)).rejects.toThrow(/^test\/a\/1\.jpg and 1 other file of 2 do not decode as pictures/);
  });

  it('leaves out pictures of too many pixels without decoding them', async () => {
    const files = [...many('a', 10), ...many('b', 10, 50), pngOf('a/huge.png', 20_000, 10_000)];
    const data = await read(files);
    expect(data.warnings.map(said)).toContain('1 picture has more than 100 million pixels and is left out: a/huge.png.');
    await expect(read([...many('a', 1), ...many('b', 1, 50), pngOf('a/huge.png', 20_000, 10_000)])).rejects.toThrow(
      /^a\/huge\.png and 0 other files of 3 have more than 100 million pixels or do not decode\. Make them smaller\./,
    );
  });

  it('decodes few large pictures at a time', async () => {
    let [now, most] = [0, 0];
    const work = workHere(async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      return { width: 1, height: 1, rgba: new Uint8Array(4) };
    });
    await read([pngOf('b/1.png', 4000, 4000), ...Array.from({ length: 8 }, (_, at) => pngOf(`a/${at}.png`, 4000, 4000))], { work });
    expect(most).toBe(2);
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

describe('examples to test on', () => {
  it('are asked for', async () => {
    await expect(readExamples(pictures('a/1.jpg', 'b/1.jpg'), 'mine', importOptions)).rejects.toThrow(
      /^mine leaves no picture to test on\. Add some; where no part is named to test, a fifth is drawn\./,
    );
  });
});

describe('repeated examples', () => {
  it('stop the import where they leave a class with none to learn from', async () => {
    const train = [...many('train/cat', 3), ...many('train/dog', 2, 10)];
    const tested = [...many('test/cat', 1, 3), ...many('test/dog', 2, 10)];
    await expect(readExamples([...train, ...tested], 'mine', importOptions)).rejects.toThrow(
      /^mine has no picture of class "dog" to learn from: each repeats one/,
    );
    const data = await readExamples([...train, ...many('train/dog/more', 1, 20), ...tested], 'mine', importOptions);
    expect([...data.train.labels]).toEqual([0, 0, 0, 1]);
    const validating = [...train, ...many('val/cat', 1, 20), ...many('val/dog', 1, 21), ...tested];
    await expect(readExamples(validating, 'mine', importOptions)).rejects.toThrow(/^mine has no picture of class "dog" to learn from/);
  });
});

describe('files of another format among many', () => {
  const among = (count: number, ...others: readonly string[]) => {
    const names = Array.from({ length: count }, (_, index) => `cat/${index}.jpg`);
    return importerFor(
      [...names, ...others].map((name) => ({ name })),
      importOptions.task,
    ).id;
  };

  it.each(['stats.npz', 'metadata.parquet', 'train.bin'])('do not decide how all are read: %s', (name) => {
    expect(among(10, name)).toBe('picture-folders');
    expect(among(9, name)).not.toBe('picture-folders');
  });

  it('leave a format its own files, whatever their names end in', () => {
    expect(among(19, 'train-images-idx3-ubyte', 'train-labels-idx1-ubyte')).toBe('idx');
    expect(among(19, 'data_batch_1', 'data_batch_2')).toBe('cifar10');
    expect(among(1000, 'wnids.txt', 'stats.npz')).toBe('tiny-imagenet');
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
      /^These files \(a\/1\.jpg, b\/1\.jpg\) look like pictures in a folder per class, but the task "Keyword spotting" learns from clips\. Choose a task for them: ic \(/,
    );
  });
});
