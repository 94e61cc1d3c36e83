import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { said } from '../../src/core/language/told';
import type { Engine } from '../../src/core/search/training/engine';
import { referenceEngine } from '../../src/training/engine';
import { useBackend } from './backends';
import { runToEnd, smallSearch } from './search';

const epochs = { warmup: 1, search: 1, finetune: 1 };

/** Runs a whole search; returns the losses of each epoch, the steps' implementations and the result. */
export async function searchWith(chosen: Engine, method = 'supernet+pit') {
  const before = memory().numTensors;
  const { search } = smallSearch({ method, epochs }, 20, chosen);
  const events = await runToEnd(search);
  const { result } = search;
  search.dispose();
  expect(memory().numTensors).toBe(before);
  return {
    losses: events.flatMap((event) => (event.kind === 'epoch' ? [[event.trainLoss, event.validationLoss]] : [])),
    implementations: new Set(events.flatMap((event) => (event.kind === 'phase' ? [said(event.implementation)] : []))),
    result,
  };
}

/** Expects what `searchWith` gave to be what the reference engine gives. @param what the steps' implementation */
export async function expectSameSearch(fused: Awaited<ReturnType<typeof searchWith>>, what: RegExp, method?: string) {
  await useBackend('wasm');
  const reference = await searchWith(referenceEngine, method);
  expect([...fused.implementations].join()).toMatch(what);
  expect(fused.losses).toHaveLength(reference.losses.length);
  // Adam divides by the gradient's size, so rounding errors show after a few steps, and later epochs diverge a little: by up to a tenth
  // of the loss on the few validation pictures.
  for (const [epoch, losses] of reference.losses.entries())
    for (const [which, loss] of losses.entries())
      expect(Math.abs((fused.losses[epoch]?.[which] as number) / loss - 1), `epoch ${epoch}`).toBeLessThan(epoch === 0 ? 2e-3 : 0.15);
  expect(fused.result?.constraints.every(({ met }) => met)).toBe(true);
}
