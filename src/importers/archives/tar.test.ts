import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ascii, concat, paxRecord, tarOf } from '../../../tests/support/archives';
import type { NamedFile } from '../exampleImporter';
import { bytesSource } from './byteSource';
import { archiveLimits } from './limits';
import { readTar } from './tar';

const read = (bytes: Uint8Array, isWanted?: (name: string) => boolean, limits = archiveLimits) =>
  readTar(bytesSource(bytes), 'mine.tar', isWanted, limits);
const contents = (files: readonly NamedFile[]) =>
  Promise.all(files.map(async (file) => [file.name, new TextDecoder().decode(await file.bytes())]));

const deep = `${'folder/'.repeat(30)}one.txt`;
const kinds = tarOf([
  { name: './', type: '5' },
  { name: './a/one.txt', bytes: ascii('one') },
  { name: 'a/.DS_Store', bytes: ascii('x') },
  { name: 'two.txt', prefix: 'long/prefix', bytes: ascii('two'.repeat(300)) },
  { name: 'ignored', type: 'L', bytes: ascii(`${deep}\0`) },
  { name: 'short', bytes: ascii('three') },
  { name: 'all', type: 'g', bytes: paxRecord('comment', 'none') },
  { name: 'pax', type: 'x', bytes: concat(paxRecord('mtime', '1.5'), paxRecord('path', 'größe/vier.txt'), paxRecord('size', '4')) },
  { name: 'short', bytes: ascii('four'), size: 0 },
  { name: 'link', type: '2', link: 'nowhere' },
  { name: 'old', type: '\0', bytes: ascii('old') },
]);
const found = [
  ['a/one.txt', 'one'],
  ['long/prefix/two.txt', 'two'.repeat(300)],
  [deep, 'three'],
  ['größe/vier.txt', 'four'],
  ['old', 'old'],
];

describe('readTar', () => {
  it.each([
    ['plain', kinds],
    ['compressed', gzipSync(kinds)],
    ['without an end', kinds.subarray(0, -1024)],
    ['with padding', concat(kinds, new Uint8Array(9000))],
    ['with padding behind the compressed archive', concat(gzipSync(kinds), new Uint8Array(9000))],
  ])('unpacks regular files by their whole names: %s', async (_, bytes) => {
    expect(await contents(await read(bytes))).toEqual(found);
  });

  it('gives a file under the names of links to it too', async () => {
    const linked = tarOf([
      { name: 'a/soft', type: '2', link: '../one' },
      { name: 'one', bytes: ascii('one') },
      { name: './b/hard', type: '1', link: './one' },
      { name: 'pax', type: 'x', bytes: paxRecord('linkpath', 'one') },
      { name: 'b/long', type: '1', link: 'on' },
      { name: 'next', type: 'K', bytes: ascii('one\0') },
      { name: 'b/gnu', type: '1', link: 'on' },
      { name: 'b/out', type: '2', link: '/one' },
      { name: 'b/up', type: '2', link: '../../one' },
    ]);
    for (const bytes of [linked, gzipSync(linked)])
      expect(await contents(await read(bytes))).toEqual(['one', 'a/soft', 'b/hard', 'b/long', 'b/gnu'].map((name) => [name, 'one']));
    const one = { name: 'one', bytes: ascii('one') };
    await expect(read(tarOf([one, { name: '../up', type: '1', link: 'one' }]))).rejects.toThrow('leads out of it');
    await expect(read(tarOf([one, { name: './one', type: '1', link: 'one' }]))).rejects.toThrow('two files with the name "one"');
    expect(await contents(await read(tarOf([one, { name: '/up', type: '2', link: 'nowhere' }])))).toEqual([['one', 'one']]);
  });

  it('keeps only files that are wanted', async () => {
    for (const bytes of [kinds, gzipSync(kinds)])
      expect(await contents(await read(bytes, (name) => name.startsWith('long/')))).toEqual([found[1]]);
  });

  it('reads sizes beyond octal digits', async () => {
    const bytes = tarOf([{ name: 'one', bytes: ascii('one') }]);
    bytes.set([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3], 124);
    const sum = bytes.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    bytes.set(ascii(sum.toString(8).padStart(6, '0')), 148);
    expect(await contents(await read(bytes))).toEqual([['one', 'one']]);
  });

  it('refuses an archive that breaks off, plain or compressed', async () => {
    for (const at of [1, 511, 512 * 3 + 100, 512 * 6 + 1])
      for (const bytes of [kinds.subarray(0, at), gzipSync(kinds.subarray(0, at))])
        await expect(read(bytes), `${at}`).rejects.toThrow(/^mine\.tar (ends in the middle|is no TAR)/);
    const packed = gzipSync(kinds);
    for (let at = 2; at < packed.length - 60; at += 7) await expect(read(packed.subarray(0, at))).rejects.toThrow(/^mine\.tar /);
  });

  it('refuses other files, damaged headers and sparse files', async () => {
    await expect(read(new Uint8Array(2000).fill(65))).rejects.toThrow(/is no TAR archive/);
    const damaged = kinds.slice();
    damaged[512 + 3] = 65;
    await expect(read(damaged)).rejects.toThrow(/is damaged/);
    await expect(read(tarOf([{ name: 'x', type: 'S' }]))).rejects.toThrow(/sparse/);
    for (const record of ['99 path=a\n', '0 path=a\n', 'path', '11 size=-1\n'])
      await expect(read(tarOf([{ name: 'x', type: 'x', bytes: ascii(record) }, { name: 'y' }])), record).rejects.toThrow(/is damaged/);
  });

  it('refuses paths that lead out, and repeated ones', async () => {
    await expect(read(tarOf([{ name: '../up' }]))).rejects.toThrow(/holds the path "\.\.\/up", which leads out of it/);
    await expect(read(tarOf([{ name: 'a' }, { name: './a' }]))).rejects.toThrow(/two files with the name "a"/);
  });

  it('refuses an archive beyond the limits before it unpacks it', async () => {
    const large = gzipSync(tarOf([{ name: 'zeros', bytes: new Uint8Array(10_000_000) }]));
    await expect(read(large, undefined, { ...archiveLimits, harmlessBytes: 1e6 })).rejects.toThrow(/more than 200 times its size/);
    await expect(read(large, undefined, { ...archiveLimits, unpackedBytes: 1e6 })).rejects.toThrow(/unpacks to more than/);
    await expect(read(kinds, undefined, { ...archiveLimits, entries: 5 })).rejects.toThrow(/holds more than 5 files/);
    // A size that nothing stands behind.
    await expect(read(gzipSync(tarOf([{ name: 'x', size: 6e7 }])))).rejects.toThrow(/ends in the middle/);
    await expect(read(tarOf([{ name: 'x', size: 6e7 }]))).rejects.toThrow(/ends in the middle/);
  });
});
