import { describe, expect, it } from 'vitest';
import { networkCosts } from '../../cost/costTable';
import { layerTable } from '../../cost/layerTable';
import type { Targets } from '../../cost/metrics';
import { params } from '../../cost/params';
import { costOf } from '../../cost/terms';
import { createRandom } from '../../random';
import { searchSpace } from '../space';
import { candidateNetworks } from './candidateNetworks';
import { channelNetworks } from './channelNetworks';
import type { Code, Networks } from './networks';

const space = searchSpace({ task: 'ic', device: 'gap8' }, 10);
const candidates = candidateNetworks(space.supernet, space.candidates);
const channels = channelNetworks(space.seed, space.metrics);
const targets: Targets = { flashBytes: 40_000, latencyMs: 6 };
const spaces: readonly (readonly [string, Networks])[] = [
  ['candidates', candidates],
  ['channels', channels],
];

/** The costs of the described network, counted from its layers. */
const recounted = (networks: Networks, code: Code) =>
  Object.fromEntries(
    networkCosts(networks.describe(code).plan, space.metrics).map((value, at) => [space.metrics[at]?.id as string, value]),
  );

/** Parameters of the described network, by layer. */
const paramsOfLayers = (networks: Networks, code: Code) =>
  layerTable(networks.describe(code).plan).map((row) => ({ path: row.path, count: costOf(params(row), row) }));

describe.each(spaces)('networks of the space of %s', (_, networks) => {
  it('cost what the described network costs', () => {
    const random = createRandom(1, 'codes');
    for (let round = 0; round < 10; round++) {
      const code = networks.options.map((count) => random.integer(count));
      const counted = recounted(networks, code);
      for (const [metric, value] of Object.entries(networks.costs(code))) expect(value).toBeCloseTo(counted[metric] as number, 9);
    }
  });

  it('are drawn and changed within the targets, and the same seed draws the same', () => {
    const drawn = (seed: number) => {
      const random = createRandom(seed, 'drawn');
      return Array.from({ length: 20 }, () => networks.draw(random, targets));
    };
    expect(drawn(3)).toEqual(drawn(3));
    expect(new Set(drawn(3).map(String)).size).toBeGreaterThan(10);
    const random = createRandom(4, 'changes');
    for (const code of drawn(3)) {
      expect(networks.meets(code, targets)).toBe(true);
      const changed = networks.changed(code, random, targets);
      expect(networks.meets(changed, targets)).toBe(true);
      expect(changed.filter((value, at) => value !== code[at])).toHaveLength(1);
    }
  });

  it.each(['params', 'macs'] as const)('have a largest one by %s, which none of many others exceeds', (by) => {
    const largest = networks.largest(targets, by);
    expect(networks.meets(largest, targets)).toBe(true);
    const size = networks.costs(largest)[by] as number;
    const random = createRandom(5, 'others');
    const others = networks.list(targets) ?? Array.from({ length: 200 }, () => networks.draw(random, targets));
    // Among candidates it is exact; channels are added one by one, which may end a few percent short.
    const slack = networks === candidates ? 1 : 1.03;
    for (const code of others) expect(networks.costs(code)[by]).toBeLessThanOrEqual(slack * size);
  });

  it('have one of the greatest balance, which none of many others exceeds by much', () => {
    const most = networks.largest(targets, 'balance');
    expect(networks.meets(most, targets)).toBe(true);
    const random = createRandom(8, 'others');
    const others = networks.list(targets) ?? Array.from({ length: 200 }, () => networks.draw(random, targets));
    const slack = networks === candidates ? 1 + 1e-9 : 1.03;
    for (const code of others) expect(networks.balance(code)).toBeLessThanOrEqual(slack * networks.balance(most));
  });

  it('say which target cannot be met', () => {
    const random = createRandom(6, 'none');
    const none = { flashBytes: 10 };
    for (const attempt of [
      () => networks.draw(random, none),
      () => networks.largest(none, 'params'),
      () => networks.largest(none, 'balance'),
    ])
      expect(attempt).toThrow(expect.objectContaining({ code: 'infeasible-targets' }));
  });
});

it('the room that targets leave is filled with channels until no more fit, those first that add most balance', () => {
  const random = createRandom(9, 'narrow');
  for (let round = 0; round < 20; round++) {
    const narrow = channels.draw(random, { flashBytes: 20_000, latencyMs: 3 });
    const filled = channels.filled(narrow, targets);
    expect(channels.meets(filled, targets)).toBe(true);
    expect(channels.balance(filled)).toBeGreaterThan(channels.balance(narrow));
    for (const [at, less] of filled.entries()) {
      expect(less).toBeGreaterThanOrEqual(narrow[at] as number);
      const wider = filled.with(at, less + 1);
      if (less + 1 < (channels.options[at] as number)) expect(channels.meets(wider, targets)).toBe(false);
    }
  }
  const [first] = candidates.list(targets) as [Code];
  expect(candidates.filled(first, {})).toBe(first);
});

it('balance sums square roots over the layers of a channel space', () => {
  const code = channels.draw(createRandom(10, 'balance'), targets);
  const expected = paramsOfLayers(channels, code).reduce((sum, { count }) => sum + Math.sqrt(count), 0);
  expect(channels.balance(code)).toBeCloseTo(expected, 9);
});

it('balance sums the power 0.3 over places of candidates, each of which counts once', () => {
  const code = candidates.draw(createRandom(10, 'balance'), targets);
  const places = new Map<string, number>();
  for (const { path, count } of paramsOfLayers(candidates, code)) {
    // Chosen layers are named place/candidate/index; the others are the same in every network.
    const [place, candidate] = path.split('/');
    if (candidate) places.set(place as string, (places.get(place as string) ?? 0) + count);
  }
  const expected = [...places.values()].reduce((sum, count) => sum + count ** 0.3, 0);
  expect(candidates.balance(code)).toBeCloseTo(expected, 9);
});

it('a space of candidates lists every network that meets the targets', () => {
  expect(candidates.list(targets)).toHaveLength(321);
  expect(candidates.list({})).toHaveLength(5184);
});

it('a draw from a listed space is uniform', () => {
  const random = createRandom(7, 'uniform');
  const counts = new Map<string, number>();
  const draws = 32_100;
  for (let draw = 0; draw < draws; draw++) {
    const key = String(candidates.draw(random, targets));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // Chi-squared with 320 degrees of freedom exceeds 415 once in 4,000 draws of this kind.
  const deviation = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0) + (321 - counts.size) * 100;
  expect(deviation).toBeLessThan(415);
});

it('the widest seed network that fits is the seed network itself where the targets allow it', () => {
  const roomy = Object.fromEntries(Object.entries(space.seedCosts));
  expect(channels.largest(roomy, 'params')).toEqual(channels.options.map((width) => width - 1));
});
