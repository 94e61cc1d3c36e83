import { describe, expect, it } from 'vitest';
import { fractions, soundOf, textFile, wavFile } from '../../tests/support/sounds';
import { mfcc } from '../core/data/features/mfcc';
import { mlperfMfcc } from '../core/data/features/mlperfMfcc';
import { WorkbenchError } from '../core/errors';
import { imageClassification } from '../core/tasks/imageClassification';
import type { Task } from '../core/tasks/task';
import { said, type Told } from '../core/language/told';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { readSpeechCommands, speechCommands } from './speechCommands';
import { workHere } from './work';

const task: Task = { ...imageClassification, example: { kind: 'sound', one: 'sound', many: 'sounds', shape: [49, 10, 1] } };
const options: ImportOptions = {
  task,
  work: workHere(() => Promise.reject(new Error('no picture file here'))),
  holdOut: null,
  randomSeed: 1,
  onProgress: () => {},
};
const COMMANDS = 'down go left no off on right stop up yes'.split(' ');

const second = (name: string, length = 16_000) => soundOf(name, length);
const clip = (name: string) => wavFile(name, second(name));
/** By Speech Commands' rule, ann and dan test; bob and eve train. */
const spoken = (words: readonly string[], speakers = ['ann', 'bob', 'eve']) =>
  words.flatMap((word) => speakers.map((speaker) => clip(`top/${word}/${speaker}_nohash_0.wav`)));
const noise = wavFile('top/_background_noise_/hum.wav', second('hum', 5 * 16_000));

async function messageOf(files: readonly NamedFile[], changes: Partial<ImportOptions> = {}): Promise<string> {
  const error: unknown = await readSpeechCommands(files, 'mine', { ...options, ...changes }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkbenchError);
  return (error as WorkbenchError).message;
}

describe('speechCommands', () => {
  it('recognises the layout by a name', () => {
    expect(speechCommands.recognises(['README.md', 'a/b/yes/0a7c2a8d_nohash_0.wav'])).toBe(true);
    expect(speechCommands.recognises(['yes/0a7c2a8d_nohash_0.WAV'])).toBe(true);
    expect(speechCommands.recognises(['0a7c2a8d_nohash_0.wav', 'train/normal_id_01_0000.wav', 'yes/clip.wav'])).toBe(false);
  });

  it('makes features of every clip, with words as classes', async () => {
    const files = spoken(['two', 'one']);
    const data = await readSpeechCommands(files, 'mine', options);
    expect(data.classNames).toEqual(['one', 'two']);
    expect(data.shape).toEqual([49, 10, 1]);
    expect(data.words).toEqual({ one: 'sound', many: 'sounds' });
    expect([...data.train.labels]).toEqual([0, 0, 1, 1]);
    expect([...data.test.labels]).toEqual([0, 1]);
    expect(data.train.values.slice(490, 980)).toEqual(mfcc(fractions(second('top/one/eve_nohash_0.wav'))));
    expect(data.warnings).toHaveLength(1);
    expect(said(data.warnings[0] as Told)).toContain('1 speaker of 3, by Speech Commands’ rule');
  });

  it('gives the same data for files in another order', async () => {
    const files = [...spoken(COMMANDS), ...spoken(['cat']), noise];
    const [one, other] = [await readSpeechCommands(files, 'mine', options), await readSpeechCommands(files.toReversed(), 'mine', options)];
    expect(other).toEqual(one);
  });

  it('takes MLPerf Tiny’s features where it is asked to', async () => {
    const data = await readSpeechCommands(spoken(['two', 'one']), 'mine', { ...options, feature: 'mlperfMfcc' });
    expect(data.test.values.slice(0, 490)).toEqual(mlperfMfcc(fractions(second('top/one/ann_nohash_0.wav'))));
  });

  it('takes testing_list.txt from any folder, and holds out speakers over it', async () => {
    const files = [...spoken(['one', 'two']), textFile('top/testing_list.txt', 'one/bob_nohash_0.wav\r\ntwo/bob_nohash_0.wav\r\n')];
    expect((await readSpeechCommands(files, 'mine', options)).warnings.map(said)).toEqual([
      'Test clips are those of testing_list.txt: 2 of 6 clips.',
    ]);
    const held = await readSpeechCommands(files, 'mine', { ...options, holdOut: 'eve' });
    expect(held.test.values.slice(0, 490)).toEqual(mfcc(fractions(second('top/one/eve_nohash_0.wav'))));
    expect(await messageOf(files, { holdOut: 'zoe' })).toContain('Speakers are: ann, bob, eve.');
  });

  it('keeps the clips of validation_list.txt for validation, as they are and once each', async () => {
    const lists = ['testing_list.txt', 'validation_list.txt'].map((name, at) => {
      const speaker = ['ann', 'bob'][at] as string;
      return textFile(`top/${name}`, COMMANDS.map((word) => `${word}/${speaker}_nohash_0.wav`).join('\n'));
    });
    const files = [...spoken(COMMANDS), ...lists, noise];
    const { train, test } = await readSpeechCommands(files, 'mine', { ...options, variants: 2 });
    // Two of each command to learn from, and one of silence; one of each for validation, and one of silence.
    expect(train.validates).toEqual(Uint8Array.from([...Array<number>(21).fill(0), ...Array<number>(11).fill(1)]));
    expect([train.count, test.count]).toEqual([32, 11]);
    const at = train.labels.indexOf(0, 21);
    expect(train.values.slice(at * 490, (at + 1) * 490)).toEqual(mfcc(fractions(second('top/down/bob_nohash_0.wav'))));
    const silences = [...train.labels].flatMap((label, index) => (label === 10 ? [train.values[index * 490]] : []));
    expect(new Set(silences).size).toBe(2);
    expect(new Set(train.recordings?.slice(20))).toHaveProperty('size', 12);
  });

  it('tests on a folder that is for it, where no list says who tests', async () => {
    const parts = { ann: 'train', bob: 'test', eve: 'val' };
    const files = Object.entries(parts).flatMap(([speaker, part]) =>
      ['one', 'two'].map((word) => clip(`top/${part}/${word}/${speaker}_nohash_0.wav`)),
    );
    const data = await readSpeechCommands(files, 'mine', options);
    expect(data.test.values.slice(0, 490)).toEqual(mfcc(fractions(second('top/test/one/bob_nohash_0.wav'))));
    expect([data.train.count, data.test.count, [...(data.train.validates ?? [])]]).toEqual([4, 2, [0, 0, 1, 1]]);
    expect(said(data.warnings[0] as Told)).toBe('Test clips are those in the folder for tests: 2 of 6 clips.');
    const withoutTest = await readSpeechCommands(
      files.filter(({ name }) => !name.includes('/test/')),
      'mine',
      options,
    );
    expect([withoutTest.test.count, withoutTest.train.validates]).toEqual([2, undefined]);
    expect(said(withoutTest.warnings[0] as Told)).toBe('Test clips are those in the folder for validation: 2 of 4 clips.');
  });

  it('pads short clips, cuts long ones and says so, and resamples', async () => {
    const files = [
      ...spoken(['one']),
      wavFile('two/bob_nohash_0.wav', second('short', 4000)),
      wavFile('two/eve_nohash_0.wav', second('long', 20_000)),
      wavFile('two/ann_nohash_0.wav', second('slow', 8000), 8000),
    ];
    const { train, test, warnings } = await readSpeechCommands(files, 'mine', options);
    const padded = new Int16Array(16_000);
    padded.set(second('short', 4000));
    expect(train.values.slice(980, 1470)).toEqual(mfcc(fractions(padded)));
    expect(train.values.slice(1470)).toEqual(mfcc(fractions(second('long', 20_000).slice(0, 16_000))));
    expect(test.values.slice(490).every((value) => Number.isFinite(value))).toBe(true);
    expect(warnings.map(said)).toContain('1 clip lasts longer than one second: only the first second is used.');
  });

  it('reads the folders of prepared copies: _unknown_ and _silence_', async () => {
    const files = [
      ...spoken(COMMANDS),
      clip('top/_unknown_/cat_ann_nohash_0.wav.wav'),
      clip('top/_unknown_/dog_bob_nohash_0.wav.wav'),
      clip('top/_silence_/73.wav'),
    ];
    const { train, test } = await readSpeechCommands(files, 'mine', options);
    expect([...test.labels].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
    expect([...train.labels].filter((label) => label > 9).toSorted()).toEqual([10, 11]);
  });
});

describe('the ten commands', () => {
  it('are twelve classes, with other words as "unknown" and silence cut from noise, as many as of a command', async () => {
    const { classNames, train, test, warnings } = await readSpeechCommands(
      [...spoken(COMMANDS), ...spoken(['cat']), noise],
      'mine',
      options,
    );
    expect(classNames).toEqual([...COMMANDS, 'silence', 'unknown']);
    const count = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;
    expect(classNames.map((_, label) => count(train.labels, label))).toEqual(Array.from({ length: 12 }, () => 2));
    expect(classNames.map((_, label) => count(test.labels, label))).toEqual(Array.from({ length: 12 }, () => 1));
    expect(warnings).toHaveLength(1);
  });

  it('are not drowned by other words: those are as many as of a command where they would be more than two commands', async () => {
    const others = spoken(['bed', 'bird', 'cat', 'dog', 'happy']);
    const { train, test } = await readSpeechCommands([...spoken(COMMANDS), ...others], 'mine', options);
    expect(train.labels.filter((label) => label === 11)).toHaveLength(2);
    expect(test.labels.filter((label) => label === 11)).toHaveLength(1);
    const another = await readSpeechCommands([...spoken(COMMANDS), ...others], 'mine', { ...options, randomSeed: 2 });
    expect(another.train.values).not.toEqual(train.values);
  });

  it('share no sample of silence between training and test', async () => {
    // Loud up to the cut at three quarters, silent from there on.
    const loud = second('hum', 4 * 16_000).fill(0, 3 * 16_000);
    const { train, test } = await readSpeechCommands([...spoken(COMMANDS), wavFile('_background_noise_/a.wav', loud)], 'mine', options);
    const quiet = mfcc(new Float32Array(16_000))[0] as number;
    const firsts = ({ values, labels }: typeof train) =>
      [...labels].flatMap((label, at) => (label === 10 ? [values[at * 490] as number] : []));
    expect(firsts(test)).toEqual([quiet]);
    expect(firsts(train).every((value) => value > quiet)).toBe(true);
  });

  it('have no silence without noise, which a warning says', async () => {
    const { train, warnings } = await readSpeechCommands(spoken(COMMANDS), 'mine', options);
    expect(train.labels.includes(10)).toBe(false);
    expect(said(warnings[1] as Told)).toBe('There is no folder _background_noise_ to cut silence from, so no clip is of class "silence".');
  });
});

describe('variants of training clips', () => {
  it('follow each clip, changed, and leave the test clips alone', async () => {
    const files = [...spoken(['one', 'two']), noise];
    const plain = await readSpeechCommands(files, 'mine', options);
    const varied = await readSpeechCommands(files, 'mine', { ...options, variants: 3 });
    expect(varied.test).toEqual(plain.test);
    expect(said(varied.warnings.at(-1) as Told)).toMatch(/^Each training clip is there 3 times/);
    expect([...varied.train.labels]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect([...(varied.train.recordings ?? [])]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    const at = (index: number) => varied.train.values.slice(index * 490, (index + 1) * 490);
    expect(at(3)).toEqual(plain.train.values.slice(490, 980));
    expect(at(4)).not.toEqual(at(3));
    expect(at(5)).not.toEqual(at(4));
  });

  it.each([0, 1.5, 101])('are a whole number from 1 to 100, not %d', async (variants) => {
    expect(await messageOf(spoken(['one', 'two']), { variants })).toContain('a whole number from 1 to 100');
  });
});

describe('files that do not fit', () => {
  it('are left out with their number, first names and reason', async () => {
    const broken = [3, 4, 5, 6, 7].map((take) => ({ ...clip(`one/bob_nohash_${take}.wav`), bytes: async () => new Uint8Array(60) }));
    const files = [
      ...spoken(['one', 'two']),
      ...broken,
      textFile('one/eve_nohash_1.mp3', 'ID3'),
      textFile('loose_nohash_1.wav', ''),
      textFile('top/LICENSE', 'free'),
      textFile('__MACOSX/one/._bob_nohash_0.wav', 'x'),
      textFile('one/._bob_nohash_0.wav', 'x'),
    ];
    const { train, warnings } = await readSpeechCommands(files, 'mine', options);
    expect(train.count).toBe(4);
    expect(warnings.slice(1).map(said)).toEqual([
      'one/eve_nohash_1.mp3 is left out. It is sound in another format than WAV. Convert it to a WAV file of 16-bit PCM.',
      'loose_nohash_1.wav is left out. It lies in no folder, and the folder is the word that is spoken.',
      '5 files are left out (one/bob_nohash_3.wav, one/bob_nohash_4.wav, one/bob_nohash_5.wav and 2 more). The first is no WAV file: it does not start with "RIFF" and "WAVE". Convert it to a WAV file of 16-bit PCM.',
    ]);
  });

  it('stop the import where too little is left', async () => {
    expect(await messageOf(spoken(['one']))).toMatch(/^mine has 1 word \(one\); it takes 2 to 256/);
    expect(await messageOf(spoken(['one', 'two'], ['bob']))).toContain('All clips are of one speaker, bob');
    const unread = (file: NamedFile) => (file.name.includes('/ann') ? { ...file, bytes: async () => new Uint8Array() } : file);
    expect(await messageOf(spoken(['one', 'two']).map(unread))).toMatch(
      /^mine has no clip to test on that can be read\. 2 files are left out .* The first has 0 bytes/,
    );
  });

  it('stop the import where a word has none left to learn from, and say why', async () => {
    const broken = ['ann', 'bob'].map((who) => ({ ...clip(`six/${who}_nohash_0.wav`), bytes: async () => new Uint8Array() }));
    expect(await messageOf([...spoken(['one', 'two']), ...broken])).toMatch(
      /^mine has no clip of class "six" to learn from; every class needs some\. Add one, .* 2 files are left out \(.*six\/bob_nohash_0\.wav.* 0 bytes/,
    );
  });

  it('pass on failures that are not about a file', async () => {
    const failing = { ...clip('one/bob_nohash_9.wav'), bytes: () => Promise.reject(new Error('the disk is gone')) };
    await expect(readSpeechCommands([...spoken(['one', 'two']), failing], 'mine', options)).rejects.toThrow('the disk is gone');
  });
});

it('tells how many files are read', async () => {
  const heard: string[] = [];
  await readSpeechCommands([...spoken(['one', 'two']), noise], 'mine', {
    ...options,
    onProgress: (done, total) => heard.push(`${done}/${total}`),
  });
  expect(heard).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
});
