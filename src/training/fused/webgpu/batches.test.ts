import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { chain } from '../../../../tests/support/networks';
import { conv, relu } from '../../../core/network/builders';
import { expectSame, train } from '../../../../tests/support/training';
import { describeOnWebgpu } from '../../../../tests/support/webgpu';
import { BilevelBatches, TrainingBatches, type BatchSource } from '../../../core/data/batches';
import type { ExampleSet } from '../../../core/data/dataset';
import { createRandom } from '../../../core/random';
import type { Batch } from '../../../core/data/batches';
import { createReferenceStep } from '../../referenceStep';
import { fittingSets } from './batches';
import { createWebgpuStep } from './step';

/** Pictures of random bytes, whose sizes do not fill whole words. */
function pictures(channels: number, seed: number): ExampleSet {
  const random = createRandom(seed, 'pictures');
  const bytes = (count: number, most: number) => Uint8Array.from({ length: count }, () => random.integer(most));
  const count = 15;
  return {
    shape: [7, 9, channels],
    examples: { count, values: bytes(count * 7 * 9 * channels, 256), labels: bytes(count, 5) },
    normalization: {
      mean: Array.from({ length: channels }, (_, c) => 0.3 + 0.1 * c),
      deviation: Array.from({ length: channels }, (_, c) => 0.2 + 0.1 * c),
    },
  };
}

const training = (set: ExampleSet) => new TrainingBatches(set, 5, { flip: true, shift: 2 }, createRandom(6, 'batches'));

/** The same batches, which fail when their numbers are read. */
const drawnOnly = (source: BatchSource): BatchSource => ({
  perEpoch: source.perEpoch,
  sets: source.sets,
  turn: (step) => source.turn(step),
  next(): Batch {
    const { labels, drawn } = source.next();
    return {
      labels,
      ...(drawn && { drawn }),
      get x(): Float32Array {
        throw new Error('these pictures lie on the device');
      },
    };
  },
});

describeOnWebgpu('batches on WebGPU', () => {
  it.each([1, 3, 6])('are gathered from pictures on the device: %i channels', async (channels) => {
    const network = chain([7, 9, channels], [conv(8, [3, 3], [1, 1], 'same'), relu]);
    const set = pictures(channels, 1);
    await useBackend('wasm');
    const expected = await train(network, createReferenceStep, { steps: 4, batches: training(set) });
    await useBackend('webgpu');
    expectSame(await train(network, createWebgpuStep, { steps: 4, batches: drawnOnly(training(set)) }), expected);
  });

  it('are gathered from two sets in turns', async () => {
    const network = chain([7, 9, 3], [conv(8, [3, 3], [1, 1], 'same'), relu]);
    const turns = () => new BilevelBatches(training(pictures(3, 1)), training(pictures(3, 2)), 'steps');
    await useBackend('wasm');
    const expected = await train(network, createReferenceStep, { steps: 4, batches: turns() });
    await useBackend('webgpu');
    expectSame(await train(network, createWebgpuStep, { steps: 4, batches: drawnOnly(turns()) }), expected);
  });
});

describe('picture sets', () => {
  it('stay off a device whose buffers they do not fit', () => {
    const set = pictures(3, 1);
    const limits = (bytes: number) => ({ maxStorageBufferBindingSize: bytes, maxBufferSize: 1e9 }) as GPUSupportedLimits;
    expect(fittingSets([set], limits(1000))).toEqual([]);
    expect(fittingSets([set], limits(10_000))).toEqual([set]);
  });
});
