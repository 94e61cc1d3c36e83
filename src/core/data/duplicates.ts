/** Finds repeated examples: a network would learn from them twice, or be tested on examples that it has learnt. */
import { WorkbenchError } from '../errors';
import { fnv1a } from '../hash';
import { sayLater, type Told } from '../language/told';
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
      sayLater('Every training {thing} of {name} is a test {thing} too, so none is left to learn from. Add other training {things}.', {
        thing: sayLater(words.one),
        things: sayLater(words.many),
        name: sayLater(name),
      }),
    );
  if (kept.length === train.count) return dataset;
  const warnings = [
    ...(again > 0 ? [againText(words, again, contradicting)] : []),
    ...(inTest > 0
      ? [
          sayLater(
            '{count, plural, one {# training {thing} is a test {thing} too} other {# training {things} are test {things} too}}: not learnt from.',
            { count: inTest, thing: sayLater(words.one), things: sayLater(words.many) },
          ),
        ]
      : []),
  ];
  return { ...dataset, train: gather(train, Int32Array.from(kept)), warnings: [...dataset.warnings, ...warnings] };
}

function againText(words: ExampleWords, again: number, contradicting: number): Told {
  const values = { again, contradicting, thing: sayLater(words.one), things: sayLater(words.many) };
  if (contradicting === 0)
    return sayLater(
      '{again, plural, one {# training {thing} repeats} other {# training {things} repeat}} an earlier one: left out, so that each counts once.',
      values,
    );
  return sayLater(
    '{again, plural, one {# training {thing} repeats} other {# training {things} repeat}} an earlier one, {contradicting, number} of them under another class: left out, so that each counts once.',
    values,
  );
}

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
