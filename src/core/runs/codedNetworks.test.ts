import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallSearch } from '../../../tests/support/search';
import type { SpaceKind } from '../config/searchConfig';
import { CodedNetworks } from './codedNetworks';
import { chosenPairs, MOST_PAIRS } from '../../cli/evaluation/baselines/pairs';

const spaces: readonly (readonly [SpaceKind, ...SpaceKind[]])[] = [['candidates'], ['channels'], ['candidates', 'channels']];

beforeAll(() => useBackend('wasm'));

describe.each(spaces.map((searches) => ({ name: searches.join('+'), networks: new CodedNetworks(10, searches) })))(
  'networks of $name by id',
  ({ networks }) => {
    it('are different, and within the targets of every pair', () => {
      for (const pair of chosenPairs(MOST_PAIRS)) {
        const targets = pair.targets(networks.space);
        const random = networks.random(targets, 12);
        expect(random).toHaveLength(12);
        expect(new Set(random).size).toBe(12);
        const largest = networks.largest(targets).map(({ network }) => network);
        expect(largest.length).toBeGreaterThan(0);
        for (const id of [...random, ...largest]) {
          const { flashBytes, latencyMs } = networks.costsOf(id);
          expect(flashBytes).toBeLessThanOrEqual(targets.flashBytes as number);
          expect(latencyMs).toBeLessThanOrEqual(targets.latencyMs as number);
        }
      }
    });

    it('have the seed network among them', () => {
      expect(networks.costsOf(networks.seed)).toEqual(networks.space.seedCosts);
      expect(networks.planOf(networks.seed).network).toEqual(networks.space.seed.network);
    });
  },
);

it('all networks of a small space are drawn where fewer fit than are wanted', () => {
  const networks = new CodedNetworks(10, ['candidates']);
  const [tightest] = chosenPairs(MOST_PAIRS);
  const targets = tightest?.targets(networks.space) ?? {};
  expect(networks.random(targets, 40)).toHaveLength(networks.count(targets) as number);
});

it.each([
  ['supernet', 'any', ['candidates']],
  ['pit', 'any', ['channels']],
  ['supernet+pit', 'any', ['candidates', 'channels']],
  ['largest', 'candidates', ['candidates']],
  ['largest', 'channels', ['channels']],
] as const)('what %s finds (space %s) has an id that makes the same network', async (method, space, searches) => {
  const { search } = smallSearch({ method, space, epochs: { warmup: 0, search: 1, finetune: 0 } }, 20);
  await runToEnd(search);
  const { choice, channels, network } = search.result ?? {};
  search.dispose();
  const networks = new CodedNetworks(10, searches);
  expect(networks.planOf(networks.found(choice ?? {}, channels ?? [])).network).toEqual(network);
});
