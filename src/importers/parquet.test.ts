import { describe, expect, it } from 'vitest';
import { importOptions, namedFile, textFile } from '../../tests/support/imports';
import { parquetFile } from '../../tests/support/parquet';
import { said, type Told } from '../core/language/told';
import type { NamedFile } from './exampleImporter';
import { parquet } from './parquet';

const read = (...files: NamedFile[]) => parquet.read(files, 'mine', importOptions);
const grays = (...values: readonly number[]) => values.map((value) => Uint8Array.of(value));
const valuesOf = ({ values }: { values: ArrayLike<number> }) => Array.from(values).filter((_, at) => at % 3 === 0);

describe('Parquet files', () => {
  it.each([true, false])('give pictures, labels and class names, by groups of rows; in structures: %s', async (struct) => {
    const classNames = ['cat', 'dog'];
    const data = await read(
      parquetFile('data/train-00001-of-00002.parquet', { pictures: grays(200), labels: [1], classNames, struct }),
      parquetFile('data/test-00000-of-00001.parquet', { pictures: grays(7, 8), labels: [1, 0], classNames, struct }),
      parquetFile('data/train-00000-of-00002.parquet', {
        pictures: grays(1, 2, 3, 4, 5, 6, 0xff),
        labels: [0, 1, 0, 1, 0, 1, 0],
        classNames,
        struct,
      }),
      textFile('README.md', 'x'),
    );
    expect(data.classNames).toEqual(classNames);
    expect([valuesOf(data.train), [...data.train.labels]]).toEqual([
      [1, 2, 3, 4, 5, 6, 255, 200],
      [0, 1, 0, 1, 0, 1, 0, 1],
    ]);
    expect([valuesOf(data.test), [...data.test.labels]]).toEqual([
      [7, 8],
      [1, 0],
    ]);
    expect(data.warnings).toEqual([]);
  });

  it('draw a fifth to test on, and leave out rows without a class', async () => {
    const pictures = grays(...Array.from({ length: 22 }, (_, index) => index));
    const labels = pictures.map((_, index) => (index === 3 ? null : index === 4 ? -1 : index % 2));
    const data = await read(parquetFile('mine.parquet', { pictures, labels }));
    expect([data.train.count, data.test.count]).toEqual([16, 4]);
    expect(data.classNames).toEqual(['class 0', 'class 1']);
    expect([...valuesOf(data.train), ...valuesOf(data.test)].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 22 }, (_, index) => index).filter((index) => index !== 3 && index !== 4),
    );
    expect(said(data.warnings[0] as Told)).toBe('2 rows have no class and are left out.');
    expect(said(data.warnings[1] as Told)).toMatch(/^The files’ names do not say which pictures test/);
  });

  it('take texts as classes', async () => {
    const data = await read(
      parquetFile('train.parquet', { pictures: grays(1, 2, 3), labels: ['b', 'a', 'b'] }),
      parquetFile('test.parquet', { pictures: grays(4), labels: ['a'] }),
    );
    expect([data.classNames, [...data.train.labels], [...data.test.labels]]).toEqual([['a', 'b'], [1, 0, 1], [0]]);
  });

  it('leave out a row without a picture', async () => {
    const pictures = [...grays(...Array.from({ length: 21 }, (_, index) => index)), null];
    const data = await read(parquetFile('mine.parquet', { pictures, labels: pictures.map((_, index) => index % 2) }));
    expect(data.train.count + data.test.count).toBe(21);
    expect(data.warnings.map(said)).toContain('1 file does not decode as a picture and is left out: mine.parquet: row 22.');
  });

  it('name what is missing or damaged', async () => {
    const fine = { pictures: grays(1, 2), labels: [0, 1] };
    await expect(read(parquetFile('a.parquet', { ...fine, feature: 'Audio', classNames: ['x', 'y'] }))).rejects.toThrow(
      /^a\.parquet holds sounds in its column "img"/,
    );
    await expect(read(parquetFile('a.parquet', { pictures: [Uint8Array.of(1), null], labels: [0, 1] }))).rejects.toThrow(
      /^a\.parquet has no example in row 2, perhaps only a path/,
    );
    await expect(read(parquetFile('a.parquet', { pictures: grays(1, 2), labels: [0, 2], classNames: ['x', 'y'] }))).rejects.toThrow(
      /^a\.parquet has the label 2 in row 2, but only 2 classes have names/,
    );
    await expect(read(parquetFile('a.parquet', { pictures: grays(1, 2), labels: [0, 0] }))).rejects.toThrow(/only one class, "class 0"/);
    await expect(read(textFile('a.parquet', 'PAR1 and so on, but no parquet'))).rejects.toThrow(/^a\.parquet is no Parquet file/);
    const whole = await parquetFile('a.parquet', fine).bytes();
    await expect(read(namedFile('a.parquet', whole.subarray(0, -9)))).rejects.toThrow(/^a\.parquet is no Parquet file/);
  });
});
