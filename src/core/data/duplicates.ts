/** Pictures that a data set holds more than once: learnt from twice, or tested on after they were learnt. */
import { WorkbenchError } from '../errors';
import { fnv1a } from '../hash';
import type { Dataset, Pictures } from './dataset';
import { gather } from './sampling';

/**
 * The data set with every training picture once, and without those that the test set holds too. The test set stays whole.
 * Pictures are the same when all their pixels are, whatever their classes; the first one stays. Warnings say how many went.
 * @throws WorkbenchError `invalid-data` when no training picture is left
 */
export function withoutDuplicates(dataset: Dataset): Dataset {
  const { train, test, name } = dataset;
  const tested = new PictureIndex(test);
  for (let index = 0; index < test.count; index++) tested.add(index, hashOf(test, index));
  const learnt = new PictureIndex(train);
  const kept: number[] = [];
  let [inTest, again, contradicting] = [0, 0, 0];
  for (let index = 0; index < train.count; index++) {
    const hash = hashOf(train, index);
    const pixels = pixelsAt(train, index);
    const first = learnt.find(pixels, hash);
    if (first !== undefined) {
      again += 1;
      if (train.labels[first] !== train.labels[index]) contradicting += 1;
      continue;
    }
    learnt.add(index, hash);
    if (tested.find(pixels, hash) === undefined) kept.push(index);
    else inTest += 1;
  }
  if (kept.length === 0 && train.count > 0)
    throw new WorkbenchError(
      'invalid-data',
      `Every training picture of ${name} is a test picture too, so none is left to learn from. Add other training pictures.`,
    );
  if (kept.length === train.count) return dataset;
  const warnings = [
    ...(again > 0 ? [againText(again, contradicting)] : []),
    ...(inTest > 0
      ? [`${counted(inTest, 'training picture')} ${inTest === 1 ? 'is a test picture' : 'are test pictures'} too: not learnt from.`]
      : []),
  ];
  return { ...dataset, train: gather(train, Int32Array.from(kept)), warnings: [...dataset.warnings, ...warnings] };
}

function againText(again: number, contradicting: number): string {
  const classes = contradicting > 0 ? `, ${contradicting.toLocaleString('en')} of them under another class` : '';
  return `${counted(again, 'training picture')} ${again === 1 ? 'repeats' : 'repeat'} an earlier one${classes}: left out, so that each counts once.`;
}

const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** Finds pictures by their pixels: by a hash of them, and byte by byte among those of equal hash. */
class PictureIndex {
  readonly #byHash = new Map<number, number[]>();

  constructor(private readonly pictures: Pictures) {}

  add(index: number, hash: number): void {
    const others = this.#byHash.get(hash);
    if (others) others.push(index);
    else this.#byHash.set(hash, [index]);
  }

  /** The first picture that was added with these pixels. */
  find(pixels: Uint8Array, hash: number): number | undefined {
    return this.#byHash.get(hash)?.find((index) => sameBytes(pixelsAt(this.pictures, index), pixels));
  }
}

const hashOf = (pictures: Pictures, index: number) => fnv1a(pixelsAt(pictures, index));

function pixelsAt({ count, pixels }: Pictures, index: number): Uint8Array {
  const size = pixels.length / count;
  return pixels.subarray(index * size, (index + 1) * size);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}
