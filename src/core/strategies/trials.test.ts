/** Strategies that try networks out, on a few examples. */
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallConfig, smallSearch, timeless } from '../../../tests/support/search';
import { trialStrategies } from '../../../tests/support/trialStrategies';
import type { SearchConfig } from '../config/searchConfig';
import { ProgressMeter } from '../runs/progress';
import type { SearchEvent } from '../search/events';
import { strategyFor } from './index';
import { halve, halvingEpochs, type Trial, type Trials } from './trials';

beforeAll(() => useBackend('wasm'));

const epochs = { warmup: 1, search: 1, finetune: 1 };
const trialsOf = (events: readonly SearchEvent[]) => events.flatMap((event) => (event.kind === 'trial' ? [event] : []));
const resultOf = (events: readonly SearchEvent[]) => events.flatMap((event) => (event.kind === 'result' ? [event.result] : []))[0];

describe.each(trialStrategies)('the strategy %s', (method, more) => {
  it.each(strategyFor(method).searches)('meets the targets among %s, twice alike, and leaves no tensors', async (space) => {
    const run = async () => {
      const { search } = smallSearch({ method, space: method === 'one-shot' ? 'any' : space, epochs, ...more }, 20);
      const before = memory().numTensors;
      const events = await runToEnd(search);
      search.dispose();
      expect(memory().numTensors).toBe(before);
      return events;
    };
    const events = await run();
    expect(resultOf(events)?.constraints.map(({ met }) => met)).toEqual([true, true]);
    expect(timeless(await run())).toEqual(timeless(events));
  });
});

it('tells roughly how many epochs random networks will take once they are drawn, and exactly once one is left', async () => {
  const { search } = smallSearch({ method: 'random', networks: 4, epochs: { warmup: 2, search: 2, finetune: 2 } }, 20);
  const events = await runToEnd(search);
  search.dispose();
  const epochsOf = (phase: string) => events.filter((event) => event.kind === 'epoch' && event.phase === phase).length;
  const planned = events.flatMap((event) => (event.kind === 'planned' ? [event.phases] : []));
  const [first, last] = planned.map((phases) => phases.map(({ epochs: count }) => count));
  expect(last).toEqual([epochsOf('trials'), epochsOf('finetune')]);
  expect(Math.abs((first?.[0] as number) / epochsOf('trials') - 1)).toBeLessThan(0.4);
  const meter = new ProgressMeter();
  for (const event of events) meter.add(event);
  expect(meter.progress).toMatchObject({ phase: 'finetune', epoch: epochsOf('finetune'), share: 1, leftMs: 0 });
});

it.each(trialStrategies)('%s meets limits of any kind on another device', async (method, more) => {
  const targets = { ramBytes: 50_000, energyUj: 15 };
  const { search } = smallSearch({ method, device: 'gap9', targets, epochs: { warmup: 0, search: 1, finetune: 0 }, ...more }, 20);
  const { constraints } = resultOf(await runToEnd(search)) ?? { constraints: [] };
  search.dispose();
  expect(constraints.map(({ metric, met }) => [metric, met])).toEqual([
    ['ramBytes', true],
    ['energyUj', true],
  ]);
});

it.each([
  ['random', 'any', 321],
  ['largest', 'any', 321],
  ['random', 'channels', undefined],
  ['supernet', 'any', undefined],
] as const)('%s among %s tells at the start that %s networks meet the targets', async (method, space, count) => {
  const { search } = smallSearch({ method, space }, 20);
  const { value: started } = await search.run().next();
  search.dispose();
  expect(started).toMatchObject({ kind: 'started' });
  expect((started as { readonly fitting?: number }).fitting).toBe(count);
});

const refusal = async (config: Partial<SearchConfig>) => {
  const { search } = smallSearch({ epochs, ...config }, 20);
  const kinds: string[] = [];
  try {
    for await (const { kind } of search.run()) kinds.push(kind);
  } catch (error) {
    return { message: (error as Error).message, trained: kinds.includes('phase') };
  } finally {
    search.dispose();
  }
  return null;
};

it.each(['random', 'training-free', 'evolution', 'one-shot'])(
  '%s refuses more networks than the space holds before it trains',
  async (method) => {
    expect(await refusal({ method, networks: 322 })).toEqual({
      message: '322 networks were to be tried, and 321 of the space meet the targets; try 321 or fewer (--networks)',
      trained: false,
    });
  },
);

it.each([
  [{ method: 'training-free', space: 'channels', networks: 1001 }, 'the score balance ranks 1000 at most here; try 1000 or fewer'],
  [{ method: 'training-free', score: 'naswot', networks: 201 }, 'the score naswot ranks 200 at most here; try 200 or fewer'],
] as const)('%o wants to try more networks than are ranked, which is refused before that', async (config, message) => {
  expect(await refusal(config)).toEqual({ message: expect.stringContaining(message) as string, trained: false });
});

it.each([
  [{ method: 'random', networks: 40, budget: 0.5 }, /^A budget of 0\.5 epochs of the seed network is too small: .* takes [\d.]+ at least/],
  [{ method: 'largest', budget: 0.01 }, /^A budget of 0\.01 epochs of the seed network is too small/],
  [{ method: 'evolution', budget: 0.1 }, /^A budget of 0\.1 epochs of the seed network is too small/],
  [{ method: 'one-shot', budget: 0.1 }, /^A budget of 0\.1 epochs of the seed network is too small/],
])('%o has too small a budget, which is refused before anything trains', async (config, message) => {
  expect(await refusal(config)).toEqual({ message: expect.stringMatching(message) as string, trained: false });
});

it('more networks than draws find are refused where a space cannot be listed', async () => {
  const targets = { flashBytes: 200 };
  expect(await refusal({ method: 'random', space: 'channels', targets, networks: 8 })).toEqual({
    message: '8 networks were to be tried, and draws found 6 different ones that meet the targets; try 6 or fewer (--networks)',
    trained: false,
  });
});

it.each([
  [{ method: 'random', objective: { metrics: ['flashBytes'], strength: 1 } }, 'random has no penalty'],
  [{ method: 'pit', space: 'candidates' }, 'pit searches channels, not candidates'],
  [{ method: 'supernet+pit', space: 'channels' }, 'supernet+pit searches candidates, then channels, not channels alone'],
  [{ method: 'random', task: 'tin', space: 'candidates' }, 'the task tin does not offer the space candidates; choose --space channels'],
  [{ method: 'one-shot', space: 'channels' }, 'one-shot searches candidates, not channels'],
  [{ method: 'random', budget: 0 }, 'takes a number above 0'],
  [{ method: 'evolution', objective: { metrics: ['flashBytes'], strength: 1 } }, 'evolution has no penalty'],
  [{ method: 'evolution', networks: 0 }, 'takes a whole number from 1 to 10000, not 0'],
  [{ method: 'training-free', objective: { metrics: ['flashBytes'], strength: 1 } }, 'training-free has no penalty'],
  [{ method: 'training-free', score: 'size' as 'params' }, 'takes params, macs, balance, nn-mass, synflow, naswot, not size'],
] as const)('what a strategy cannot do is refused before it starts: %j', (config, message) => {
  expect(() => smallSearch(config)).toThrow(message);
});

it.each(['supernet', 'pit'])('%s tries the largest networks out beside the one that it found', async (method) => {
  const { search } = smallSearch({ method, epochs, shortlist: 3 }, 20);
  const before = memory().numTensors;
  const events = await runToEnd(search);
  const trials = trialsOf(events);
  search.dispose();
  expect(memory().numTensors).toBeLessThanOrEqual(before);
  const first = trials.filter(({ epochs: own }) => own === 1);
  expect(first.length).toBeGreaterThanOrEqual(2);
  for (const { costs } of first) {
    expect(costs.flashBytes).toBeLessThanOrEqual(smallConfig.targets.flashBytes as number);
    expect(costs.latencyMs).toBeLessThanOrEqual(smallConfig.targets.latencyMs as number);
  }
  const last = Math.max(...trials.map(({ epochs: own }) => own));
  const least = trials.filter(({ epochs: own }) => own === last).toSorted((a, b) => a.trainLoss - b.trainLoss)[0];
  const { choice, channels } = resultOf(events) ?? {};
  if (method === 'supernet') expect(choice).toEqual(least?.choice);
  else expect(channels).toEqual(least?.channels);
});

it('a halving keeps the half with the least loss until one is left', async () => {
  const losses = new Map([5, 3, 9, 1, 7].map((loss) => [{ epochs: 0, loss } as Trial, loss]));
  const rounds: number[][] = [];
  const kept: number[][] = [];
  const fake = {
    // eslint-disable-next-line require-yield -- nothing trains
    async *round(trials: readonly Trial[]) {
      rounds.push(trials.map((trial) => losses.get(trial) as number));
    },
    keep: (trials: readonly Trial[]) => void kept.push(trials.map(({ loss }) => loss)),
  } as unknown as Trials;
  const halving = halve(fake, [...losses.keys()], () => 1);
  let next = await halving.next();
  while (!next.done) next = await halving.next();
  expect(next.value.loss).toBe(1);
  expect(rounds).toEqual([
    [5, 3, 9, 1, 7],
    [1, 3, 5],
    [1, 3],
  ]);
  expect(kept).toEqual([[1, 3, 5], [1, 3], [1]]);
  expect(halvingEpochs(5)).toBe(5 + 3 + 2);
  expect(halvingEpochs(1)).toBe(0);
});
