import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import { trialStrategies } from '../../../tests/support/trialStrategies';
import { candidateNetworks } from '../search/networks/candidateNetworks';

beforeAll(() => useBackend('wasm'));

describe.each(trialStrategies)('the strategy %s', (method, more) => {
  it('does as much work as the gradient search, or as the budget says', async () => {
    const work = async (config: Parameters<typeof smallSearch>[0]) => {
      const space = method === 'one-shot' ? 'any' : 'candidates';
      const { search } = smallSearch({ method, space, epochs: { warmup: 2, search: 3, finetune: 12 }, ...more, ...config }, 40);
      await runToEnd(search);
      const { result } = search;
      const epoch = search.epochMacs(search.space.seed);
      const supernet = search.epochMacs(search.space.supernet);
      const networks = candidateNetworks(search.space.supernet, search.space.candidates);
      const tuned = search.epochMacs(networks.describe(networks.largest(smallConfig.targets, 'params')).plan);
      search.dispose();
      return { done: result?.trainedMacs as number, epoch, gradient: 5 * supernet + 12 * tuned };
    };
    const { done, gradient } = await work({});
    expect(Math.abs(done / gradient - 1)).toBeLessThan(0.1);
    const given = await work({ budget: 16 });
    expect(Math.abs(given.done / (16 * given.epoch) - 1)).toBeLessThan(0.15);
  });
});
