/** What a person looks at before training: how many examples each class has in each part, and some of them. */
import { sentencesLater } from '../language/lists';
import { sayLater, type Told } from '../language/told';
import type { Dataset, Examples } from './dataset';
import { spectrogram } from './features/spectrogram';
import { grey, type Pixels } from './pictures/pixels';
import { divideAsNamed } from './sampling';

/** The most examples that are shown of a class. */
const SHOWN = 6;

export interface DataLook {
  /** How it was decided which examples test, and which are for validation if the data say so. */
  readonly split: Told;
  readonly rows: readonly LookRow[];
}

/** The examples of a class; where examples have groups, of a class in a group. */
export interface LookRow {
  readonly name: Told;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly samples: readonly LookSample[];
}

export interface LookSample {
  readonly picture: Pixels;
  /** The recording at 16 kHz whose spectrogram the picture is; null for other examples. */
  readonly sound: Float32Array | null;
}

/** @param division indices of the training examples that are learnt from, and of those that choose between epochs */
export function lookAt(dataset: Dataset, division: { readonly train: Int32Array; readonly validation: Int32Array }): DataLook {
  const { train, test, classNames, groupNames = [''], texts } = dataset;
  const counts = {
    train: countsOf(dataset, train, division.train),
    validation: countsOf(dataset, train, division.validation),
    test: countsOf(dataset, test),
  };
  const rows = groupNames.flatMap((groupName, group) =>
    classNames.flatMap((className, label) => {
      const key = group * classNames.length + label;
      const of = (part: keyof typeof counts) => counts[part][key] as number;
      const row = { train: of('train'), validation: of('validation'), test: of('test') };
      if (row.train + row.validation + row.test === 0 && groupNames.length > 1) return [];
      const ofClass = texts?.classes[label] ?? className;
      const name = groupName === '' ? ofClass : sayLater('{group}, {name}', { group: texts?.groups?.[group] ?? groupName, name: ofClass });
      return [{ name, ...row, samples: samplesOf(dataset, label, group) }];
    }),
  );
  const split = dataset.split ?? whoSplit(dataset);
  return { split: sentencesLater([split, division.validation.length > 0 ? whoValidates(dataset) : null]), rows };
}

function whoValidates({ train, words }: Dataset) {
  const things = sayLater(words.many);
  return divideAsNamed(train)
    ? sayLater('Validation {things} are those that the data name: no share of the others is drawn.', { things })
    : sayLater('Validation {things} are drawn from those to learn from, by the random seed.', { things });
}

const whoSplit = ({ synthetic, words }: Dataset) =>
  synthetic
    ? sayLater('A program made the training {things} and the test {things}, with no random numbers in common.', {
        things: sayLater(words.many),
      })
    : sayLater('The files say which {things} test.', { things: sayLater(words.many) });

/** Numbers of examples by group and class. @param indices all examples if they are missing */
function countsOf({ classNames, groupNames }: Dataset, { labels, groups, count }: Examples, indices?: Int32Array): Int32Array {
  const counts = new Int32Array(classNames.length * (groupNames?.length ?? 1));
  const total = indices?.length ?? count;
  for (let at = 0; at < total; at++) {
    const index = indices ? (indices[at] as number) : at;
    const key = (groups?.[index] ?? 0) * classNames.length + (labels[index] as number);
    counts[key] = (counts[key] as number) + 1;
  }
  return counts;
}

function samplesOf(dataset: Dataset, label: number, group: number): LookSample[] {
  const { sounds, shape, train, test } = dataset;
  if (sounds)
    return sounds
      .filter((sound) => sound.label === label && sound.group === group)
      .map(({ samples }) => ({ picture: spectrogram(samples), sound: samples }));
  const ofClass = (examples: Examples) => {
    const indices: number[] = [];
    for (let index = 0; index < examples.count && indices.length < SHOWN; index++)
      if (examples.labels[index] === label) indices.push(index);
    return indices.map((index) => ({ picture: pictureOf(examples, index, shape), sound: null }));
  };
  const learnt = ofClass(train);
  return learnt.length > 0 ? learnt : ofClass(test);
}

/** Colours as they are. Of other values the greatest is white and the least black, time to the right and the first coefficient below. */
function pictureOf({ values, count }: Examples, index: number, shape: readonly number[]): Pixels {
  const size = values.length / count;
  const own = values.subarray(index * size, (index + 1) * size);
  const [rows = 1, columns = size, channels = 1] = shape.length > 1 ? shape : [1, size, 1];
  return own instanceof Uint8Array ? colours(own, columns, rows, channels) : features(own, rows, columns, channels);
}

function colours(own: Uint8Array, width: number, height: number, channels: number): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++)
    for (let channel = 0; channel < 3; channel++) rgba[4 * at + channel] = own[at * channels + Math.min(channel, channels - 1)] as number;
  return { width, height, rgba };
}

/** @param own one row of coefficients per frame */
function features(own: Float32Array, frames: number, coefficients: number, channels: number): Pixels {
  let [least, most] = [Infinity, -Infinity];
  for (const value of own) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return grey(frames, coefficients, (at) => {
    const [frame, coefficient] = [at % frames, coefficients - 1 - Math.floor(at / frames)];
    return ((own[(frame * coefficients + coefficient) * channels] as number) - least) / (most - least || 1);
  });
}
