/** Which networks a ranking before training puts on trial. */
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import type { SearchConfig } from '../config/searchConfig';
import { candidateNetworks } from '../search/networks/candidateNetworks';
import { searchSpace } from '../search/space';

beforeAll(() => useBackend('wasm'));

const epochs = { warmup: 1, search: 1, finetune: 1 };
const networks = (() => {
  const space = searchSpace({ task: 'ic', device: 'gap8' }, 10);
  return candidateNetworks(space.supernet, space.candidates);
})();

/** The choices in the first round of trials, and how many networks were ranked. */
async function tried(config: Partial<SearchConfig>) {
  const { search } = smallSearch({ method: 'training-free', epochs, ...config }, 40);
  const before = memory().numTensors;
  const events = await runToEnd(search);
  search.dispose();
  expect(memory().numTensors).toBe(before);
  const trials = events.flatMap((event) => (event.kind === 'trial' ? [event.choice] : []));
  return { choices: trials.slice(0, config.networks ?? undefined), ranked: events.filter(({ kind }) => kind === 'ranking').length };
}

it.each(['params', 'macs', 'balance'] as const)('the networks with the most %s enter the trials', async (score) => {
  const all = networks.list(smallConfig.targets) ?? [];
  const size = (code: (typeof all)[number]) => (score === 'balance' ? networks.balance(code) : (networks.costs(code)[score] as number));
  const largest = all.toSorted((a, b) => size(b) - size(a) || (networks.costs(b).params ?? 0) - (networks.costs(a).params ?? 0));
  const { choices, ranked } = await tried({ score, networks: 3 });
  expect(ranked).toBe(321);
  expect(choices).toEqual(largest.slice(0, 3).map((code) => networks.describe(code).choice));
});

it.each(['synflow', 'naswot'] as const)('networks are ranked by %s, which reads values, and leave no tensors', async (score) => {
  const targets = { flashBytes: 14_000, latencyMs: 3 };
  const all = networks.list(targets) ?? [];
  expect(all.length).toBeGreaterThan(2);
  expect(all.length).toBeLessThan(20);
  const { choices, ranked } = await tried({ score, targets, networks: 2 });
  expect(ranked).toBe(all.length);
  expect(new Set(choices.map((choice) => JSON.stringify(choice))).size).toBe(2);
});
