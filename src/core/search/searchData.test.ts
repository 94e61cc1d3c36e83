import { imageClassification } from '../tasks/imageClassification';
import { describe, expect, it } from 'vitest';
import { said } from '../language/told';
import { smallConfig } from '../../../tests/support/search';
import { pictureWords, type Dataset } from '../data/dataset';
import { divide, SearchData, type DivisionConfig } from './searchData';

/** Pictures of one pixel, this many of each class, one class after the other. */
function dataset(train: readonly number[], test: readonly number[] = train): Dataset {
  const pictures = (counts: readonly number[]) => {
    const labels = Uint8Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)));
    return { count: labels.length, labels, values: labels.slice() };
  };
  return {
    name: 'mine',
    words: pictureWords,
    synthetic: false,
    shape: [1, 1, 1],
    classNames: ['cat', 'dog', 'fox'],
    warnings: ['as loaded'],
    train: pictures(train),
    test: pictures(test),
  };
}
/** Only candidates are searched. */
const divided = (config: DivisionConfig, data: Dataset) => divide(config, data, ['candidates']);
const config = { ...smallConfig, batchSize: 4, validationShare: 0.2 };

describe('how a search divides its pictures', () => {
  it('keeps the classes’ shares, the same way for the same random seed', () => {
    const data = dataset([50, 30, 20]);
    const { validation, train, warnings } = divided(config, data);
    const classes = [...validation].map((index) => data.train.labels[index] as number);
    expect([0, 1, 2].map((label) => classes.filter((each) => each === label).length)).toEqual([10, 6, 4]);
    expect(train.length).toBe(80);
    expect(warnings).toEqual(['as loaded']);
    expect(divided(config, data)).toEqual({ validation, train, warnings });
    expect(divided({ ...config, randomSeed: 8 }, data).validation).not.toEqual(validation);
  });

  it('takes those that the data name for validation, unless they name all', () => {
    const data = dataset([5, 5, 5]);
    const named = (...validates: number[]) => ({ ...data, train: { ...data.train, validates: Uint8Array.from(validates) } });
    const some = divided(config, named(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
    expect([...some.validation]).toEqual([4, 13, 14]);
    expect([...some.train]).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(divided(config, named(...Array<number>(15).fill(1)))).toEqual(divided(config, data));
  });

  it('takes pictures with their classes along', () => {
    const { validation, test } = new SearchData(config, imageClassification, dataset([50, 30, 20]), ['candidates']);
    expect(validation.examples.values).toEqual(validation.examples.labels);
    expect(test.examples.count).toBe(100);
  });

  it('warns of classes that a part is without', () => {
    expect(divided(config, dataset([30, 10, 1], [2, 2, 0])).warnings.map(said)).toEqual([
      'as loaded',
      'No validation picture is of class "fox": epochs are chosen without it.',
      'No test picture is of class "fox": results say nothing about it.',
    ]);
  });

  it.each([
    [0.005, 64, 0.016],
    [0.01, 40, 0.025],
  ])('refuses a validation share of %d of %d pictures, and %d leaves one', (validationShare, count, enough) => {
    const data = dataset([count - 2, 1, 1]);
    expect(() => divided({ ...config, validationShare }, data)).toThrow(
      `A validation share of ${validationShare} leaves no validation picture out of ${count} training pictures, so epochs could not be compared. Raise it to ${enough} or more, or use more pictures.`,
    );
    expect(divided({ ...config, validationShare: enough }, data).validation.length).toBe(1);
  });

  it('refuses a share that leaves too little to learn from', () => {
    expect(() => divided({ ...config, validationShare: 0.9 }, dataset([20, 10, 10]))).toThrow(
      /^mine has 40 training pictures, 4 to learn from .* at least 8 to learn from/,
    );
  });

  it('counts one picture as one', () => {
    expect(() => divided(config, dataset([1, 0, 0], [1, 0, 0]))).toThrow(
      /^mine has 1 training picture, 1 to learn from and the others for validation, and 1 test picture; /,
    );
  });
});
