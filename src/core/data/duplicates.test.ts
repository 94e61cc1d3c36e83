import { describe, expect, it } from 'vitest';
import { fnv1a } from '../hash';
import { pictureWords, type Dataset, type Examples } from './dataset';
import { withoutDuplicates } from './duplicates';
import { said } from '../language/told';

/** Pictures of three bytes each, with a class. */
function pictures(...all: readonly (readonly [values: string, label: number])[]): Examples {
  return {
    count: all.length,
    labels: Uint8Array.from(all, ([, label]) => label),
    values: new TextEncoder().encode(all.map(([pixels]) => pixels).join('')),
  };
}
const of = (train: Examples, test: Examples): Dataset => ({
  name: 'mine',
  words: pictureWords,
  synthetic: false,
  shape: [1, 1, 3],
  classNames: ['a', 'b'],
  warnings: [],
  train,
  test,
});

describe('pictures that a data set holds more than once', () => {
  it('count once for training, where the first one lies', () => {
    const train = pictures(['one', 0], ['two', 1], ['one', 0], ['one', 1], ['six', 0]);
    const data = withoutDuplicates(of(train, pictures(['ten', 0])));
    expect(data.train).toEqual(pictures(['one', 0], ['two', 1], ['six', 0]));
    expect(data.warnings.map(said)).toEqual([
      '2 training pictures repeat an earlier one, 1 of them under another class: left out, so that each counts once.',
    ]);
  });

  it('leave training where the test set holds them, which stays whole', () => {
    const test = pictures(['two', 1], ['ten', 0], ['two', 1]);
    const data = withoutDuplicates(of(pictures(['one', 0], ['two', 0], ['two', 0]), test));
    expect(data.train).toEqual(pictures(['one', 0]));
    expect(data.test).toBe(test);
    expect(data.warnings.map(said)).toEqual([
      '1 training picture repeats an earlier one: left out, so that each counts once.',
      '1 training picture is a test picture too: not learnt from.',
    ]);
  });

  it('are told apart byte by byte where their hashes agree', () => {
    const [a, b] = ['000381769415', '001412516767'];
    expect(fnv1a(new TextEncoder().encode(a))).toBe(fnv1a(new TextEncoder().encode(b)));
    const data = of(pictures([a, 0], [b, 0]), pictures(['000000000000', 0]));
    expect(withoutDuplicates(data)).toBe(data);
  });

  it('are refused where nothing else is left to learn from', () => {
    const all = pictures(['one', 0], ['two', 1]);
    expect(() => withoutDuplicates(of(all, all))).toThrow(/Every training picture of mine is a test picture too/);
  });
});
