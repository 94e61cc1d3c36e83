import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { dependencies, runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import { shapeDataset } from '../data/shapes';
import { jsonPieces } from '../jsonPieces';
import { costsOf } from '../search/space';
import type { SearchEvent, SearchResult } from '../search/events';
import { SearchKit } from '../search/kit';
import { disposeModel } from '../search/searchedModel';
import { trainAlike, untrained } from '../search/seedNetwork';
import { ProgressMeter } from './progress';
import { readRunFile } from './readRunFile';
import { RunRecorder } from './runFile';
import type { Search } from './search';

beforeAll(() => useBackend('wasm'));

const epochs = { warmup: 1, search: 1, finetune: 1 };

async function compared(search: Search, random: number, watch: (event: SearchEvent) => void = () => {}) {
  const events: SearchEvent[] = [];
  for await (const event of search.compare(random)) {
    events.push(event);
    watch(event);
  }
  return events.flatMap((event) => (event.kind === 'compared' ? [event] : []));
}

it('compares with the largest networks and different random ones within the targets, and keeps them in the run file', async () => {
  const { search } = smallSearch({ epochs });
  const recorder = new RunRecorder();
  const meter = new ProgressMeter();
  const take = (event: SearchEvent) => {
    recorder.add(event);
    meter.add(event);
  };
  await runToEnd(search, take);
  const before = memory().numTensors;
  const { trainedMacs } = search.result ?? {};
  const networks = await compared(search, 3, take);
  expect(memory().numTensors).toBe(before);
  expect(networks.map(({ as }) => as)).toEqual(['largestParams', 'largestMacs', 'found', 'random', 'random', 'random']);
  for (const { costs, quality } of networks) {
    expect(costs.flashBytes).toBeLessThanOrEqual(40_000);
    expect(costs.latencyMs).toBeLessThanOrEqual(6);
    expect(quality).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(networks.map(({ choice }) => JSON.stringify(choice))).size).toBe(6);
  expect(networks.map(({ costs }) => costs.params).toSorted((a, b) => (b ?? 0) - (a ?? 0))[0]).toBe(networks[0]?.costs.params);
  expect(networks[2]?.choice).toEqual(search.result?.choice);
  expect(search.result?.trainedMacs).toBe(trainedMacs);
  expect(meter.progress).toMatchObject({ phase: 'comparison', epoch: 18, epochs: 18, share: 1, leftMs: 0 });

  const again = await compared(search, 2, take);
  expect(again.map(({ as }) => as)).toEqual(['random', 'random']);
  expect(new Set([...networks, ...again].map(({ choice }) => JSON.stringify(choice))).size).toBe(8);

  const context = { config: smallConfig, dataset: shapeDataset(20, 10), environment: {}, stopped: false };
  const file = readRunFile([...jsonPieces(recorder.file(context))].join(''));
  expect(file.result?.comparison).toEqual(search.result?.comparison);
  expect(file.result?.comparison).toHaveLength(8);
  expect(file.series['comparison/trainLoss']?.step).toHaveLength(8 * 3 * 4);
  search.dispose();
});

it('trains the seed network for comparison as the seed network is trained', async () => {
  // Under its own costs the seed network is the largest there is.
  const { space } = smallSearch({ method: 'pit' }).search;
  const { flashBytes, latencyMs } = costsOf(space.seed, space.metrics);
  const config = { method: 'pit', targets: { flashBytes: flashBytes as number, latencyMs: latencyMs as number }, epochs };
  const { search, controls } = smallSearch(config, 40);
  const losses = (events: readonly SearchEvent[]) => events.flatMap((event) => (event.kind === 'metrics' ? [...event.values] : []));
  await runToEnd(search);
  const events: SearchEvent[] = [];
  const [largest] = await compared(search, 1, (event) => events.push(event));
  search.dispose();
  expect(largest?.costs).toEqual(search.space.seedCosts);

  const kit = new SearchKit(search.config, search.space, shapeDataset(40, 10), ['channels'], controls, dependencies);
  const model = untrained(kit, space.seed);
  const asSeed: SearchEvent[] = [];
  const order = kit.random('comparison batches');
  for await (const event of trainAlike(kit, model, { phase: 'seed', searches: 1, order })) asSeed.push(event);
  expect(largest?.quality).toBe((await kit.test(model)).quality);
  expect(losses(events).slice(0, losses(asSeed).length)).toEqual(losses(asSeed));
  disposeModel(model);
  kit.dispose();
});

it('keeps the result and what is trained when it is stopped midway, and goes on with the rest', async () => {
  const { search } = smallSearch({ epochs });
  await runToEnd(search);
  const { quality, network } = search.result as SearchResult;
  const [model, before] = [search.model, memory().numTensors];
  let trained = 0;
  for await (const event of search.compare(2)) {
    if (event.kind === 'compared') trained += 1;
    if (event.kind === 'step' && trained === 2) break;
  }
  expect(memory().numTensors).toBe(before);
  expect(search.model).toBe(model);
  expect(search.result).toMatchObject({ quality, network });
  expect(search.result?.comparison?.map(({ as }) => as)).toEqual(['largestParams', 'largestMacs']);
  expect((await compared(search, 2)).map(({ as }) => as)).toEqual(['found', 'random', 'random']);

  // Training the seed network keeps it too; another network has none yet.
  const events: SearchEvent[] = [];
  for await (const event of search.trainSeedNetwork()) events.push(event);
  expect(search.result?.comparison).toHaveLength(5);
  for await (const event of search.derive()) events.push(event);
  expect(search.result?.comparison).toBeUndefined();
  search.dispose();
});

it('trains a found network that is the largest only once, under both names', async () => {
  const { search } = smallSearch({ method: 'largest', epochs, budget: 3 });
  await runToEnd(search);
  const networks = await compared(search, 1);
  search.dispose();
  expect(networks.map(({ as }) => as)).toEqual(['largestParams', 'found', 'largestMacs', 'random']);
  expect(networks[1]?.quality).toBe(networks[0]?.quality);
});

it('trains as many random networks as there are, and says when none is left', async () => {
  // The least memory leaves one network.
  const { search } = smallSearch({ method: 'random', networks: 1, epochs, budget: 3, targets: { flashBytes: 7_871 } });
  await runToEnd(search);
  expect((await compared(search, 20)).map(({ as }) => as)).toEqual(['largestParams', 'found']);
  await expect(compared(search, 20)).rejects.toThrow('Every network that meets the targets is trained already');
  await expect(compared(search, 21)).rejects.toThrow('a whole number from 1 to 20');
  search.dispose();
});

it('compares with choices of channels where no choice of candidates alone meets the targets', async () => {
  const { search } = smallSearch({ method: 'supernet+pit', epochs, targets: { flashBytes: 4_000 } });
  await runToEnd(search);
  const networks = await compared(search, 1);
  search.dispose();
  expect(networks.map(({ as }) => as)).toEqual(['largestParams', 'largestMacs', 'found', 'random']);
  for (const { as, costs, choice, channels } of networks) {
    expect(costs.flashBytes).toBeLessThanOrEqual(4_000);
    expect(channels.length).toBeGreaterThan(0);
    expect(Object.keys(choice)).toHaveLength(as === 'found' ? 7 : 0);
  }
});
