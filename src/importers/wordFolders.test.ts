import { describe, expect, it } from 'vitest';
import { fractions, soundOf, wavFile } from '../../tests/support/sounds';
import { mfcc } from '../core/data/features/mfcc';
import { said } from '../core/language/told';
import { keywordSpotting } from '../core/tasks/keywordSpotting';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { importerFor } from './index';
import { wordFolders } from './wordFolders';
import { workHere } from './work';

const options: ImportOptions = {
  task: keywordSpotting,
  work: workHere(() => Promise.reject(new Error('no picture file here'))),
  holdOut: null,
  randomSeed: 1,
  onProgress: () => {},
};
const clip = (name: string) => wavFile(name, soundOf(name, 16_000));
const clips = (folder: string, count: number) => Array.from({ length: count }, (_, index) => clip(`${folder}/${index}.wav`));
const read = (files: readonly NamedFile[], changes: Partial<ImportOptions> = {}) =>
  wordFolders.read(files, 'mine', { ...options, ...changes });
const valuesOf = (name: string) => mfcc(fractions(soundOf(name, 16_000)));

describe('folders of words', () => {
  it.each([
    [['top/yes/1.wav', 'top/no/1.wav'], 'word-folders'],
    [['yes/0a7c2a8d_nohash_0.wav', 'no/1.wav'], 'speechCommands'],
    [['yes/1.wav', 'no/1.wav', 'normal/1.wav'], 'word-folders'],
  ])('are recognised where no file names its speaker: %s', (names, id) => {
    const files = names.map((name) => ({ name }));
    expect(importerFor(files, keywordSpotting).id).toBe(id);
  });

  it('are not what sounds of machines lie in, nor files in no folder', () => {
    expect(wordFolders.recognises(['motor/normal/a.wav', 'motor/abnormal/b.wav'])).toBe(false);
    expect(wordFolders.recognises(['1.wav', '2.wav'])).toBe(false);
  });

  it('test by a drawn fifth of each word, which a warning says', async () => {
    const files = [...clips('top/no', 10), ...clips('top/yes', 5), clip('1.wav')];
    const data = await read(files);
    expect(data.classNames).toEqual(['no', 'yes']);
    expect([data.train.count, data.test.count]).toEqual([12, 3]);
    expect(data.test.labels.filter((label) => label === 1)).toHaveLength(1);
    expect(said(data.split ?? '')).toMatch(
      /^Neither folders nor names say which clips test, or who speaks, so a fifth of the clips of each class was drawn/,
    );
    expect(data.warnings.map(said).join(' ')).toContain(
      '1.wav is left out. It lies in no folder, and the folder is the word that is spoken.',
    );
    expect((await read(files, { randomSeed: 2 })).test.values).not.toEqual(data.test.values);
    await expect(read(files, { holdOut: 'ann' })).rejects.toThrow('Folders of words do not tell who is in them');
  });

  it('test by a folder, and are validated by another', async () => {
    const parts = ['train', 'test', 'val'].flatMap((part) => ['no', 'yes'].flatMap((word) => clips(`${part}/${word}`, 1)));
    const data = await read(parts);
    expect(data.test.values.slice(0, 490)).toEqual(valuesOf('test/no/0.wav'));
    expect(data.train.values.slice(0, 490)).toEqual(valuesOf('train/no/0.wav'));
    expect(data.train.validates).toEqual(Uint8Array.of(0, 0, 1, 1));
    expect(data.split).toBeUndefined();
    const two = await read(parts.filter(({ name }) => !name.startsWith('test')));
    expect(two.test.values.slice(0, 490)).toEqual(valuesOf('val/no/0.wav'));
  });

  it('are refused with one word', async () => {
    await expect(read(clips('top/yes', 5))).rejects.toThrow(/mine has 1 word \(yes\); it takes 2 to 256/);
  });
});
