import { afterEach, describe, expect, it } from 'vitest';
import { importOptions } from '../../tests/support/imports';
import { parquetFile } from '../../tests/support/parquet';
import { soundOf, wavFile } from '../../tests/support/sounds';
import { keywordSpotting } from '../core/tasks/keywordSpotting';
import { setLanguage } from '../core/language/say';
import { messages } from '../core/language/zh-CN/index';
import { said } from '../core/language/told';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { readExamples } from './index';

afterEach(() => setLanguage('en', null));

const read = (files: readonly NamedFile[], changes: Partial<ImportOptions> = {}) =>
  readExamples(files, 'mine', { ...importOptions, task: keywordSpotting, ...changes });
const clip = (name: string) => wavFile(name, soundOf(name, 16_000)).bytes();
const flac = new TextEncoder().encode('fLaC and so on');

/** As many clips as names, of classes "a" and "b" in turn. */
async function sounds(
  path: string,
  names: readonly string[],
  { speakers, extra = [] }: { speakers?: string[]; extra?: Uint8Array[] } = {},
) {
  const pictures = [...(await Promise.all(names.map(clip))), ...extra];
  const labels = pictures.map((_, index) => index % 2);
  return parquetFile(path, { pictures, labels, classNames: ['a', 'b'], feature: 'Audio', ...(speakers && { speakers }) });
}

describe('Parquet files of sounds', () => {
  it('become the features that the same WAV files give, divided as the names of the files say', async () => {
    const data = await read([await sounds('train-0.parquet', ['1', '2', '3', '4']), await sounds('test-0.parquet', ['5', '6'])]);
    expect([data.classNames, [...data.train.labels], [...data.test.labels]]).toEqual([
      ['a', 'b'],
      [0, 1, 0, 1],
      [0, 1],
    ]);
    const folders = await read(
      ['1', '2', '3', '4', '5', '6'].map((name, index) => ({
        ...wavFile(`${index % 2 ? 'b' : 'a'}/${index < 4 ? 'x' : 'y'}_nohash_${name}.wav`, soundOf(name, 16_000)),
      })),
      { holdOut: 'y' },
    );
    expect([...data.test.values]).toEqual([...folders.test.values]);
  });

  it('keep speakers apart, variants of a recording together, and hold out who is named', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `clip ${index}`);
    const speakers = names.map((_, index) => `speaker ${Math.floor(index / 4)}`);
    const file = await sounds('all.parquet', names, { speakers });
    const held = await read([file], { holdOut: 'speaker 2', variants: 3 });
    expect([held.train.count, held.test.count]).toEqual([48, 4]);
    expect([...(held.train.recordings ?? [])].slice(0, 6)).toEqual([0, 0, 0, 1, 1, 1]);
    const drawn = await read([file]);
    expect(drawn.test.count % 4).toBe(0);
    expect(drawn.warnings.map(said).join(' ')).toMatch(/Test clips are those of/);
    await expect(read([await sounds('all.parquet', names)], { holdOut: 'speaker 2' })).rejects.toThrow(/no column of speakers/);
  });

  it('draw a fifth where nothing tells clips apart', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `clip ${index}`);
    const data = await read([await sounds('all.parquet', names)]);
    expect([data.train.count, data.test.count]).toEqual([8, 2]);
    expect(data.warnings.map(said).join(' ')).toMatch(/nor a column of speakers say which clips test, so a fifth of the clips/);
  });

  it('say what is not read', async () => {
    const files = [await sounds('train.parquet', ['1', '2'], { extra: [flac] }), await sounds('test.parquet', ['3', '4'])];
    const { warnings } = await read(files);
    expect(warnings.map(said).join(' ')).toContain('train.parquet: row 3 is left out. It is no WAV file but FLAC');
    setLanguage('zh-CN', messages);
    expect(warnings.map(said).join('')).toContain('train.parquet：第 3 行 已排除。它不是 WAV 文件');
    setLanguage('en', null);
    const none = parquetFile('train.parquet', { pictures: [flac, flac], labels: [0, 1], classNames: ['a', 'b'], feature: 'Audio' });
    await expect(read([none, files[1] as NamedFile])).rejects.toThrow(/no clip to learn from that can be read.*FLAC, and only WAV is read/);
    await expect(read([parquetFile('a.parquet', { pictures: [flac], labels: [0], classNames: ['x', 'y'] })])).rejects.toThrow(
      /^a\.parquet holds pictures in its column "img", but the task learns from sounds/,
    );
  });
});
