/** Makes sets of examples one by one, each from random numbers of its own. */
import { createRandom, type Random } from '../../random';
import type { Examples } from '../dataset';

/** What a generator makes. */
export interface Recipe<Values extends Uint8Array | Float32Array> {
  /** A name for the random numbers, such as "scenes". */
  readonly stream: string;
  readonly classes: number;
  /** Room for this many values. */
  room(length: number): Values;
  /** Values of one example. */
  readonly size: number;
  /** Writes an example of the class to `target`, which holds zeros. */
  write(target: Values, label: number, random: Random, split: Split): void;
}

export type Split = 'train' | 'test';

/**
 * Examples whose classes take turns, so that every class has the same number of them. Each example draws from a stream of its
 * own, so that a longer set starts with the shorter one, and no test example depends on a training example.
 */
export function makeExamples<Values extends Uint8Array | Float32Array>(
  recipe: Recipe<Values>,
  count: number,
  seed: number,
  split: Split,
): Examples {
  const { stream, classes, size } = recipe;
  const values = recipe.room(count * size);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % classes);
  for (let index = 0; index < count; index++) {
    const random = createRandom(seed, `${stream}, ${split}, ${index}`);
    recipe.write(values.subarray(index * size, (index + 1) * size) as Values, index % classes, random, split);
  }
  return { count, values, labels };
}
