import { evaluationBatches } from '../data/batches';
import type { ExampleSet } from '../data/dataset';
import { draw, gather } from '../data/sampling';
import { numbersIn } from '../ops/shape';
import { createRandom } from '../random';
import type { ExampleBatch } from './ranges';

/** Ranges hardly change with more: the least that MLPerf Tiny's own files were made with is 10, and the most 1,000. */
export const RANGE_EXAMPLES = 200;
const BATCH = 20;

/**
 * Batches of training examples, unchanged, of each class in proportion; the same ones each time.
 * @param count all of them are taken where there are fewer
 */
export function rangeBatches(
  set: ExampleSet,
  count: number,
  randomSeed: number,
): { readonly count: number; batches(): Iterable<ExampleBatch> } {
  const { labels } = set.examples;
  const taken = Math.min(count, set.examples.count);
  const examples = gather(set.examples, draw(labels, taken, createRandom(randomSeed, 'ranges')).drawn);
  const size = numbersIn(set.shape);
  return {
    count: taken,
    *batches() {
      let left = taken;
      for (const { x } of evaluationBatches({ ...set, examples }, BATCH)) {
        const inBatch = Math.min(BATCH, left);
        yield { x: x.subarray(0, inBatch * size), count: inBatch };
        left -= inBatch;
      }
    },
  };
}
