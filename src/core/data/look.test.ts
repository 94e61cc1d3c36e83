import { expect, it } from 'vitest';
import { said, sayLater, type Told } from '../language/told';
import { pictureWords, type Dataset } from './dataset';
import { lookAt } from './look';

const examples = (labels: readonly number[], values: Uint8Array | Float32Array, groups?: readonly number[]) => ({
  count: labels.length,
  labels: Uint8Array.from(labels),
  values,
  ...(groups && { groups: Uint8Array.from(groups) }),
});
const dataset: Dataset = {
  name: 'mine',
  words: pictureWords,
  synthetic: false,
  shape: [1, 2, 1],
  classNames: ['cat', 'dog', 'none'],
  warnings: [],
  train: examples([0, 1, 0], Uint8Array.from([10, 20, 30, 40, 50, 60])),
  test: examples([1, 1], new Uint8Array(4)),
};
const division = { train: Int32Array.from([0, 1]), validation: Int32Array.from([2]) };

it('counts the examples of each class in each part', () => {
  const { rows, split } = lookAt(dataset, division);
  expect(rows.map(({ samples: _, ...counts }) => counts)).toEqual([
    { name: 'cat', train: 1, validation: 1, test: 0 },
    { name: 'dog', train: 1, validation: 0, test: 2 },
    { name: 'none', train: 0, validation: 0, test: 0 },
  ]);
  expect(said(split)).toBe(
    'The files say which pictures test. Validation pictures are drawn from those to learn from, by the random seed.',
  );
  expect(said(lookAt({ ...dataset, split: 'Drawn.' }, division).split)).toMatch(/^Drawn\. Validation/);
  const train = { ...dataset.train, validates: Uint8Array.of(0, 0, 1) };
  expect(said(lookAt({ ...dataset, train }, division).split)).toBe(
    'The files say which pictures test. Validation pictures are those that the data name: no share of the others is drawn.',
  );
});

it('shows grey pictures of a class as they are', () => {
  const [cat, , none] = lookAt(dataset, division).rows;
  expect(cat?.samples.map(({ picture }) => [...picture.rgba])).toEqual([
    [10, 10, 10, 255, 20, 20, 20, 255],
    [50, 50, 50, 255, 60, 60, 60, 255],
  ]);
  expect(none?.samples).toEqual([]);
});

it('shows features with time to the right and the first coefficient below', () => {
  const features = { ...dataset, shape: [2, 3, 1], train: examples([0], Float32Array.from([0, 1, 2, 3, 4, 6])) };
  const [row] = lookAt(features, { train: Int32Array.of(0), validation: new Int32Array() }).rows;
  const { width, height, rgba } = row?.samples[0]?.picture ?? { width: 0, height: 0, rgba: [] };
  expect([width, height]).toEqual([2, 3]);
  const levels = Array.from({ length: 6 }, (_, at) => rgba[4 * at]);
  expect(levels).toEqual([2, 6, 1, 4, 0, 3].map((value) => Math.round((255 * value) / 6)));
});

it('counts by group and class where examples have groups, and shows recordings with their sound', () => {
  const tone = Float32Array.from({ length: 16_000 }, (_, at) => Math.sin((2 * Math.PI * 4000 * at) / 16_000));
  const machines: Dataset = {
    ...dataset,
    shape: [2],
    classNames: ['normal', 'anomalous'],
    groupNames: ['fan', 'pump'],
    sounds: [{ label: 1, group: 1, samples: tone }],
    train: examples([0, 0, 0], new Float32Array(6), [0, 1, 1]),
    test: examples([1], new Float32Array(2), [1]),
  };
  const { rows } = lookAt(machines, division);
  expect(rows.map(({ name, train, validation, test }) => [said(name), train, validation, test])).toEqual([
    ['fan, normal', 1, 0, 0],
    ['pump, normal', 1, 1, 0],
    ['pump, anomalous', 0, 0, 1],
  ]);
  const [sample] = rows[2]?.samples ?? [];
  expect(sample?.sound).toBe(tone);
  // 4 kHz is the middle of the frequencies up to 8 kHz.
  const { width, height, rgba } = sample?.picture ?? { width: 0, height: 0, rgba: [] };
  const brightest = Array.from({ length: height }, (_, row) => rgba[4 * (row * width + 80)] as number);
  expect(brightest.indexOf(Math.max(...brightest))).toBe(height / 2 - 1);
});

it('names classes of built-in examples by texts that are said', () => {
  const texts = { classes: [sayLater('disc'), sayLater('ring'), sayLater('bar')], groups: [sayLater('machine {number}', { number: 1 })] };
  const named = lookAt({ ...dataset, groupNames: ['machine 1'], texts }, division).rows.map(({ name }) => name);
  expect(named[0]).toEqual(sayLater('{group}, {name}', { group: texts.groups[0] as Told, name: texts.classes[0] as Told }));
});
