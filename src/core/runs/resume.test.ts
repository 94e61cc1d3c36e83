/** A search in several sittings must equal the one that nobody stopped. resume.long.test.ts stops it everywhere. */
import { tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { dependencies, timeless } from '../../../tests/support/search';
import { differing, inSittings, lasting, sitting } from '../../../tests/support/sittings';
import { stoppedSearches } from '../../../tests/support/stoppedSearches';
import { referenceEngine } from '../../training/engine';
import type { OptimizerState } from '../search/training/optimizers';
import { strategies } from '../strategies/index';
import { tournament } from '../../../tests/support/tournament';

beforeAll(async () => {
  await useBackend('wasm');
  strategies.push(tournament);
  return () => void strategies.pop();
});

describe.each(stoppedSearches)('a search %s', (_, config, pauses) => {
  it('in many sittings equals itself in one, number for number', async () => {
    const whole = await sitting(config);
    const last = await inSittings(config, pauses);
    expect(lasting(last.run)).toEqual(lasting(whole.run));
    expect(differing(last.weights, whole.weights)).toEqual([]);
  });
});

describe('a search with a checkpoint', () => {
  const config = { method: 'supernet', epochs: { warmup: 1, search: 1, finetune: 1 } };

  it('goes as without one, however often that is written', async () => {
    const [without, always] = [await sitting(config), await sitting(config, { always: true })];
    expect(timeless(always.events)).toEqual(timeless(without.events));
    expect(lasting(always.run)).toEqual(lasting(without.run));
  });

  it('goes on with the reference step too', async () => {
    const [whole, last] = [await sitting(config, { engine: referenceEngine }), await inSittings(config, 6, { engine: referenceEngine })];
    expect(lasting(last.run)).toEqual(lasting(whole.run));
    expect(differing(last.weights, whole.weights)).toEqual([]);
  });

  it('goes back to the last good epoch when a loss is no number after it has gone on', async () => {
    const failing = {
      createStep: async (...options: Parameters<typeof dependencies.createStep>) => {
        const step = await dependencies.createStep(...options);
        // The phase's tenth step, in the third epoch.
        let left = 10;
        return {
          ...step,
          run: (...given: Parameters<typeof step.run>) => {
            const report = step.run(...given);
            if ((left -= 1) !== 0) return report;
            report.metrics.dispose();
            return { metrics: tensor1d([NaN, NaN]) };
          },
          memory: {
            read: async () => [
              ...((await step.memory?.read()) ?? []),
              { moments: [{ name: 'left', steps: left, first: new Float32Array(), second: null }] },
            ],
            restore(states: readonly OptimizerState[]) {
              left = (states.at(-1) as OptimizerState).moments[0]?.steps as number;
              step.memory?.restore(states.slice(0, -1));
            },
          },
        };
      },
    };
    const long = { ...config, epochs: { warmup: 0, search: 4, finetune: 0 } };
    // It is stopped just before, so that the good epoch is of the sitting before.
    const [whole, last] = [await sitting(long, { engine: failing }), await inSittings(long, 11, { engine: failing })];
    expect(whole.failure).toMatch(/search, epoch 3, step 2/);
    expect(last.failure).toBe(whole.failure);
    expect(differing(last.weights, whole.weights)).toEqual([]);
  });

  it('tells its result again when it had ended, and trains nothing', async () => {
    const whole = await sitting(config);
    const again = await sitting(config, { from: whole.file });
    expect(again.pauses).toBe(0);
    expect(again.events.map(({ kind }) => kind)).toEqual(['started', 'result']);
    expect(lasting(again.run)).toEqual(lasting(whole.run));
    expect(differing(again.weights, whole.weights)).toEqual([]);
  });

  it('refuses to go on another way than the checkpoint tells', async () => {
    const { file } = await sitting(config, { pause: 6 });
    await expect(sitting({ ...config, method: 'pit' }, { from: file })).rejects.toThrow(/^The search does not go the way/);
  });

  it('refuses a training step that cannot be captured', async () => {
    const engine = {
      createStep: async (...options: Parameters<typeof referenceEngine.createStep>) => {
        const { memory: _, ...step } = await referenceEngine.createStep(...options);
        return step;
      },
    };
    await expect(sitting(config, { engine })).rejects.toThrow('A checkpoint cannot hold a training step that runs reference.');
  });
});
