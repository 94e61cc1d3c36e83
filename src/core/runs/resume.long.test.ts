/** Stops searches at every fifth of their pauses, and goes on. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { differing, inSittings, lasting, sitting } from '../../../tests/support/sittings';
import { stoppedSearches } from '../../../tests/support/stoppedSearches';
import { tournament } from '../../../tests/support/tournament';
import { strategies } from '../strategies/index';

beforeAll(async () => {
  await useBackend('wasm');
  strategies.push(tournament);
  return () => void strategies.pop();
});

describe.each(stoppedSearches)('a search %s', (_, config) => {
  it('goes on from every fifth pause as if nothing had happened', { timeout: 600_000 }, async () => {
    const whole = await sitting(config);
    for (let pause = 0; pause < whole.pauses; pause += 5) {
      const { file } = await sitting(config, { pause });
      const last = await sitting(config, { from: file });
      expect(lasting(last.run), `stopped at pause ${pause}`).toEqual(lasting(whole.run));
      expect(differing(last.weights, whole.weights), `stopped at pause ${pause}`).toEqual([]);
    }
  });
});

it('a search goes on in the midst of a supernet’s paths, and of the networks that are scored with it', { timeout: 120_000 }, async () => {
  const paths = { method: 'one-shot', space: 'any', networks: 3, budget: 5 } as const;
  const whole = await sitting(paths);
  const last = await inSittings(paths, Math.ceil(whole.pauses / 4));
  expect(lasting(last.run)).toEqual(lasting(whole.run));
  expect(differing(last.weights, whole.weights)).toEqual([]);
});
