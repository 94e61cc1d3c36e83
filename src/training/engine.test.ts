import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { runToEnd, smallSearch } from '../../tests/support/search';
import { describeOnWebgpu } from '../../tests/support/webgpu';
import { nodeKernels } from '../backends/nodeKernels';
import { missingFile } from '../core/errors';
import type { Engine } from '../core/search/training/engine';
import { engine, referenceEngine } from './engine';
import { deviceComputesRight } from './fused/webgpu/deviceCheck';

const epochs = { warmup: 1, search: 1, finetune: 1 };

/** Runs a whole search; returns the losses of each epoch, the steps' implementations and the result. */
async function searchWith(chosen: Engine, method = 'supernet+pit') {
  const before = memory().numTensors;
  const { search } = smallSearch({ method, epochs }, 20, chosen);
  const events = await runToEnd(search);
  const { result } = search;
  search.dispose();
  expect(memory().numTensors).toBe(before);
  return {
    losses: events.flatMap((event) => (event.kind === 'epoch' ? [[event.trainLoss, event.validationLoss]] : [])),
    implementations: new Set(events.flatMap((event) => (event.kind === 'phase' ? [event.implementation] : []))),
    result,
  };
}

async function expectSameSearch(fused: Awaited<ReturnType<typeof searchWith>>, what: RegExp, method?: string) {
  await useBackend('wasm');
  const reference = await searchWith(referenceEngine, method);
  expect([...fused.implementations].join()).toMatch(what);
  expect(fused.losses).toHaveLength(reference.losses.length);
  // Adam divides by the gradient's size, so rounding errors show after a few steps, and later epochs diverge a little.
  for (const [epoch, losses] of reference.losses.entries())
    for (const [which, loss] of losses.entries())
      expect(Math.abs((fused.losses[epoch]?.[which] as number) / loss - 1), `epoch ${epoch}`).toBeLessThan(epoch === 0 ? 2e-3 : 0.1);
  expect(fused.result?.constraints.every(({ met }) => met)).toBe(true);
}

describe('a whole search on the fused engine', () => {
  it('goes the reference’s way on WebAssembly', async () => {
    await useBackend('wasm');
    await expectSameSearch(await searchWith(engine(nodeKernels)), /^fused on \d+ thread/);
  });

  it('goes it alone, and says so, where no helper thread can be started', async () => {
    await useBackend('wasm');
    const startHelper = () => Promise.reject(new Error('no nested workers here'));
    const { implementations } = await searchWith(engine({ ...nodeKernels, threads: 2, startHelper }));
    expect([...implementations].join()).toMatch(/^fused on 1 thread, since no nested workers here/);
  });

  it('does not go it alone where the helper’s script is missing: a reload brings it', async () => {
    await useBackend('wasm');
    const startHelper = () => Promise.reject(missingFile('A helper thread', 'its script did not come'));
    await expect(searchWith(engine({ ...nodeKernels, threads: 2, startHelper }))).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describeOnWebgpu('a whole search on the fused engine', () => {
  // The check runs here because the search below compiles the same kernels.
  it('passes the check of a device that computes right, which leaves nothing behind', { timeout: 120_000 }, async () => {
    await useBackend('webgpu');
    const before = memory().numTensors;
    expect(await deviceComputesRight()).toBe(true);
    expect(memory().numTensors).toBe(before);
  });

  it('goes the reference’s way on WebGPU', { timeout: 120_000 }, async () => {
    await useBackend('webgpu');
    // This searches channels only, because those kernels compile in a fraction of the time.
    await expectSameSearch(await searchWith(engine(nodeKernels), 'pit'), /^fused on the graphics device$/, 'pit');
  });
});
