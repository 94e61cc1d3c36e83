/** Finds repeated examples: a network would learn from them twice, or be tested on examples that it has learnt. */
import { WorkbenchError } from '../errors';
import { fnv1a } from '../hash';
import { counted } from '../words';
import type { Dataset, Examples, ExampleWords } from './dataset';
import { gather } from './sampling';

/**
 * Returns the data set with every training example once, and without those that the test set also holds. The test set stays whole.
 * Two examples are the same when all their values agree, whatever their classes; the first one stays. Warnings say how many were
 * removed.
 * @throws WorkbenchError `invalid-data` when no training example is left
 */
export function withoutDuplicates(dataset: Dataset): Dataset {
  const { train, test, name, words } = dataset;
  const tested = new ExampleIndex(test);
  for (let index = 0; index < test.count; index++) tested.add(index, hashOf(test, index));
  const learnt = new ExampleIndex(train);
  const kept: number[] = [];
  let [inTest, again, contradicting] = [0, 0, 0];
  for (let index = 0; index < train.count; index++) {
    const hash = hashOf(train, index);
    const bytes = bytesAt(train, index);
    const first = learnt.find(bytes, hash);
    if (first !== undefined) {
      again += 1;
      if (train.labels[first] !== train.labels[index]) contradicting += 1;
      continue;
    }
    learnt.add(index, hash);
    if (tested.find(bytes, hash) === undefined) kept.push(index);
    else inTest += 1;
  }
  if (kept.length === 0 && train.count > 0)
    throw new WorkbenchError(
      'invalid-data',
      `Every training ${words.one} of ${name} is a test ${words.one} too, so none is left to learn from. Add other training ${words.many}.`,
    );
  if (kept.length === train.count) return dataset;
  const warnings = [
    ...(again > 0 ? [againText(words, again, contradicting)] : []),
    ...(inTest > 0
      ? [`${inTraining(words, inTest)} ${inTest === 1 ? `is a test ${words.one}` : `are test ${words.many}`} too: not learnt from.`]
      : []),
  ];
  return { ...dataset, train: gather(train, Int32Array.from(kept)), warnings: [...dataset.warnings, ...warnings] };
}

function againText(words: ExampleWords, again: number, contradicting: number): string {
  const classes = contradicting > 0 ? `, ${contradicting.toLocaleString('en')} of them under another class` : '';
  return `${inTraining(words, again)} ${again === 1 ? 'repeats' : 'repeat'} an earlier one${classes}: left out, so that each counts once.`;
}

const inTraining = ({ one, many }: ExampleWords, count: number) => counted(count, `training ${one}`, `training ${many}`);

/** Finds examples by a hash of their bytes, and compares those with equal hashes byte by byte. */
class ExampleIndex {
  readonly #byHash = new Map<number, number[]>();

  constructor(private readonly examples: Examples) {}

  add(index: number, hash: number): void {
    const others = this.#byHash.get(hash);
    if (others) others.push(index);
    else this.#byHash.set(hash, [index]);
  }

  /** The first example that was added with these bytes. */
  find(bytes: Uint8Array, hash: number): number | undefined {
    return this.#byHash.get(hash)?.find((index) => sameBytes(bytesAt(this.examples, index), bytes));
  }
}

const hashOf = (examples: Examples, index: number) => fnv1a(bytesAt(examples, index));

function bytesAt({ count, values }: Examples, index: number): Uint8Array {
  const size = values.byteLength / count;
  return new Uint8Array(values.buffer, values.byteOffset + index * size, size);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}
