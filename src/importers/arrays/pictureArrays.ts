/** Arrays of pictures and of labels into examples. */
import { listLater } from '../../core/language/lists';
import { sayLater } from '../../core/language/told';
import { pictureWords, type Dataset, type Examples } from '../../core/data/dataset';
import { resizePicture } from '../../core/data/pictures/resize';
import { assertClassNumber, assertLearnable } from '../classRules';
import type { ImportOptions } from '../exampleImporter';
import { invalidData } from '../invalidData';
import type { Part } from '../partNames';
import { assertFits, pictureSize } from '../pictures/decodePictures';
import { drawnWarning, splitExamples } from '../testShare';
import { shapeText, type NumberArray } from './numberArray';

/** What an array's examples are for, by its name. */

/** Pictures, and the class of each. */
export interface ArrayPair {
  readonly pictures: NumberArray;
  readonly labels: NumberArray;
}

/** How a picture lies in its array. */
interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Distances of rows, columns and channels. */
  readonly strides: readonly [number, number, number];
}

/**
 * Examples of the task's size. Gray pictures get three equal channels. Without a test part the validation part tests, and without either a
 * drawn share of all.
 * @param name of the examples, with which messages about all of them begin
 * @throws WorkbenchError `invalid-data` for arrays that are no pictures or no labels, or do not fit together
 */
export function datasetOf(
  parts: Readonly<Partial<Record<Part, ArrayPair>>>,
  name: string,
  options: Pick<ImportOptions, 'task' | 'randomSeed'>,
): Dataset {
  const pairs = (['train', 'validation', 'test'] as const).flatMap((part) => (parts[part] ? [{ part, ...parts[part] }] : []));
  const tested = pairs.length < 2 ? null : parts.test ? 'test' : 'validation';
  const scale = scaleOf(pairs.map(({ pictures }) => pictures));
  const labels = pairs.map(labelsOf);
  const classes = [...new Set(labels.flatMap((values) => [...new Set(values)]))].toSorted((a, b) => a - b);
  const classNames = classes.map((value) => `class ${value}`);
  assertClassNumber(classNames, sayLater('The labels in {names}', { names: listLater(pairs.map((pair) => pair.labels.name)) }));
  const { width, height } = pictureSize(options.task);
  const count = labels.reduce((sum, { length }) => sum + length, 0);
  assertFits(count, width, height);
  const size = width * height * 3;
  const values = new Uint8Array(count * size);
  let at = 0;
  // Tested pictures last, so that each part lies in one piece.
  const ordered = pairs
    .map((pair, index) => ({ ...pair, labels: labels[index] as Float64Array }))
    .toSorted((a, b) => Number(a.part === tested) - Number(b.part === tested));
  for (const { pictures } of ordered) {
    convert(pictures, scale, width, height, values.subarray(at));
    at += (pictures.shape[0] as number) * size;
  }
  const examples = (from: number, pairsOfPart: typeof ordered): Examples => {
    const coded = pairsOfPart.flatMap(({ labels: own }) => Array.from(own, (value) => classes.indexOf(value)));
    const isNamed = ({ part }: { readonly part: Part }) => part === 'validation' && tested === 'test';
    const named = pairsOfPart.flatMap((pair) => Array.from(pair.labels, () => Number(isNamed(pair))));
    return {
      count: coded.length,
      values: values.subarray(from * size, (from + coded.length) * size),
      labels: Uint8Array.from(coded),
      ...(named.includes(1) && { validates: Uint8Array.from(named) }),
    };
  };
  const learnt = examples(
    0,
    ordered.filter(({ part }) => part !== tested),
  );
  const split = tested
    ? {
        train: learnt,
        test: examples(
          learnt.count,
          ordered.filter(({ part }) => part === tested),
        ),
      }
    : splitExamples(learnt, options.randomSeed);
  assertLearnable(name, classNames, split.train, pictureWords);
  const drawn =
    tested === null
      ? [
          drawnWarning(
            pairs[0]?.part === 'test'
              ? sayLater('The files have only one part, the one to test on')
              : sayLater('The files have only one part'),
            pictureWords,
          ),
        ]
      : [];
  const told = drawn[0] === undefined ? {} : { split: drawn[0] };
  return { name, words: pictureWords, synthetic: false, shape: [height, width, 3], classNames, warnings: drawn, ...told, ...split };
}

function convert(pictures: NumberArray, scale: (value: number) => number, toWidth: number, toHeight: number, into: Uint8Array): void {
  const { height, width, channels, strides } = geometryOf(pictures);
  const [down, right, deep] = strides;
  const { values } = pictures;
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let index = 0; index < (pictures.shape[0] as number); index++) {
    const from = index * (pictures.strides[0] as number);
    let to = 0;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++, to += 4)
        for (let channel = 0; channel < (channels === 4 ? 4 : 3); channel++)
          rgba[to + channel] = scale(values[from + row * down + column * right + (channels === 1 ? 0 : channel * deep)] as number);
    into.set(resizePicture({ width, height, rgba }, toWidth, toHeight), index * toWidth * toHeight * 3);
  }
}

/** (n, height, width), or with 1, 3 or 4 channels at the end or in the second place. */
function geometryOf({ name, shape, strides }: NumberArray): Geometry {
  const [, second, third, last] = shape as [number, number, number, number];
  const [, s1, s2, s3] = strides as [number, number, number, number];
  const isChannels = (length: number | undefined) => length === 1 || length === 3 || length === 4;
  if (shape.every((length) => length > 0)) {
    if (shape.length === 3) return { height: second, width: third, channels: 1, strides: [s1, s2, 0] };
    if (shape.length === 4 && isChannels(last)) return { height: second, width: third, channels: last, strides: [s1, s2, s3] };
    if (shape.length === 4 && isChannels(second)) return { height: third, width: last, channels: second, strides: [s2, s3, s1] };
  }
  throw invalidData(
    name,
    sayLater(
      'has the shape {shape}; pictures have (n, height, width), or 1, 3 or 4 channels behind that or in the second place. Reshape it.',
      {
        shape: shapeText(shape),
      },
    ),
  );
}

/** From the values of all pictures to bytes: they are 0 to 255, 0 to 1 or -1 to 1. */
function scaleOf(arrays: readonly NumberArray[]): (value: number) => number {
  let [least, most] = [Infinity, -Infinity];
  for (const { name, values } of arrays)
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      if (!Number.isFinite(value)) throw invalidData(name, sayLater('holds a value that is no number, at position {at}. Mend it.', { at }));
      if (value < least) least = value;
      if (value > most) most = value;
    }
  if (least >= 0 && most <= 1) return (value) => Math.floor(value * 255 + 0.5);
  if (least >= 0 && most <= 255) return (value) => Math.floor(value + 0.5);
  if (least >= -1 && most <= 1) return (value) => Math.floor((value + 1) * 127.5 + 0.5);
  throw invalidData(
    (arrays[0] as NumberArray).name,
    sayLater('has values from {least} to {most}; pictures have 0 to 255, 0 to 1 or -1 to 1. Save them before they are normalised.', {
      least,
      most,
    }),
  );
}

/** The class of each picture as its own number: from (n), (n, 1), or (n, classes) with a single 1 in each row. */
function labelsOf({ pictures, labels }: ArrayPair): Float64Array {
  const { name, shape, strides, values } = labels;
  const count = pictures.shape[0] as number;
  const columns = shape[1] ?? 1;
  if (shape.length < 1 || shape.length > 2 || shape[0] !== count || columns < 1)
    throw invalidData(
      name,
      sayLater(
        'has the shape {shape}, but {pictures} has {picturesShape}: there must be one label a picture. Check that both belong together and are whole.',
        { shape: shapeText(shape), pictures: pictures.name, picturesShape: shapeText(pictures.shape) },
      ),
    );
  if (count === 0) throw invalidData(pictures.name, sayLater('holds no pictures. Save it again with some.'));
  const at = (row: number, column: number) => values[row * (strides[0] as number) + column * (strides[1] ?? 0)] as number;
  const classes = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const cells = columns === 1 ? [at(row, 0)] : Array.from({ length: columns }, (_, column) => at(row, column));
    const ones = cells.filter((value) => value === 1).length;
    if (columns > 1 && (ones !== 1 || cells.some((value) => value !== 0 && value !== 1)))
      throw invalidData(
        name,
        sayLater('gives picture {row} not exactly one of {columns} classes; a picture must be of one class. Choose one for each.', {
          row: row + 1,
          columns,
        }),
      );
    const value = columns === 1 ? (cells[0] as number) : cells.indexOf(1);
    if (!Number.isSafeInteger(value))
      throw invalidData(
        name,
        sayLater('gives picture {row} the class {value}; classes are whole numbers. Mend it.', { row: row + 1, value }),
      );
    classes[row] = value;
  }
  return classes;
}
