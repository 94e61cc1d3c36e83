import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../core/data/dataset';
import { cacheFolder } from './cacheFolder';
import { PreparedCache } from './preparedCache';

let folder: string;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
  told = [];
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const dataset = (count: number): Dataset => ({
  name: 'mine',
  words: { one: 'picture', many: 'pictures' },
  synthetic: false,
  shape: [10, 10, 3],
  classNames: ['cat', 'dog'],
  warnings: [],
  train: { count, values: new Uint8Array(count * 300).fill(count), labels: new Uint8Array(count) },
  test: { count: 1, values: new Uint8Array(300), labels: Uint8Array.of(1) },
});
const about = (key: string) => ({ key, title: 'mine', task: 'ic' });
const cache = (most?: number, within = folder) => new PreparedCache(within, (line) => told.push(line), most);
/** Sets the time of last use, in days before now. */
const usedBefore = (name: string, days: number) => {
  const then = new Date(Date.now() - days * 24 * 3_600_000);
  utimesSync(join(folder, name), then, then);
};

describe('the folder of prepared sets on disk', () => {
  it('is made when it is missing, and gives back what was kept', async () => {
    const inner = cache(undefined, join(folder, 'a', 'b'));
    expect(await inner.find('one')).toBeNull();
    await inner.keep(about('one'), dataset(3));
    expect(await inner.find('one')).toEqual(dataset(3));
    expect(told).toEqual([]);
  });

  it('removes a damaged set with one line, and one that has another name', async () => {
    await cache().keep(about('one'), dataset(3));
    const path = join(folder, 'one.set');
    writeFileSync(join(folder, 'two.set'), readFileSync(path));
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect([await cache().find('one'), await cache().find('two')]).toEqual([null, null]);
    expect(told[0]).toBe(
      `The examples are read anew: ${path} is a prepared set that was cut short. Remove it, and read the examples again.`,
    );
    expect([told.length, readdirSync(folder)]).toEqual([2, []]);
  });

  it('is whole whoever writes at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => cache().keep(about('one'), dataset(index + 1))));
    expect((await cache().find('one'))?.train.count).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(['one.set']);
  });

  it('removes the sets that were not used for longest, and what killed programs have left', async () => {
    for (const key of ['one', 'two', 'three']) await cache().keep(about(key), dataset(3));
    for (const [name, days] of [
      ['one.set', 3],
      ['two.set', 4],
      ['three.set', 2],
    ] as const)
      usedBefore(name, days);
    for (const [name, days] of [
      ['a.1.part', 2],
      ['a.2.part', 0],
    ] as const) {
      writeFileSync(join(folder, name), '');
      usedBefore(name, days);
    }
    // Its use makes it the newest.
    await cache().find('two');
    const bytes = statSync(join(folder, 'one.set')).size;
    await cache(2.5 * bytes).keep(about('four'), dataset(3));
    expect(readdirSync(folder).toSorted()).toEqual(['a.2.part', 'four.set', 'two.set']);
    await cache(bytes - 1).keep(about('five'), dataset(3));
    expect(told).toEqual([
      expect.stringMatching(/^The prepared examples are not kept in .*: they take .* kB, and at most .* kB are kept\./),
    ]);
  });

  it('is done without, with one line, where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await cache(undefined, join(folder, 'file', 'inner')).keep(about('one'), dataset(1));
    expect(told).toEqual([
      expect.stringMatching(/^The prepared examples are not kept in .*inner: ENOTDIR.*\. --prepared names another folder\.$/),
    ]);
  });
});

it.each([
  ['linux', { XDG_CACHE_HOME: '/var/mine' }, '/var/mine/nas-workbench'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/ann/.cache/nas-workbench'],
  ['linux', {}, '/home/ann/.cache/nas-workbench'],
  ['darwin', { XDG_CACHE_HOME: '/var/mine' }, '/home/ann/Library/Caches/nas-workbench'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/nas-workbench'],
] as const)('the usual folder on %s with %o is %s', (platform, environment, expected) => {
  expect(cacheFolder(platform, environment, '/home/ann')).toBe(expected);
});
