import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ascii, picked, tarOf, zipOf } from '../../tests/support/archives';
import { openFiles } from './openFiles';

const zip = zipOf([{ name: 'a/one.txt', bytes: ascii('one') }]);
const tar = tarOf([{ name: 'two.txt', bytes: ascii('two') }]);
const pointer = ascii('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n');
const namesOf = async (...files: Parameters<typeof picked>[]) =>
  (await openFiles(files.map((file) => picked(...file)))).map(({ name }) => name);

describe('openFiles', () => {
  it('passes on the files of a folder by their clean paths', async () => {
    const files = await openFiles([
      picked('./cat/1.jpg', ascii('x')),
      picked('cat\\2.jpg', ascii('yz')),
      picked('cat/.DS_Store', ascii('z')),
    ]);
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ['cat/1.jpg', 1],
      ['cat/2.jpg', 2],
    ]);
    expect(await files[1]?.bytes()).toEqual(ascii('yz'));
  });

  it('writes letters with accents as lists do, whatever a system made of them', async () => {
    const [one, two] = ['cafe\u0301', 'caf\u00e9'];
    expect(one).not.toBe(two);
    expect(await namesOf([`${one}/1.jpg`, ascii('x')], [`${two}/2.jpg`, ascii('x')])).toEqual([`${two}/1.jpg`, `${two}/2.jpg`]);
    expect(await namesOf(['mine.zip', zipOf([{ name: `${one}/1.jpg`, bytes: ascii('x') }])])).toEqual([`${two}/1.jpg`]);
  });

  it('opens archives, several into a folder each', async () => {
    expect(await namesOf(['mine.zip', zip])).toEqual(['a/one.txt']);
    expect(await namesOf(['mine.TGZ', gzipSync(tar)])).toEqual(['two.txt']);
    expect(await namesOf(['one.zip', zip], ['two.tar.gz', gzipSync(tar)], ['.DS_Store', ascii('x')])).toEqual([
      'one/a/one.txt',
      'two/two.txt',
    ]);
  });

  it('leaves archives among other files closed', async () => {
    expect(await namesOf(['mine.zip', zip], ['readme.txt', ascii('x')])).toEqual(['mine.zip', 'readme.txt']);
    expect(await namesOf(['arrays.npz', zip])).toEqual(['arrays.npz']);
  });

  it('names what cannot be opened', async () => {
    await expect(namesOf(['mine.zip', new Uint8Array()])).rejects.toThrow('mine.zip is empty (0 bytes). Fetch it again.');
    await expect(namesOf(['mine.zip', zipOf([])])).rejects.toThrow('mine.zip holds no files.');
    await expect(namesOf(['mine.7z', ascii('7z')])).rejects.toThrow(/mine\.7z is an archive of a kind that is not opened; \.zip, \.tar/);
    await expect(namesOf(['../mine', ascii('x')])).rejects.toThrow(/leads out of it/);
  });

  it('names pointers of Git LFS, as archives and as files', async () => {
    await expect(namesOf(['mine.tar.gz', pointer])).rejects.toThrow(/^mine\.tar\.gz is no data but a pointer to it/);
    const files = await openFiles([picked('a/train.parquet', pointer), picked('b', ascii('version 2'))]);
    await expect(files[0]?.bytes()).rejects.toThrow(/^a\/train\.parquet is no data but a pointer/);
    expect(await files[1]?.bytes()).toEqual(ascii('version 2'));
  });
});
