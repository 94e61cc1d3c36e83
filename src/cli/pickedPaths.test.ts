import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickedPaths } from './pickedPaths';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picked-'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await writeFile(join(folder, 'one'), 'first');
  await writeFile(join(folder, 'a/b/two'), 'second');
  await symlink(join(folder, 'a'), join(folder, 'linked'));
  await symlink(folder, join(folder, 'a/loop'));
  await symlink(join(folder, 'nowhere'), join(folder, 'a/broken'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('pickedPaths', () => {
  it('walks through folders and links, but not in circles', async () => {
    const files = await pickedPaths(folder);
    expect(files.map(({ path, size }) => `${path} ${size}`).toSorted()).toEqual(['a/b/two 6', 'linked/b/two 6', 'one 5']);
  });

  it('reads parts of a file', async () => {
    const [file] = await pickedPaths(join(folder, 'one'));
    expect(file?.path).toBe('one');
    const text = async (from: number, to: number) => new TextDecoder().decode(await file?.slice(from, to));
    expect([await text(0, 5), await text(1, 3), await text(3, 99), await text(7, 9)]).toEqual(['first', 'ir', 'st', '']);
  });

  it('tells files apart that programs gave the same time', async () => {
    const [one, two] = [join(folder, 'same/one'), join(folder, 'same/two')];
    await mkdir(join(folder, 'same'));
    for (const path of [one, two]) {
      await writeFile(path, 'as long');
      await utimes(path, 0, 0);
    }
    const versions = (await pickedPaths(join(folder, 'same'))).map(({ version }) => version);
    expect(new Set(versions).size).toBe(2);
    expect((await pickedPaths(one))[0]?.version).toBe((await pickedPaths(one))[0]?.version);
  });

  it('says what there is not', async () => {
    await expect(pickedPaths(join(folder, 'none'))).rejects.toThrow(/none is no file and no folder\. --data takes "embedded"/);
  });
});
