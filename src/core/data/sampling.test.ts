import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { pictureWords, type Dataset, type Examples } from './dataset';
import { classCounts, draw, drawApart, sampleDataset } from './sampling';

/** Pictures of three pixels that hold the picture's index and label. */
function pictures(labels: readonly number[]): Examples {
  return {
    count: labels.length,
    labels: Uint8Array.from(labels),
    values: Uint8Array.from(labels.flatMap((label, index) => [index, label, 0])),
  };
}
/** This many of each class, one class after the other. */
const ordered = (...counts: number[]) => counts.flatMap((count, label) => Array.from({ length: count }, () => label));
const of = (train: Examples, test = train): Dataset => ({
  name: 'mine',
  words: pictureWords,
  synthetic: false,
  shape: [1, 1, 3],
  classNames: ['a', 'b', 'c'],
  warnings: ['as loaded'],
  train,
  test,
});
const counts = ({ labels }: Examples) => [...classCounts(labels).subarray(0, 3)];

describe('a sample of a data set', () => {
  it('keeps the classes’ shares of pictures that are ordered by class', () => {
    const all = pictures(ordered(50, 30, 20));
    const { train, test, warnings } = sampleDataset(of(all), { trainCount: 30, testCount: 10 }, 1);
    expect([counts(train), counts(test)]).toEqual([
      [15, 9, 6],
      [5, 3, 2],
    ]);
    expect(warnings).toEqual(['as loaded']);
  });

  it('is another for another random seed, and the same for the same', () => {
    const all = of(pictures(ordered(50, 30, 20)));
    const sample = (seed: number) => sampleDataset(all, { trainCount: 30, testCount: 10 }, seed);
    expect(sample(3)).toEqual(sample(3));
    expect(sample(3).train.values).not.toEqual(sample(4).train.values);
  });

  it('takes every picture with its label, once', () => {
    const { train } = sampleDataset(of(pictures(ordered(50, 30, 20))), { trainCount: 30, testCount: 1 }, 1);
    const places = Array.from({ length: 30 }, (_, index) => train.values[3 * index] as number);
    expect(new Set(places).size).toBe(30);
    expect(Array.from({ length: 30 }, (_, index) => train.values[3 * index + 1])).toEqual([...train.labels]);
  });

  it('is all pictures in their order where enough are asked for', () => {
    const all = of(pictures([2, 0, 1, 0]));
    expect(sampleDataset(all, { trainCount: 4, testCount: Infinity }, 1)).toEqual(all);
  });

  it('has as many as are asked for where shares are no whole numbers, not always of the same classes', () => {
    const labels = Uint8Array.from(ordered(5, 5, 5));
    const of4 = Array.from({ length: 20 }, (_, seed) => draw(labels, 4, createRandom(seed, 'test')).drawn);
    const patterns = of4.map((drawn) => [...drawn].map((index) => labels[index]).join(''));
    expect(of4.every(({ length }) => length === 4)).toBe(true);
    expect(new Set(patterns)).toEqual(new Set(['0012', '0112', '0122']));
  });

  it('leaves out what is not drawn, without overlap or loss', () => {
    const { drawn, left } = draw(Uint8Array.from(ordered(4, 8, 8)), 5, createRandom(1, 'test'));
    expect([drawn.length, left.length]).toEqual([5, 15]);
    expect([...drawn, ...left].toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
  });
});

describe('examples cut from recordings', () => {
  it('are drawn recording by recording, each class of recordings in its share', () => {
    // Twenty recordings of three examples, in turns, the last five of another class.
    const recordings = Uint32Array.from({ length: 60 }, (_, index) => index % 20);
    const labels = Uint8Array.from(recordings, (recording) => Number(recording >= 15));
    const { drawn, left } = drawApart({ count: 60, values: new Uint8Array(60), labels, recordings }, 12, createRandom(1, 'apart'));
    const of = (indices: Int32Array) => new Set(Array.from(indices, (index) => recordings[index]));
    expect([drawn.length, left.length]).toEqual([12, 48]);
    expect([of(drawn).size, of(left).size]).toEqual([4, 16]);
    expect([...of(drawn)].filter((recording) => (recording as number) >= 15)).toHaveLength(1);
  });

  it('draws one recording of few, but never the only one', () => {
    const recordings = Uint32Array.of(0, 0, 1, 1);
    const few = { count: 4, values: new Uint8Array(4), labels: new Uint8Array(4), recordings };
    expect(drawApart(few, 1, createRandom(1, 'apart')).drawn).toHaveLength(2);
    expect(drawApart(few, 0, createRandom(1, 'apart')).drawn).toHaveLength(0);
    expect(drawApart({ ...few, recordings: new Uint32Array(4) }, 1, createRandom(1, 'apart')).drawn).toHaveLength(0);
  });
});
