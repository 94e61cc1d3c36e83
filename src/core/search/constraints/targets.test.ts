import { expect, it } from 'vitest';
import { searchSpace } from '../space';
import { greatestTarget, startingTargets } from './targets';

const startOf = (task: string) => startingTargets(searchSpace({ task, device: 'gap8' }, 10));

it('targets start at about half of the seed network’s memory and four fifths of its latency', () => {
  expect(startOf('ic')).toEqual({ flashBytes: 40_000, latencyMs: 6 });
});

it('targets start where the space still leaves a choice, however little of the seed network it can leave out', () => {
  // The smallest network has 169.5 kB, more than half of the seed network's 270.9 kB.
  expect(startOf('ad')).toEqual({ flashBytes: 200_000, latencyMs: 0.26 });
});

it('targets end some orders above what the costliest network needs', () => {
  const space = searchSpace({ task: 'ic', device: 'gap8' }, 10);
  for (const { id } of space.table.metrics) {
    const headroom = greatestTarget(space, id) / (space.largestCosts[id] as number);
    expect(headroom).toBeGreaterThanOrEqual(1000);
    expect(headroom).toBeLessThan(10_000);
  }
  expect(greatestTarget(space, 'flashBytes')).toBe(1_000_000_000);
});
