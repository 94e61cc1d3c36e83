import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { evaluationBatches, TrainingBatches } from './batches';
import { normalizationOf, type Examples } from './dataset';

/** Pictures of 2x3 pixels with one channel. A pixel's value is ten times the picture's label plus its column. */
const shape = [2, 3, 1] as const;
function columns(labels: readonly number[]): Examples {
  return {
    count: labels.length,
    labels: Uint8Array.from(labels),
    values: Uint8Array.from(labels.flatMap((label) => Array.from({ length: 6 }, (_, i) => 10 * label + (i % 3)))),
  };
}
const raw = { mean: [0], deviation: [1 / 255] };
const set = (pictures: Examples) => ({ examples: pictures, shape, normalization: raw });

describe('training batches', () => {
  it('show every picture once per epoch, in a new order each time', () => {
    const batches = new TrainingBatches(set(columns([0, 1, 2, 3, 4, 5, 6])), 2, null, createRandom(1, 'test'));
    expect(batches.perEpoch).toBe(3);
    const epoch = () => Array.from({ length: 3 }, () => [...batches.next().labels]).flat();
    const [first, second] = [epoch(), epoch()];
    expect(new Set(first).size).toBe(6);
    expect(new Set(second).size).toBe(6);
    expect(first).not.toEqual(second);
  });

  it('flip left to right, and shift in the mean colour', () => {
    const batches = new TrainingBatches(set(columns([1, 1])), 1, { flip: true, shift: 1 }, createRandom(1, 'test'));
    const seen = new Set(Array.from({ length: 200 }, () => Array.from(batches.next().x, (value) => Math.round(value)).join(' ')));
    // Two mirrors times three shifts along each of two axes.
    expect(seen.size).toBe(18);
    expect(seen).toContain('10 11 12 10 11 12');
    expect(seen).toContain('12 11 10 12 11 10');
    expect(seen).toContain('0 10 11 0 10 11');
    expect(seen).toContain('0 0 0 11 12 0');
  });

  it('leave pictures alone without augmentation', () => {
    const batches = new TrainingBatches(set(columns([2])), 1, null, createRandom(1, 'test'));
    expect(Array.from(batches.next().x, Math.round)).toEqual([20, 21, 22, 20, 21, 22]);
  });
});

describe('evaluation batches', () => {
  it('keep the order and fill the last one up with weight 0', () => {
    const all = [...evaluationBatches(set(columns([3, 1, 2])), 2)];
    expect(all.map(({ labels, weights }) => [[...labels], [...weights]])).toEqual([
      [
        [3, 1],
        [1, 1],
      ],
      [
        [2, 0],
        [1, 0],
      ],
    ]);
  });
});

describe('data sets', () => {
  it('are normalised to mean 0 and deviation 1 per channel', () => {
    const values = Uint8Array.from({ length: 3 * 8 }, (_, i) => (i % 3 === 2 ? 7 : (i * 37) % 256));
    const { mean, deviation } = normalizationOf({ count: 4, values, labels: new Uint8Array(4) }, [1, 1, 3]);
    for (const channel of [0, 1]) {
      const normalised = [...values]
        .filter((_, i) => i % 3 === channel)
        .map((value) => (value / 255 - (mean[channel] as number)) / (deviation[channel] as number));
      expect(normalised.reduce((a, b) => a + b) / 8).toBeCloseTo(0, 10);
      expect(normalised.reduce((a, b) => a + b * b, 0) / 8).toBeCloseTo(1, 10);
    }
    expect(deviation[2]).toBe(1);
  });

  it('of vectors share one mean and one deviation', () => {
    const { mean, deviation } = normalizationOf({ count: 2, values: Float32Array.of(0, 4, 2, 6), labels: new Uint8Array(2) }, [2]);
    expect(mean).toEqual([3, 3]);
    expect(deviation).toEqual([Math.sqrt(5), Math.sqrt(5)]);
  });
});
