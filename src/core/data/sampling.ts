/** Decides which examples are used, and for what: draws at random, class by class, so that every part keeps the classes' shares. */
import { createRandom, type Random } from '../random';
import type { Dataset, Examples } from './dataset';

/** The most examples to use. */
export interface ExampleCounts {
  readonly trainCount: number;
  readonly testCount: number;
}

/** Indices of examples in ascending order: the drawn or named ones, and the others. */
interface Drawn {
  readonly drawn: Int32Array;
  readonly left: Int32Array;
}

/** A data set with this many examples; the same counts and random seed draw the same ones. If all are used, their order stays. */
export function sampleDataset(dataset: Dataset, { trainCount, testCount }: ExampleCounts, randomSeed: number): Dataset {
  const sample = (all: Examples, wanted: number, stream: string) =>
    wanted >= all.count ? all : gather(all, draw(all.labels, wanted, createRandom(randomSeed, stream)).drawn);
  return {
    ...dataset,
    train: sample(dataset.train, trainCount, 'sample, train'),
    test: sample(dataset.test, testCount, 'sample, test'),
  };
}

/** Draws `wanted` of all examples; there must be at least that many. */
export function draw(labels: Uint8Array, wanted: number, random: Random): Drawn {
  const missing = quotas(classCounts(labels), wanted, random);
  const order = random.shuffle(Int32Array.from(labels, (_, index) => index));
  const isDrawn = new Uint8Array(labels.length);
  for (const index of order) {
    const label = labels[index] as number;
    if (missing[label] === 0) continue;
    missing[label] = (missing[label] as number) - 1;
    isDrawn[index] = 1;
  }
  order.sort();
  return { drawn: order.filter((index) => isDrawn[index] === 1), left: order.filter((index) => isDrawn[index] === 0) };
}

/**
 * Divides examples like `draw`, but keeps those of a recording together, so that none is learnt from whose neighbours are not. About
 * `wanted` are drawn, but never none of two recordings or more, unless `wanted` is 0. The class of a recording is that of its first example.
 */
export function drawApart({ labels, recordings, count }: Examples, wanted: number, random: Random): Drawn {
  if (!recordings) return draw(labels, wanted, random);
  const first = new Map<number, number>();
  recordings.forEach((recording, index) => {
    if (!first.has(recording)) first.set(recording, index);
  });
  const ids = [...first.keys()];
  const classes = Uint8Array.from(first.values(), (index) => labels[index] as number);
  const least = wanted > 0 && ids.length > 1 ? 1 : 0;
  const chosen = draw(classes, Math.max(least, Math.round((ids.length * wanted) / count)), random).drawn;
  const drawn = new Set(Array.from(chosen, (at) => ids[at]));
  const all = Int32Array.from({ length: count }, (_, index) => index);
  const isDrawn = (index: number) => drawn.has(recordings[index] as number);
  return { drawn: all.filter(isDrawn), left: all.filter((index) => !isDrawn(index)) };
}

/** Divides examples by whether the data name them for validation; null where they name none, or nothing else. */
export function divideAsNamed({ count, validates }: Examples): Drawn | null {
  const all = Int32Array.from({ length: count }, (_, index) => index);
  const drawn = all.filter((index) => validates?.[index] === 1);
  if (drawn.length === 0 || drawn.length === count) return null;
  return { drawn, left: all.filter((index) => validates?.[index] !== 1) };
}

/** The examples at these indices. */
export function gather({ count, values, labels, groups, recordings, validates }: Examples, indices: Int32Array): Examples {
  const size = values.length / count;
  const taken = values instanceof Uint8Array ? new Uint8Array(indices.length * size) : new Float32Array(indices.length * size);
  indices.forEach((from, to) => taken.set(values.subarray(from * size, (from + 1) * size), to * size));
  const pick = (of: Uint8Array) => Uint8Array.from(indices, (index) => of[index] as number);
  return {
    count: indices.length,
    values: taken,
    labels: pick(labels),
    ...(groups && { groups: pick(groups) }),
    ...(recordings && { recordings: Uint32Array.from(indices, (index) => recordings[index] as number) }),
    ...(validates && { validates: pick(validates) }),
  };
}

/** The number of examples of each class. */
export function classCounts(labels: Uint8Array): Int32Array {
  const counts = new Int32Array(256);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/**
 * How many of the `wanted` examples each class provides: its share, rounded down, and one more for the largest remainders. Ties are
 * drawn.
 */
function quotas(counts: Int32Array, wanted: number, random: Random): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.floor((count * wanted) / total));
  // Whole numbers as remainders, so that equal remainders compare as equal.
  const remainder = (label: number) => ((counts[label] as number) * wanted) % total;
  const left = wanted - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = [...random.shuffle(Int32Array.from(counts, (_, label) => label))].sort((a, b) => remainder(b) - remainder(a));
  for (const label of byRemainder.slice(0, left)) shares[label] = (shares[label] as number) + 1;
  return shares;
}
