/** Evolution: which network it tries next, and what its surrogate predicts. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import { createRandom } from '../random';
import { candidateNetworks } from '../search/networks/candidateNetworks';
import type { Code } from '../search/networks/networks';
import { SearchData } from '../search/searchData';
import { searchSpace } from '../search/space';
import { nextOf } from './evolution';
import { featuresOf, fitEnsemble, fitRidge } from './surrogate';

beforeAll(() => useBackend('wasm'));
afterEach(() => vi.restoreAllMocks());

const { targets } = smallConfig;
const networks = (() => {
  const space = searchSpace({ task: 'ic', device: 'gap8' }, 10);
  return candidateNetworks(space.supernet, space.candidates);
})();
const kit = { networks };
const POPULATION = 5;
const differences = (a: Code, b: Code) => a.filter((value, at) => value !== b[at]).length;

/** Evolves on a loss that is known without training. */
function evolved(count: number, lossOf: (code: Code) => number, { seed = 1, within = targets } = {}) {
  const random = createRandom(seed, 'evolved');
  const tried: { code: Code; loss: number }[] = [];
  while (tried.length < count) {
    const code = nextOf(kit, within, tried, POPULATION, random);
    if (!code) break;
    tried.push({ code, loss: lossOf(code) });
  }
  return tried;
}

describe('the network to try next', () => {
  it('meets the targets, is new, and differs in one place from a member that is not too old', () => {
    const tried = evolved(60, (code) => -(networks.costs(code).params as number));
    expect(new Set(tried.map(({ code }) => code.join())).size).toBe(60);
    for (const { code } of tried) expect(networks.meets(code, targets)).toBe(true);
    const related = tried.map(({ code }, at) => at >= 5 && tried.slice(at - 5, at).some((other) => differences(code, other.code) === 1));
    // Where every change of the parent is known, another network is drawn.
    expect(related.slice(5).filter(Boolean).length).toBeGreaterThan(45);
  });

  it('approaches the best much sooner than draws do', () => {
    const lossOf = (code: Code) => -(networks.costs(code).params as number);
    const losses = (networks.list(targets) ?? []).map(lossOf).toSorted((a, b) => a - b);
    const rank = (seed: number) => losses.indexOf(Math.min(...evolved(30, lossOf, { seed }).map(({ loss }) => loss)));
    const ranks = [1, 2, 3, 4, 5, 6, 7].map(rank).toSorted((a, b) => a - b);
    // The best of 30 draws from 321 ranks tenth on average.
    expect(ranks[3]).toBeLessThan(4);
  });

  it('is a better child than most changes of the best network are', () => {
    const lossOf = (code: Code) => -(networks.costs(code).params as number);
    const random = createRandom(5, 'children');
    const tried = Array.from({ length: 30 }, () => networks.draw(random, targets)).map((code) => ({ code, loss: lossOf(code) }));
    const best = tried.slice(-5).reduce((a, b) => (b.loss < a.loss ? b : a));
    const mean = (codes: readonly Code[]) => codes.reduce((sum, code) => sum + lossOf(code), 0) / codes.length;
    const changes = Array.from({ length: 200 }, () => networks.changed(best.code, random, targets));
    const children = Array.from({ length: 50 }, () => nextOf(kit, targets, tried, POPULATION, random) as Code);
    expect(mean(children)).toBeLessThan(mean(changes));
  });

  it('is none when all are known', () => {
    const few = { flashBytes: 18_000, latencyMs: 3.5 };
    const all = networks.list(few) ?? [];
    expect(all.length).toBeGreaterThan(8);
    expect(evolved(1000, () => 1, { within: few })).toHaveLength(all.length);
  });
});

describe('the surrogate', () => {
  it('codes candidates as ones among zeros and channels as shares', () => {
    expect(featuresOf({ kind: 'candidates', options: [2, 3] }, [1, 0])).toEqual([0, 1, 1, 0, 0]);
    expect(featuresOf({ kind: 'channels', options: [4, 8] }, [0, 7])).toEqual([0.25, 1]);
  });

  it('is ridge regression, by hand', () => {
    // Centred: x -1, 0, 1 and y -3, 0, 3. Slope 6 / (2 + 1) = 2 about (1, 5).
    const predict = fitRidge([[0], [1], [2]], [2, 5, 8], 1);
    expect(predict([1])).toBeCloseTo(5, 12);
    expect(predict([3])).toBeCloseTo(9, 12);
    expect(fitRidge([[0], [1], [2]], [2, 5, 8], 1e-9)([3])).toBeCloseTo(11, 6);
  });

  it('orders networks that it has not seen by a loss that adds up over places, and is surer where it has data', () => {
    const random = createRandom(3, 'surrogate');
    const lossOf = (code: Code) => code.reduce((sum, value, place) => sum + value * (place + 1), 0);
    const codes = Array.from({ length: 60 }, () => networks.draw(random, targets));
    const seen = codes.slice(0, 30);
    const predict = fitEnsemble(
      seen.map((code) => featuresOf(networks, code)),
      seen.map(lossOf),
      random,
    );
    const pairs = codes.slice(30).flatMap((a, at) => codes.slice(31 + at).map((b) => [a, b] as const));
    const mean = (code: Code) => predict(featuresOf(networks, code)).mean;
    const apart = pairs.filter(([a, b]) => lossOf(a) !== lossOf(b));
    const right = apart.filter(([a, b]) => mean(a) < mean(b) === lossOf(a) < lossOf(b));
    expect(right.length / apart.length).toBeGreaterThan(0.9);
    expect(predict(featuresOf(networks, seen[0] as Code)).spread).toBeGreaterThan(0);
  });
});

it('every evaluation trains one epoch within half of the budget, and the least loss is trained on', async () => {
  const config = { method: 'evolution', networks: 3, epochs: { warmup: 2, search: 2, finetune: 2 }, budget: 12 } as const;
  const { search } = smallSearch(config, 40);
  const batches = vi.spyOn(SearchData.prototype, 'trainingBatches');
  const events = await runToEnd(search);
  search.dispose();
  const trials = events.flatMap((event) => (event.kind === 'trial' ? [event] : []));
  const first = trials.filter(({ epochs }) => epochs === 1);
  const macs = first.reduce((sum, { costs }) => sum + (costs.macs as number), 0);
  expect(macs / (search.space.seedCosts.macs as number)).toBeLessThanOrEqual(6);
  expect(first.length).toBeGreaterThan(6);
  const best = first.reduce((a, b) => (b.trainLoss < a.trainLoss ? b : a));
  const result = events.flatMap((event) => (event.kind === 'result' ? [event.result] : []))[0];
  expect(result?.choice).toEqual(best.choice);
  const live = events.flatMap((event) => (event.kind === 'step' && event.phase === 'trials' ? [event.memory.tensors] : []));
  const orders = batches.mock.calls.flatMap(([random]) => (random ? [random.state().join()] : []));
  expect(new Set(orders.slice(0, first.length)).size).toBe(1);
  // Only the best network and the one on trial are there at a time, of some 40 values each.
  expect(Math.max(...live) - Math.min(...live)).toBeLessThan(100);
  // The hypervolume never falls.
  const volumes = trials.map(({ hypervolume }) => hypervolume);
  expect(volumes).toEqual(volumes.toSorted((a, b) => a - b));
  expect(volumes.at(-1)).toBeGreaterThan(0);
});
