import { afterEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../core/data/dataset';
import { setLanguage } from '../../core/language/say';
import { said, sayLater } from '../../core/language/told';
import { messages } from '../../core/language/zh-CN/index';
import { xxh32 } from '../../core/xxh32';
import { bytesSource } from '../archives/byteSource';
import { openPrepared, preparedPieces } from './preparedFile';

afterEach(() => setLanguage('en', null));

const about = { key: 'k', title: 'mine.zip', task: 'ic', madeAt: 1_700_000_000_000 };
const words = { one: 'picture', many: 'pictures' };
const common = { name: 'Own pictures', words, synthetic: false, warnings: ['“quoted” \u0000'] };

const pictures: Dataset = {
  ...common,
  format: 'pictures',
  split: 'Drawn.',
  shape: [1, 2, 3],
  classNames: ['cat', 'dog'],
  train: {
    ...{ count: 3, values: Uint8Array.from({ length: 18 }, (_, at) => at) },
    ...{ labels: Uint8Array.of(0, 1, 1), validates: Uint8Array.of(0, 0, 1) },
  },
  test: { count: 1, values: Uint8Array.from({ length: 6 }, (_, at) => 200 + at), labels: Uint8Array.of(1) },
};
/** Variants of a spoken word. */
const sounds: Dataset = {
  ...common,
  shape: [2, 1, 1],
  classNames: ['yes', 'no'],
  train: { count: 2, values: Float32Array.of(-1.5, 0, 1e-40, 7), labels: Uint8Array.of(0, 1), recordings: Uint32Array.of(0, 70_000) },
  test: { count: 1, values: Float32Array.of(1, 2), labels: Uint8Array.of(1) },
};
const vector = { labels: Uint8Array.of(0, 1, 0), groups: Uint8Array.of(0, 0, 1), recordings: Uint32Array.of(0, 1, 1) };
const machines: Dataset = {
  ...common,
  shape: [1],
  classNames: ['normal', 'anomalous'],
  groupNames: ['fan id_00', 'fan id_02'],
  sounds: [
    { label: 0, group: 1, samples: Float32Array.of(0.5, -1) },
    { label: 1, group: 0, samples: Float32Array.of(0.25) },
  ],
  train: { count: 3, values: Float32Array.of(1, 2, 3), ...vector },
  test: { count: 3, values: Float32Array.of(4, 5, 6), ...vector },
};

const fileOf = (dataset: Dataset) => Uint8Array.from(preparedPieces(about, dataset).pieces.flatMap((piece) => [...piece]));
const read = async (bytes: Uint8Array) => (await openPrepared(bytesSource(bytes), 'a.set')).dataset();

/** The file with another description under a right hash. */
function described(change: (text: string) => string): Uint8Array {
  const bytes = fileOf(machines);
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const text = new TextEncoder().encode(change(new TextDecoder().decode(bytes.subarray(20, 20 + length))));
  const changed = Uint8Array.from([...bytes.subarray(0, 20), ...text, ...bytes.subarray(20 + length)]);
  new DataView(changed.buffer).setUint32(12, text.length, true);
  new DataView(changed.buffer).setUint32(16, xxh32(text), true);
  return changed;
}

describe('a prepared set', () => {
  it.each(Object.entries({ pictures, sounds, machines }))('comes back as it was: %s', async (_, dataset) => {
    const { size } = preparedPieces(about, dataset);
    const bytes = fileOf(dataset);
    expect(bytes.length).toBe(size);
    const opened = await openPrepared(bytesSource(bytes), 'a.set');
    expect(opened).toMatchObject({ about, words, trainCount: dataset.train.count, testCount: dataset.test.count });
    expect(await opened.dataset()).toEqual(dataset);
    // A source may give parts that start anywhere in its memory.
    const shifted = new Uint8Array(size + 1);
    shifted.set(bytes, 1);
    expect(await read(shifted.subarray(1))).toEqual(dataset);
  });

  it('keeps what is told to be said later, beside what earlier versions had said', async () => {
    const title = sayLater('{names} and {count, number} more', { names: 'a.bin', count: 5 });
    const warning = sayLater('{name} is left out. It {rule}', {
      name: 'b.wav',
      rule: sayLater('holds no sample. Record it again, or leave it out.'),
    });
    const { pieces } = preparedPieces({ ...about, title }, { ...pictures, warnings: ['as it was said', warning], split: warning });
    const opened = await openPrepared(bytesSource(Uint8Array.from(pieces.flatMap((piece) => [...piece]))), 'a.set');
    const { warnings, split } = await opened.dataset();
    setLanguage('zh-CN', messages);
    expect(said(opened.about.title)).toBe('a.bin 以及另外 5 个');
    expect(warnings.map(said)).toEqual(['as it was said', 'b.wav 已排除。它不含采样。请重新录制，或去掉它。']);
    expect(split).toEqual(warning);
  });

  it('is refused when any of its bytes is another one, or when some are missing or too many', async () => {
    const bytes = fileOf(machines);
    for (let at = 0; at < bytes.length; at++)
      for (const bit of [1, 128])
        await expect(read(bytes.with(at, (bytes[at] as number) ^ bit)), `byte ${at}`).rejects.toMatchObject({ code: 'invalid-data' });
    for (let length = 0; length < bytes.length; length++)
      await expect(read(bytes.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({ code: 'invalid-data' });
    await expect(read(Uint8Array.from([...bytes, 0]))).rejects.toThrow('a.set is a prepared set with more behind it. Remove it');
    await expect(read(bytes.with(0, 65))).rejects.toThrow('a.set is no prepared set');
    await expect(read(bytes.with(8, 9))).rejects.toThrow('is a prepared set of format 9, and this version reads format 1');
    await expect(read(bytes.subarray(0, -1))).rejects.toThrow('was cut short');
    await expect(read(bytes.with(bytes.length - 1, 255))).rejects.toThrow('was damaged');
  });

  it.each([
    ['a count that its arrays contradict', (text: string) => text.replace('"count":3', '"count":2')],
    ['classes fewer than labels', (text: string) => text.replace('["normal","anomalous"]', '["normal"]')],
    ['groups without names', (text: string) => text.replace(/"groupNames":\[.*?\],/, '')],
    ['a type of another array', (text: string) => text.replace('"type":"float32"', '"type":"uint32"')],
    ['no description', () => 'null'],
    ['no JSON', () => '{'],
  ])('is refused with %s, whatever its hashes say', async (_, change) => {
    await expect(read(described((text) => text))).resolves.toEqual(machines);
    await expect(read(described(change))).rejects.toMatchObject({ code: 'invalid-data' });
  });
});
