import { describe, expect, it } from 'vitest';
import { annealedStrength, finalStrength } from './penalty';
import { Pressure, type Controls } from './pressure';
import { searchSpace } from './space';

describe('the strength of a constraint', () => {
  it('makes the penalty weigh as much as the task loss where the search starts', () => {
    expect(finalStrength(1.5, 80_000, 40_000) * (80_000 - 40_000)).toBeCloseTo(1.5, 12);
  });

  it('is finite and positive for a constraint that is met, or met exactly', () => {
    for (const cost of [10, 99, 100, 100.0001]) expect(finalStrength(1.5, cost, 100)).toBeCloseTo(1.5 / 5, 10);
  });

  it('rises from 1 % to 100 % over the first half of the search and stays', () => {
    const strengths = [0, 1, 2, 3, 4, 7].map((epoch) => annealedStrength(1, epoch, 8));
    expect(strengths).toEqual([0.01, 0.2575, 0.505, 0.7525, 1, 1]);
  });
});

describe('pressure', () => {
  const { table } = searchSpace({ task: 'ic', device: 'gap8' }, 10, ['flashBytes', 'latencyMs']);
  const controls = (): Controls => ({ targets: { flashBytes: 40_000, latencyMs: 6 }, revision: 0, eager: false });

  it('is none before the search', () => {
    const pressure = new Pressure(table, controls(), 8);
    pressure.takeIn(null, 0);
    expect(pressure.penalties(0)).toEqual([
      { strength: 0, target: 0 },
      { strength: 0, target: 0 },
    ]);
  });

  it('computes anew the strength of the target that moved, and of no other', () => {
    const held = controls();
    const pressure = new Pressure(table, held, 8);
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 80_000, latencyMs: 10 } }, 0);
    const before = pressure.penalties(7);
    expect(before.map(({ strength }) => strength)).toEqual([2 / 40_000, 0.5]);
    held.targets = { flashBytes: 20_000, latencyMs: 6 };
    held.revision = 1;
    expect(pressure.changed).toBe(true);
    pressure.takeIn({ taskLoss: 2, costs: { flashBytes: 50_000, latencyMs: 7 } }, 10);
    expect(pressure.changed).toBe(false);
    expect(pressure.penalties(7)).toEqual([
      { strength: 2 / 30_000, target: 20_000 },
      { strength: 0.5, target: 6 },
    ]);
  });

  it('flags a pair of targets that became impossible', () => {
    const held = controls();
    held.targets = { flashBytes: 5_000, latencyMs: 6 };
    const event = new Pressure(table, held, 8).takeIn(null, 3);
    expect(event).toMatchObject({
      kind: 'targets',
      step: 3,
      shortfall: [{ metric: 'flashBytes', minimum: 7_871 }, { metric: 'latencyMs' }],
    });
  });
});
