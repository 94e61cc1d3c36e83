/** Networks run on the graphics device, which a processor stands in for slowly; inference.test.ts has WebAssembly. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { logitsOf, madeBefore } from '../../../tests/support/logits';
import { droppedOut, networks } from '../../../tests/support/networks';
import { searches } from '../../../tests/support/searches';
import { difference } from '../../../tests/support/training';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { createReferenceInference } from '../referenceInference';
import { createWebgpuInference } from './webgpu/inference';

describeOnWebgpu('a network run on WebGPU', () => {
  it.each([...networks, ...droppedOut])('gives the same logits as run by tfjs: %s', async (_description, network) => {
    await useBackend('wasm');
    const expected = await logitsOf(network, undefined, createReferenceInference);
    await useBackend('webgpu');
    const tensors = memory().numTensors;
    expect(difference(await logitsOf(network, undefined, createWebgpuInference), expected)).toBeLessThan(5e-5);
    expect(memory().numTensors).toBe(tensors);
  });

  it.each(searches)('gives the same logits as run by tfjs in a search %s', async (_description, network, { search }) => {
    await useBackend('wasm');
    const expected = await logitsOf(network, search, createReferenceInference);
    await useBackend('webgpu');
    const found = await logitsOf(network, search, createWebgpuInference);
    expect(difference(found, expected)).toBeLessThan(5e-5);
    // A network that learns is followed as if its inference were made anew.
    expect(await logitsOf(network, search, madeBefore(createWebgpuInference))).toEqual(found);
  });
});
