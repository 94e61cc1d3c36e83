import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import { bestWithin, totalCosts } from './choosing';
import { enforced, shortfall, smallestReachable } from './reach';
import { shortfallText } from './sentences';
import { searchSpace } from '../space';

const { table, seedCosts } = searchSpace({ task: 'ic', device: 'gap8' }, 10, ['flashBytes', 'latencyMs']);

/** All 5,184 choices with their costs. */
const all = (() => {
  let choices: number[][] = [[]];
  for (const candidates of table.candidates) choices = choices.flatMap((choice) => candidates.map((_, pick) => [...choice, pick]));
  return choices.map((choice) => ({ choice, costs: totalCosts(table, choice) as [number, number] }));
})();

describe('the space of ResNet-8', () => {
  it('has 5,184 networks, and the smallest reachable costs are those of one of them', () => {
    expect(all.length).toBe(5184);
    expect(smallestReachable(table, 'flashBytes')).toBe(Math.min(...all.map(({ costs }) => costs[0])));
    expect(smallestReachable(table, 'latencyMs')).toBeCloseTo(Math.min(...all.map(({ costs }) => costs[1])), 12);
  });

  it('knows the smallest value within another target', () => {
    const within = all.filter(({ costs }) => costs[0] <= 9_000);
    expect(smallestReachable(table, 'latencyMs', { flashBytes: 9_000 })).toBeCloseTo(Math.min(...within.map(({ costs }) => costs[1])), 12);
    expect(smallestReachable(table, 'latencyMs', { flashBytes: 1 })).toBeNull();
  });

  it('derives what brute force derives, for random weights and targets', () => {
    const random = createRandom(3, 'derivation test');
    for (let round = 0; round < 25; round++) {
      const scores = table.candidates.map((candidates) => candidates.map(() => Math.log(0.02 + random.uniform())));
      const targets = { flashBytes: 8_000 + 60_000 * random.uniform(), latencyMs: 2.7 + 4 * random.uniform() };
      const score = (choice: readonly number[]) =>
        choice.reduce((total, pick, position) => total + (scores[position]?.[pick] as number), 0);
      const feasible = all.filter(({ costs }) => costs[0] <= targets.flashBytes && costs[1] <= targets.latencyMs);
      const best = feasible.length > 0 ? Math.max(...feasible.map(({ choice }) => score(choice))) : null;
      const found = bestWithin(table, targets, scores);
      expect(found && score(found)).toEqual(best === null ? null : expect.closeTo(best, 10));
    }
  });

  it('reaches the seed network’s costs', () => {
    expect(shortfall(table, { flashBytes: seedCosts.flashBytes as number, latencyMs: seedCosts.latencyMs as number })).toBeNull();
  });
});

describe('targets that cannot be met', () => {
  it('come with the smallest reachable value when one is out of reach alone', () => {
    const missing = shortfall(table, { flashBytes: 5_000, latencyMs: 6 });
    expect(missing?.[0]).toMatchObject({ metric: 'flashBytes', minimum: 7_871 });
    expect(shortfallText(missing ?? [])).toMatch(/flash memory.*7\.871 kB/);
  });

  it('come with what each must be raised to when they exclude each other', () => {
    const targets = { flashBytes: 10_000, latencyMs: 2.8 };
    const missing = shortfall(table, targets) ?? [];
    expect(missing.map(({ metric }) => metric)).toEqual(['flashBytes', 'latencyMs']);
    for (const { metric, minimumWithinOthers } of missing)
      expect(shortfall(table, { ...targets, [metric]: minimumWithinOthers as number })).toBeNull();
    expect(shortfallText(missing)).toMatch(
      /not together.*flash memory target to .* kB or more, or raise the latency target to .* ms or more/,
    );
  });

  it('can be met at the values that the text names, rounding included', () => {
    const text = shortfallText(shortfall(table, { flashBytes: 10_000, latencyMs: 2.8 }) ?? []);
    const [memory, latency] = [...text.matchAll(/to ([\d.]+) /g)].map((match) => Number(match[1])) as [number, number];
    expect(shortfall(table, { flashBytes: memory * 1000, latencyMs: 2.8 })).toBeNull();
    expect(shortfall(table, { flashBytes: 10_000, latencyMs: latency })).toBeNull();
  });

  it('holds an objective to what the device has room for, and to no target', () => {
    const targets = { flashBytes: 10_000, latencyMs: 6 };
    const objective = { metrics: ['flashBytes' as const], strength: 1 };
    expect(enforced(targets, objective, { flashBytes: 65_536 })).toEqual({ latencyMs: 6, flashBytes: 65_536 });
    expect(enforced(targets, objective, {})).toEqual({ latencyMs: 6 });
    expect(enforced(targets, null, { flashBytes: 65_536 })).toEqual(targets);
  });
});
