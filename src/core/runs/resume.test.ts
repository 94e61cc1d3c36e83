/** A search in several sessions must equal the one that nobody stopped. resume.long.test.ts stops it everywhere. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { timeless } from '../../../tests/support/search';
import { inSessions, lasting, session } from '../../../tests/support/sessions';
import { stoppedSearches } from '../../../tests/support/stoppedSearches';
import { referenceEngine } from '../../training/engine';
import { strategies } from '../strategies/index';
import { tournament } from '../../../tests/support/tournament';

beforeAll(async () => {
  await useBackend('wasm');
  strategies.push(tournament);
  return () => void strategies.pop();
});

describe.each(stoppedSearches)('a search %s', (_, config, pauses) => {
  it('in many sessions equals itself in one, number for number', async () => {
    const whole = await session(config);
    const last = await inSessions(config, pauses);
    expect(lasting(last.run)).toEqual(lasting(whole.run));
    expect(last.weights).toEqual(whole.weights);
  });
});

describe('a search with a checkpoint', () => {
  const config = { method: 'supernet', epochs: { warmup: 1, search: 1, finetune: 1 } };

  it('goes as without one, however often that is written', async () => {
    const [without, always] = [await session(config), await session(config, { always: true })];
    expect(timeless(always.events)).toEqual(timeless(without.events));
    expect(lasting(always.run)).toEqual(lasting(without.run));
  });

  it('goes on with the reference step too', async () => {
    const [whole, last] = [await session(config, { engine: referenceEngine }), await inSessions(config, 6, { engine: referenceEngine })];
    expect(lasting(last.run)).toEqual(lasting(whole.run));
    expect(last.weights).toEqual(whole.weights);
  });

  it('tells its result again when it had ended, and trains nothing', async () => {
    const whole = await session(config);
    const again = await session(config, { from: whole.file });
    expect(again.pauses).toBe(0);
    expect(again.events.map(({ kind }) => kind)).toEqual(['started', 'result']);
    expect(lasting(again.run)).toEqual(lasting(whole.run));
    expect(again.weights).toEqual(whole.weights);
  });

  it('refuses to go on another way than the checkpoint tells', async () => {
    const { file } = await session(config, { pause: 6 });
    await expect(session({ ...config, method: 'pit' }, { from: file })).rejects.toThrow(/^The search does not go the way/);
  });

  it('refuses a training step that cannot be captured', async () => {
    const engine = {
      createStep: async (...options: Parameters<typeof referenceEngine.createStep>) => {
        const { memory: _, ...step } = await referenceEngine.createStep(...options);
        return step;
      },
    };
    await expect(session(config, { engine })).rejects.toThrow('A checkpoint cannot hold a training step that runs reference.');
  });
});
