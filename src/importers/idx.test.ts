import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { idxOf } from '../../tests/support/arrays';
import { importOptions, namedFile } from '../../tests/support/imports';
import { said, type Told } from '../core/language/told';
import type { NamedFile } from './exampleImporter';
import { idx } from './idx';

const read = (...files: NamedFile[]) => idx.read(files, 'mine', importOptions);
const grays = ({ values }: { values: ArrayLike<number> }) => Array.from(values).filter((_, at) => at % 3 === 0);
const parts: readonly (readonly [string, Uint8Array])[] = [
  ['raw/train-images-idx3-ubyte', idxOf(8, [3, 1, 1], [10, 20, 30])],
  ['raw/train-labels-idx1-ubyte', idxOf(8, [3], [1, 0, 1])],
  ['raw/t10k-images.idx3-ubyte', idxOf(8, [2, 1, 1], [40, 50])],
  ['raw/t10k-labels.idx1-ubyte', idxOf(8, [2], [0, 1])],
];

describe('IDX files', () => {
  it.each(['', '.gz'])('give pictures and labels: %s', async (ending) => {
    const data = await read(...parts.map(([name, bytes]) => namedFile(`${name}${ending}`, ending ? gzipSync(bytes) : bytes)));
    expect([grays(data.train), [...data.train.labels], grays(data.test), [...data.test.labels]]).toEqual([
      [10, 20, 30],
      [1, 0, 1],
      [40, 50],
      [0, 1],
    ]);
    expect(data.warnings).toEqual([]);
    expect(idx.recognises(parts.map(([name]) => `${name}${ending}`))).toBe(true);
  });

  it('count once where a file is there twice, or packed beside what was unpacked', async () => {
    const files = parts.map(([name, bytes]) => namedFile(name, bytes));
    const copies = parts.map(([name, bytes]) => namedFile(name.replace('raw/', 'copy/'), bytes));
    const packed = parts.map(([name, bytes]) => namedFile(`${name}.gz`, gzipSync(bytes)));
    expect(await read(...files, ...copies, ...packed)).toEqual(await read(...files));
  });

  it('are split where only the test part is there', async () => {
    const labels = Array.from({ length: 10 }, (_, index) => index % 2);
    const data = await read(
      namedFile(
        't10k-images-idx3-ubyte',
        idxOf(
          8,
          [10, 1, 1],
          labels.map((_, index) => index),
        ),
      ),
      namedFile('t10k-labels-idx1-ubyte', idxOf(8, [10], labels)),
    );
    expect([data.train.count, data.test.count]).toEqual([8, 2]);
    expect(said(data.warnings[0] as Told)).toMatch(/^The files have only one part, the one to test on, so a fifth/);
  });

  it('name what is missing or damaged', async () => {
    const [images, labels] = parts.map(([name, bytes]) => namedFile(name, bytes)) as [NamedFile, NamedFile];
    await expect(read(images)).rejects.toThrow(/^raw\/train-images-idx3-ubyte has no file of labels beside it/);
    const other = namedFile('copy/train-labels-idx1-ubyte', idxOf(8, [3], [0, 0, 1]));
    await expect(read(images, labels, other)).rejects.toThrow(/has the same part as/);
    const damaged = (bytes: Uint8Array) => read(namedFile(images.name, bytes), labels);
    await expect(damaged(Uint8Array.of(0, 0, 7, 3))).rejects.toThrow(/is no IDX file/);
    await expect(damaged(idxOf(8, [4, 1, 1], [1, 2, 3]))).rejects.toThrow(/claims more values than it has/);
    await expect(damaged(gzipSync(idxOf(8, [4, 1, 1], [1, 2, 3])))).rejects.toThrow(/claims more values than it has/);
    await expect(damaged(gzipSync(idxOf(8, [0xffffffff, 0xffff, 1], [1])))).rejects.toThrow(/claims more values than it has/);
  });
});
