import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, OutputFile } from './outputFile';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output '));
  path = join(folder, 'run.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (at = path) => readFileSync(at, 'utf8');
/** Where a message says that the text lies. */
const placeIn = (message: string) => /It lies in (.+) instead\.$/.exec(message)?.[1] ?? '';
const failureOf = (write: () => void): string => {
  try {
    write();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('trying a path', () => {
  it.each([
    ['a folder that is missing', () => join(folder, 'none', 'run.json'), /there is no folder .*none\. Name another file\.$/],
    ['a folder', () => folder, /since it is a folder\./],
    ['a file taken for a folder', () => (writeFileSync(path, ''), join(path, 'run.json')), /run\.json is not a folder/],
    ['no name', () => '', /^--out takes the name of a file$/],
  ])('refuses %s in one line', (_, wanted, message) => {
    expect(() => new OutputFile('--out', wanted())).toThrow(
      expect.objectContaining({ code: 'invalid-setting', message: expect.stringMatching(message) as string }) as Error,
    );
  });

  // Only Linux has this device. To run the test, use Linux.
  it.skipIf(!existsSync('/dev/full'))('refuses a device without space', () => {
    expect(() => new OutputFile('--out', '/dev/full')).toThrow(
      '--out: /dev/full cannot be written, since no space is left there. Name another file.',
    );
  });

  // Root may write everywhere. To run the test, be another user.
  it.skipIf(process.getuid?.() === 0)('refuses a file and a folder without permission', () => {
    writeFileSync(path, 'before', { mode: 0o400 });
    expect(() => new OutputFile('--out', path)).toThrow('this user may not write there');
    chmodSync(folder, 0o500);
    expect(() => new OutputFile('--out', join(folder, 'new.json'))).toThrow('this user may not write there');
    chmodSync(folder, 0o700);
  });

  it('leaves what is there as it is, and nothing new', () => {
    writeFileSync(path, 'before');
    writeFileSync(`${path}.part`, 'rescued');
    new OutputFile('--out', path);
    new OutputFile('--out', join(folder, 'new.json'));
    expect([text(), text(`${path}.part`)]).toEqual(['before', 'rescued']);
    expect(readdirSync(folder)).toEqual(['run.json', 'run.json.part']);
  });
});

describe('writing', () => {
  it('takes a text or its pieces, again and again', () => {
    const file = new OutputFile('--out', path);
    file.write('first, and longer');
    file.write(() => ['sec', 'ond']);
    expect(text()).toBe('second');
    expect(readdirSync(folder)).toEqual(['run.json']);
  });

  it('keeps a link and the permissions', () => {
    const target = join(folder, 'target.json');
    writeFileSync(target, 'before', { mode: 0o600 });
    symlinkSync(target, path);
    new OutputFile('--out', path).write('after');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(text(target)).toBe('after');
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it('keeps the file before when making the text fails, and says where the text is when only its place is lost', () => {
    writeFileSync(path, 'before');
    const file = new OutputFile('--out', path);
    expect(() =>
      file.write(function* () {
        yield 'half';
        throw new Error('no more');
      }),
    ).toThrow('no more');
    expect(text()).toBe('before');

    rmSync(path);
    mkdirSync(path);
    const message = failureOf(() => file.write('after'));
    expect(message).toContain('run.json could not be written, since it is a folder.');
    expect(placeIn(message)).toBe(`${path}.part`);
    expect(text(placeIn(message))).toBe('after');
  });

  it('writes into a temporary folder when the one that was tried is gone', () => {
    const file = new OutputFile('--out', join(folder, 'run.json'));
    rmSync(folder, { recursive: true });
    const message = failureOf(() => file.write(() => ['af', 'ter']));
    mkdirSync(folder);
    expect(message).toContain(`there is no folder ${folder}`);
    expect(text(placeIn(message))).toBe('after');
  });
});

describe('making a folder', () => {
  it('makes those above it too, and leaves one that is there', () => {
    const deep = join(folder, 'a', 'b');
    for (const at of [deep, deep, `${folder}/c/../d`, folder]) makeFolder('--out', at);
    for (const at of [deep, join(folder, 'd')]) expect(statSync(at).isDirectory()).toBe(true);
  });

  it('ends where a folder takes no new ones, and below a file or a broken link', () => {
    writeFileSync(path, '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
    for (const at of [path, join(path, 'x'), join(folder, 'broken', 'x'), ...(process.platform === 'linux' ? ['/proc/x/y'] : [])])
      expect(failureOf(() => makeFolder('--out', at))).toMatch(/^--out: .* cannot be a folder, since .*\. Name another folder\.$/);
    expect(failureOf(() => makeFolder('--out', path))).toContain('since it is a file.');
    expect(failureOf(() => makeFolder('--out', join(folder, 'broken')))).toContain('since it is a link that leads nowhere.');
    expect(failureOf(() => makeFolder('--out', join(folder, 'broken', 'x')))).toContain(
      `since ${join(folder, 'broken')} is a link that leads nowhere.`,
    );
  });
});
