/** Whole runs one after another, as a page that stays open sees them. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallSearch } from '../../../tests/support/search';
import { heapBytes } from '../../backends/backend';

it('whole runs leave no tensors and no memory behind, however many there are', async () => {
  await useBackend('wasm');
  const left: { tensors: number; bytes: number }[] = [];
  for (let round = 0; round < 12; round++) {
    const { search } = smallSearch({ method: round % 2 === 0 ? 'supernet' : 'supernet+pit' });
    await runToEnd(search);
    search.dispose();
    left.push({ tensors: memory().numTensors, bytes: heapBytes() });
  }
  // The first runs make tfjs's memory as large as the largest of them needs.
  expect(left.at(-1)).toEqual(left[3]);
});
