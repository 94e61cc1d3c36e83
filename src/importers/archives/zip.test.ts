import { describe, expect, it } from 'vitest';
import { ascii, concat, zipOf } from '../../../tests/support/archives';
import type { NamedFile } from '../exampleImporter';
import { bytesSource } from './byteSource';
import { crc32 } from './crc32';
import { archiveLimits } from './limits';
import { readZip } from './zip';

const read = (bytes: Uint8Array, limits = archiveLimits) => readZip(bytesSource(bytes), 'mine.zip', limits);
const contents = (files: readonly NamedFile[]) =>
  Promise.all(files.map(async (file) => [file.name, new TextDecoder().decode(await file.bytes())]));
const long = ascii('cat '.repeat(5000));

describe('crc32', () => {
  it('gives the check value of its definition', () => {
    expect(crc32(ascii('123456789'))).toBe(0xcbf43926);
  });
});

describe('readZip', () => {
  it.each([
    ['plain', {}],
    ['zip64', { zip64: true }],
    ['with a comment that holds an end record', { comment: 'PK\x05\x06 is how the end begins, in a comment' }],
  ])('unpacks stored and deflated files: %s', async (_, options) => {
    const files = await read(
      zipOf(
        [
          { name: 'a/one.txt', bytes: ascii('one'), stored: true },
          { name: 'a/', bytes: new Uint8Array(), stored: true },
          { name: 'a/long.txt', bytes: long },
          { name: 'empty', bytes: new Uint8Array(), stored: true },
        ],
        options,
      ),
    );
    expect(files.map(({ size }) => size)).toEqual([3, 20_000, 0]);
    expect(await contents(files)).toEqual([
      ['a/one.txt', 'one'],
      ['a/long.txt', 'cat '.repeat(5000)],
      ['empty', ''],
    ]);
  });

  it('reads an archive behind a program that unpacks it', async () => {
    const files = await read(concat(new Uint8Array(700).fill(7), zipOf([{ name: 'one', bytes: ascii('one') }])));
    expect(await contents(files)).toEqual([['one', 'one']]);
  });

  it('leaves out links to nowhere and what operating systems leave behind, and reads names of other systems', async () => {
    const files = await read(
      zipOf([
        { name: '__MACOSX/a/._one.jpg', bytes: ascii('x') },
        { name: 'a/.DS_Store', bytes: ascii('x') },
        { name: 'a/._one.jpg', bytes: ascii('x') },
        { name: 'link', bytes: ascii('a'), attributes: 0o120777 * 2 ** 16 },
        { name: 'b\\two.jpg', bytes: ascii('x') },
        { name: './c/./three.jpg', bytes: ascii('x') },
        { name: Uint8Array.of(0x67, 0x94), bytes: ascii('x') },
      ]),
    );
    expect(files.map(({ name }) => name)).toEqual(['b/two.jpg', 'c/three.jpg', 'gö']);
  });

  it('gives a file under the names of links to it too', async () => {
    const attributes = 0o120777 * 2 ** 16;
    const files = await read(
      zipOf([
        { name: 'a/to-link', bytes: ascii('link'), attributes },
        { name: 'a/link', bytes: ascii('../b/one'), attributes },
        { name: 'b/one', bytes: ascii('one') },
        { name: 'circle', bytes: ascii('circle'), attributes },
        { name: 'long', bytes: new Uint8Array(5000), attributes },
        { name: 'damaged', bytes: ascii('b/one'), attributes, crc: 1 },
      ]),
    );
    expect(await contents(files)).toEqual([
      ['b/one', 'one'],
      ['a/to-link', 'one'],
      ['a/link', 'one'],
    ]);
  });

  it('counts what links lead to as often as they do', async () => {
    const attributes = 0o120777 * 2 ** 16;
    const linked = zipOf([
      { name: 'one', bytes: long },
      { name: 'two', bytes: ascii('one'), attributes },
    ]);
    const limits = { ...archiveLimits, harmlessBytes: 0, ratio: 1e6 };
    expect(await read(linked, { ...limits, unpackedBytes: 40_010 })).toHaveLength(2);
    await expect(read(linked, { ...limits, unpackedBytes: 39_999 })).rejects.toThrow(/unpacks to more than/);
    await expect(read(linked, { ...limits, unpackedBytes: 1e9, entries: 2 })).rejects.toThrow(/holds more than 2 files/);
  });

  it('refuses two files of one name', async () => {
    const same = ['a/one', './a//one'].map((name) => ({ name, bytes: ascii('x') }));
    await expect(read(zipOf(same))).rejects.toThrow(/^mine\.zip holds two files with the name "a\/one"/);
  });

  it.each(['../up', 'a/../../up', '/etc/passwd', 'C:/Windows/x', 'a\\..\\..\\up', 'a\0.jpg'])('refuses the path %j', async (name) => {
    await expect(read(zipOf([{ name, bytes: ascii('x') }]))).rejects.toThrow(/^mine\.zip holds the path ".*" *, which leads out of it/s);
  });

  it.each([
    ['encrypted', { flags: 1 }, /^mine\.zip: one is encrypted\. Unpack/],
    ['encrypted by AES', { method: 99 }, /is encrypted/],
    ['Zstandard', { method: 93 }, /is compressed by Zstandard; only Deflate is read/],
    ['an unknown method', { method: 77 }, /is compressed by method 77/],
    ['a stored file of another size', { method: 0, size: 50_000 }, /is damaged/],
  ])('refuses %s', async (_, claim, message) => {
    await expect(read(zipOf([{ name: 'one', bytes: long, ...claim }]))).rejects.toThrow(message);
  });

  it.each([
    ['less than it unpacks to', { size: 19_999 }],
    ['more than it unpacks to', { size: 20_001 }],
    ['another checksum', { crc: 1 }],
  ])('finds a file that claims %s', async (_, claim) => {
    const [file] = await read(zipOf([{ name: 'one', bytes: long, ...claim }]));
    await expect(file?.bytes()).rejects.toThrow(/^mine\.zip: one is damaged/);
  });

  it('refuses what is no archive, or no whole one, at any length', async () => {
    const whole = zipOf([{ name: 'one', bytes: long }], { comment: 'made for a test' });
    for (let length = 0; length < whole.length; length++) await expect(read(whole.subarray(0, length))).rejects.toThrow(/^mine\.zip /);
    await expect(read(whole.subarray(9))).rejects.toThrow(/not downloaded whole/);
  });

  it('refuses an archive beyond the limits', async () => {
    const two = zipOf([
      { name: 'one', bytes: long },
      { name: 'two', bytes: long },
    ]);
    await expect(read(two, { ...archiveLimits, entries: 1 })).rejects.toThrow(/at most 1 are read/);
    await expect(read(two, { ...archiveLimits, unpackedBytes: 39_999 })).rejects.toThrow(/unpacks to more than/);
    await expect(read(two, { ...archiveLimits, harmlessBytes: 39_999, ratio: 10 })).rejects.toThrow(/more than 10 times its size/);
    expect(await read(two, { ...archiveLimits, entries: 2, unpackedBytes: 40_000, harmlessBytes: 40_000, ratio: 10 })).toHaveLength(2);
  });

  it('refuses files that share their bytes, as those of a small bomb do', async () => {
    const one = zipOf([{ name: 'one', bytes: long.map((byte, at) => byte ^ (at * at)), stored: true }]);
    const [local, entry] = [one.subarray(0, 30 + 3 + 20_000), one.subarray(30 + 3 + 20_000, -22)];
    const end = one.slice(-22);
    new DataView(end.buffer).setUint16(10, 2, true);
    new DataView(end.buffer).setUint32(12, 2 * entry.length, true);
    const other = entry.slice();
    other.set(ascii('two'), 46);
    await expect(read(concat(local, entry, other, end))).rejects.toThrow(/its files overlap/);
  });
});
