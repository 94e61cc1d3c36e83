import { describe, expect, it } from 'vitest';
import { annealedStrength, finalStrength, floors } from './penalty';
import { Pressure, type Controls } from '../pressure';
import { searchSpace } from '../space';

describe('the strength of a constraint', () => {
  it('makes the penalty weigh as much as the task loss where the search starts', () => {
    expect(finalStrength(1.5, 80_000, 40_000) * (80_000 - 40_000)).toBeCloseTo(1.5, 12);
  });

  it('is finite and positive for a constraint that is met, or met exactly', () => {
    for (const cost of [10, 99, 100, 100.0001]) expect(finalStrength(1.5, cost, 100)).toBeCloseTo(1.5 / 5, 10);
  });

  it('is not 0 for ever where nothing is left to learn', () => {
    expect(finalStrength(0, 200, 100)).toBeCloseTo(0.01 / 100, 12);
  });

  it('counts the distance below a target too where any distance is punished', () => {
    expect(finalStrength(1.5, 40, 100, 'absolute')).toBeCloseTo(1.5 / 60, 12);
    expect(finalStrength(1.5, 100, 100, 'absolute')).toBeCloseTo(1.5 / 5, 12);
  });

  it('rises from 1 % to 100 % over the first half of the search and stays', () => {
    const strengths = [0, 1, 2, 3, 4, 7].map((epoch) => annealedStrength(1, epoch, 8));
    expect(strengths).toEqual([0.01, 0.2575, 0.505, 0.7525, 1, 1]);
  });
});

describe('what costs are drawn up to', () => {
  const whole = [80, 8, 1000];

  it('is nothing where only what is above a target is punished', () => {
    expect(floors('above', [40, 6, undefined], whole)).toEqual([0, 0, 0]);
  });

  it('is the target where any distance is', () => {
    expect(floors('absolute', [40, 6, undefined], whole)).toEqual([40, 6, 0]);
  });

  it('is in proportion to the tightest target, and never above the whole network', () => {
    expect(floors('proportionate', [40, 6, undefined], whole)).toEqual([40, 4, 0]);
    expect(floors('proportionate', [60, 2, 900], whole)).toEqual([20, 2, 250]);
    expect(floors('proportionate', [100, 80, undefined], whole)).toEqual([80, 8, 0]);
  });
});

describe('pressure', () => {
  const { table, seedCosts } = searchSpace({ task: 'ic', device: 'gap8' }, 10, ['flashBytes', 'latencyMs']);
  const pressureOf = (
    held: Controls,
    config: Partial<ConstructorParameters<typeof Pressure>[2]> = {},
    searches: ConstructorParameters<typeof Pressure>[3] = ['candidates'],
  ) =>
    new Pressure(
      table,
      held,
      { epochs: { search: 8 }, excess: { candidates: 'above', channels: 'above' }, objective: null, ...config },
      searches,
      seedCosts,
    );
  const controls = (): Controls => ({ targets: { flashBytes: 40_000, latencyMs: 6 }, revision: 0, eager: false });

  it('is none before the search', () => {
    const pressure = pressureOf(controls());
    pressure.takeIn(null, 0);
    expect(pressure.penalties(0)).toEqual([
      { strength: 0, target: 0 },
      { strength: 0, target: 0 },
    ]);
  });

  it('gives a target that moved the strength that it would have had from the start, and no other', () => {
    const held = controls();
    const pressure = pressureOf(held);
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 80_000, latencyMs: 10 } }, 0);
    const before = pressure.penalties(7);
    expect(before.map(({ strength }) => strength)).toEqual([2 / 40_000, 0.5]);
    held.targets = { flashBytes: 20_000, latencyMs: 6 };
    held.revision = 1;
    expect(pressure.changed()).toBe(true);
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 50_000, latencyMs: 7 } }, 10);
    expect(pressure.changed()).toBe(false);
    expect(pressure.penalties(7)).toEqual([
      { strength: 2 / 60_000, target: 20_000 },
      { strength: 0.5, target: 6 },
    ]);
  });

  it('is one fixed strength, relative to the seed network, for a cost that is an objective', () => {
    const held = controls();
    const pressure = pressureOf(held, { objective: { metrics: ['flashBytes'], strength: 0.5 } });
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 80_000, latencyMs: 10 } }, 0);
    const [flash, latency] = pressure.penalties(0);
    expect(flash).toEqual({ strength: 0.5 / 78_744, target: 0 });
    expect(latency).toEqual({ strength: 0.5 / 100, target: 6 });
    expect(pressure.targets).toEqual({ latencyMs: 6 });
    expect(pressure.compared).toEqual({ flashBytes: 40_000 });
    held.targets = { flashBytes: 100, latencyMs: 6 };
    expect(pressure.takeIn(null, 1)).toMatchObject({ shortfall: null });
  });

  it('starts afresh with each stage of a search', () => {
    const pressure = pressureOf(controls());
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 80_000, latencyMs: 10 } }, 0);
    pressure.begin('channels', table);
    expect(pressure.armed).toBe(false);
    expect(pressure.penalties(7).every(({ strength }) => strength === 0)).toBe(true);
  });

  it('draws costs up in proportion to where the stage’s search began', () => {
    const held = controls();
    const pressure = pressureOf(held, { excess: { candidates: 'above', channels: 'proportionate' } }, ['candidates', 'channels']);
    pressure.begin('channels', table);
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 80_000, latencyMs: 8 } }, 0);
    expect(pressure.penalties(7)).toMatchObject([{ floor: 40_000 }, { floor: 4 }]);
    held.targets = { flashBytes: 20_000, latencyMs: 6 };
    held.revision = 1;
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 50_000, latencyMs: 7 } }, 10);
    expect(pressure.penalties(7)).toMatchObject([{ floor: 20_000 }, { floor: 2 }]);
  });

  it('leaves the second of two stages three quarters of the way from the seed network’s costs, in logarithms', () => {
    const pressure = pressureOf(controls(), {}, ['candidates', 'channels']);
    pressure.takeIn(null, 0);
    expect(pressure.targets.flashBytes).toBeCloseTo(40_000 ** 0.25 * (seedCosts.flashBytes as number) ** 0.75, 6);
    expect(pressure.targets.latencyMs).toBeCloseTo(6 ** 0.25 * (seedCosts.latencyMs as number) ** 0.75, 6);
    pressure.begin('channels', table);
    expect(pressure.targets).toEqual({ flashBytes: 40_000, latencyMs: 6 });
    const above = pressureOf({ ...controls(), targets: { flashBytes: 1e6 } }, {}, ['candidates', 'channels']);
    above.takeIn(null, 0);
    expect(above.targets).toEqual({ flashBytes: 1e6 });
  });

  it('flags a pair of targets that became impossible', () => {
    const held = controls();
    held.targets = { flashBytes: 5_000, latencyMs: 6 };
    const event = pressureOf(held).takeIn(null, 3);
    expect(event).toMatchObject({
      kind: 'targets',
      step: 3,
      shortfall: [{ metric: 'flashBytes', minimum: 7_871 }, { metric: 'latencyMs' }],
    });
  });
});
