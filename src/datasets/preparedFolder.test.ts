import { describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../../tests/support/privateDirectory';
import type { Dataset } from '../core/data/dataset';
import { said, type Told } from '../core/language/told';
import { importOptions } from '../../tests/support/imports';
import { createDatasetService } from './datasetService';
import { PreparedFolder } from './preparedFolder';

const dataset = (count: number): Dataset => ({
  name: 'the files',
  words: { one: 'picture', many: 'pictures' },
  synthetic: false,
  shape: [10, 10, 3],
  classNames: ['cat', 'dog'],
  warnings: [],
  train: { count, values: new Uint8Array(count * 300).fill(7), labels: new Uint8Array(count) },
  test: { count: 1, values: new Uint8Array(300).fill(9), labels: Uint8Array.of(1) },
});
const about = (key: string) => ({ key, title: `${key}.zip`, task: 'ic' });

function setUp() {
  const directory = new MemoryDirectory();
  return { directory, folder: new PreparedFolder(directory, directory) };
}

describe('the folder of prepared sets', () => {
  it('keeps sets, lists the newest first, finds and removes them', async () => {
    const { directory, folder } = setUp();
    expect(await folder.keep(about('a'), dataset(2))).toBeNull();
    expect(await folder.keep(about('b'), dataset(3))).toBeNull();
    expect(await folder.list()).toMatchObject({
      sets: [
        {
          key: 'b',
          title: 'b.zip',
          task: 'ic',
          trainCount: 3,
          testCount: 1,
          many: 'pictures',
          bytes: directory.files.get('b.set')?.length,
        },
        { key: 'a' },
      ],
      freeBytes: null,
      dropped: [],
    });
    expect(await folder.find('a')).toEqual(dataset(2));
    // The same again takes its place.
    await folder.keep(about('a'), dataset(4));
    expect((await folder.find('a'))?.train.count).toBe(4);
    await folder.remove('a');
    await folder.remove('a');
    expect(await folder.find('a')).toBeNull();
    expect([...directory.files.keys()]).toEqual(['b.set']);
  });

  it('removes damaged sets, those of another name and what is no set, and says so once', async () => {
    const { directory, folder } = setUp();
    for (const key of ['a', 'b', 'c']) await folder.keep(about(key), dataset(2));
    const [a, b] = ['a.set', 'b.set'].map((name) => directory.files.get(name) as Uint8Array<ArrayBuffer>) as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
    ];
    directory.files.set('a.set', a.slice(0, -1));
    directory.files.set('d.set', b);
    directory.files.set('e.set', new Uint8Array(3));
    const { sets, dropped } = await folder.list();
    expect(sets.map(({ key }) => key)).toEqual(['c', 'b']);
    expect(dropped).toHaveLength(3);
    expect(said(dropped[0] as Told)).toMatch(
      /^A prepared set was removed, since it cannot be used: a\.set is a prepared set that was cut short\./,
    );
    expect((await folder.list()).dropped).toEqual([]);
    // Arrays are looked at only when a set is used.
    directory.files.set('b.set', b.with(b.length - 1, 99) as Uint8Array<ArrayBuffer>);
    expect(await folder.find('b')).toBeNull();
    expect([...directory.files.keys()]).toEqual(['c.set']);
    const service = createDatasetService({ startWork: () => importOptions.work, openFolder: async () => folder, now: () => 0 });
    await expect(service.loadPrepared('b')).rejects.toThrow(/^A prepared set was removed, since it cannot be used: b\.set/);
    expect(await service.loadPrepared('b')).toBeNull();
  });

  it('removes what an import left that was cancelled, but nothing that is being written', async () => {
    const { directory, folder } = setUp();
    directory.files.set('a.1.part', new Uint8Array(5));
    directory.files.set('a.2.part', new Uint8Array(5));
    directory.writing = 'a.2.part';
    expect((await folder.list()).sets).toEqual([]);
    expect([...directory.files.keys()]).toEqual(['a.2.part']);
  });

  it.each([
    [true, false],
    [false, false],
    [false, true],
  ])(
    'says what to delete when the space ends, and leaves nothing half written; the browser tells the space: %s, claims to write: %s',
    async (tells, claims) => {
      const { directory, folder } = setUp();
      await folder.keep(about('small'), dataset(2));
      await folder.keep(about('large'), dataset(5000));
      directory.tells = tells;
      directory.claims = claims;
      directory.quota = 2_600_000;
      expect(said((await folder.keep(about('next'), dataset(4000))) as Told)).toMatch(
        tells
          ? /^These examples are in use but were not kept: they take 1\.2 MB, and this browser leaves the page only 1\.1 MB\. Delete prepared sets below, such as large\.zip \(1\.5 MB\), and read them again\.$/
          : /they take 1\.2 MB, and this browser leaves the page less\. Delete prepared sets below, such as large\.zip/,
      );
      expect([...directory.files.keys()]).toEqual(['small.set', 'large.set']);
    },
  );

  it('says why when the browser cannot write for another reason', async () => {
    const { directory, folder } = setUp();
    directory.getFileHandle = async () => Promise.reject(new DOMException('The disk is gone.', 'InvalidStateError'));
    expect(said((await folder.keep(about('a'), dataset(1))) as Told)).toBe(
      'These examples are in use but were not kept, since the browser could not write them (The disk is gone.).',
    );
  });
});
