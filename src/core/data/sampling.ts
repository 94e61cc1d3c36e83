/** Which pictures are used, and for what: drawn at random, class by class, so that every part keeps the classes' shares. */
import { createRandom, type Random } from '../random';
import type { Dataset, Pictures } from './dataset';

/** How many pictures to use at most. */
export interface PictureCounts {
  readonly trainCount: number;
  readonly testCount: number;
}

/** Indices of pictures, in rising order: those that were drawn, and the others. */
export interface Drawn {
  readonly drawn: Int32Array;
  readonly left: Int32Array;
}

/** A data set of so many pictures; the same counts and random seed draw the same ones. All there are stay as they are, in their order. */
export function sampleDataset(dataset: Dataset, { trainCount, testCount }: PictureCounts, randomSeed: number): Dataset {
  const sample = (all: Pictures, wanted: number, stream: string) =>
    wanted >= all.count ? all : gather(all, draw(all.labels, wanted, createRandom(randomSeed, stream)).drawn);
  return {
    ...dataset,
    train: sample(dataset.train, trainCount, 'sample, train'),
    test: sample(dataset.test, testCount, 'sample, test'),
  };
}

/** Draws `wanted` of all pictures; there must be as many. */
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

/** The pictures at these indices. */
export function gather(all: Pictures, indices: Int32Array): Pictures {
  const size = all.pixels.length / all.count;
  const pixels = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((from, to) => {
    pixels.set(all.pixels.subarray(from * size, (from + 1) * size), to * size);
    labels[to] = all.labels[from] as number;
  });
  return { count: indices.length, pixels, labels };
}

/** How many pictures there are of each class. */
export function classCounts(labels: Uint8Array): Int32Array {
  const counts = new Int32Array(256);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/** What each class gives of `wanted` pictures: its share, rounded down, and one more for the largest remainders. Ties are drawn. */
function quotas(counts: Int32Array, wanted: number, random: Random): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.floor((count * wanted) / total));
  // The remainders as whole numbers, so that equal ones are equal.
  const remainder = (label: number) => ((counts[label] as number) * wanted) % total;
  const left = wanted - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = [...random.shuffle(Int32Array.from(counts, (_, label) => label))].sort((a, b) => remainder(b) - remainder(a));
  for (const label of byRemainder.slice(0, left)) shares[label] = (shares[label] as number) + 1;
  return shares;
}
