import { describe, expect, it } from 'vitest';
import { grayFile, importOptions, onePixel } from '../../../tests/support/imports';
import { keywordSpotting } from '../../core/tasks/keywordSpotting';
import type { Dataset } from '../../core/data/dataset';
import { readExamples } from '../index';
import { preparedKey } from './preparedKey';
import { readPrepared } from './readPrepared';

const file = (path: string, version?: number) => ({
  path,
  size: 1,
  ...(version !== undefined && { version }),
  slice: async () => new Uint8Array(1),
});
const reading = { task: onePixel, holdOut: null };

describe('the key of a prepared set', () => {
  const files = [file('a/1.jpg', 5), file('b/2.jpg', 6)];
  const key = preparedKey(files, reading, null);

  it('does not depend on the order of the files, nor on what matters only to sounds', () => {
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(preparedKey(files.toReversed(), reading, null)).toBe(key);
    expect(preparedKey(files, { ...reading, feature: 'mlperfMfcc', variants: 4 }, null)).toBe(key);
  });

  it('differs with each file, its size and its change, and with how it is read', () => {
    const [first, second] = files as [(typeof files)[0], (typeof files)[0]];
    const words = { ...reading, task: keywordSpotting };
    const others = [
      key,
      preparedKey([first], reading, null),
      preparedKey([first, { ...second, path: 'b/3.jpg' }], reading, null),
      preparedKey([first, { ...second, size: 2 }], reading, null),
      preparedKey([first, { ...second, version: 7 }], reading, null),
      preparedKey(files, { ...reading, holdOut: 'ann' }, null),
      preparedKey(files, reading, 1),
      preparedKey(files, words, null),
      preparedKey(files, { ...words, feature: 'mlperfMfcc' }, null),
      preparedKey(files, { ...words, variants: 4 }, null),
      preparedKey(files, { ...reading, task: { ...onePixel, example: { ...onePixel.example, shape: [2, 2, 3] } } }, null),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  it('is missing where files do not tell whether they have changed', () => {
    expect(preparedKey([file('a'), file('b', 1)], reading, null)).toBeNull();
    expect(preparedKey([], reading, null)).toBeNull();
  });
});

describe('reading with a place for prepared sets', () => {
  /** Reads as often as it has to, with a place in memory. */
  function setUp(paths: readonly string[]) {
    const place = new Map<string, Dataset>();
    let reads = 0;
    const once = (randomSeed: number) =>
      readPrepared(
        paths.map((path) => file(path, 1)),
        'mine',
        { ...importOptions, randomSeed },
        { find: async (key) => place.get(key) ?? null, keep: async ({ key }, dataset) => void place.set(key, dataset) },
        (options) => {
          reads += 1;
          return readExamples(
            paths.map((path, index) => grayFile(path, index)),
            'mine',
            options,
          );
        },
      );
    return { once, place, reads: () => reads };
  }

  it('keeps files that say which examples test once for all random seeds', async () => {
    const { once, place, reads } = setUp(['train/a/1.jpg', 'train/b/2.jpg', 'test/a/3.jpg', 'test/b/4.jpg']);
    expect((await once(1)).from).toBeNull();
    expect((await once(2)).from).toBe([...place.keys()][0]);
    expect([place.size, reads()]).toEqual([1, 1]);
  });

  it('keeps them for each random seed where it draws which examples test', async () => {
    const { once, place, reads } = setUp(Array.from({ length: 40 }, (_, index) => `${index % 2 ? 'a' : 'b'}/${index}.jpg`));
    const [one, two, again] = [await once(1), await once(2), await once(1)];
    expect([place.size, reads(), again.from]).toEqual([2, 2, [...place.keys()][0]]);
    expect(again.dataset).toEqual(one.dataset);
    expect(two.dataset).not.toEqual(one.dataset);
  });
});
