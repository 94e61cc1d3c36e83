import { expect, it } from 'vitest';
import { searchSpace } from '../space';
import { startingTargets } from './targets';

const startOf = (task: string) => startingTargets(searchSpace({ task, device: 'gap8' }, 10));

it('targets start at about half of the seed network’s memory and four fifths of its latency', () => {
  expect(startOf('ic')).toEqual({ flashBytes: 40_000, latencyMs: 6 });
});

it('targets start where the space still leaves a choice, however little of the seed network it can leave out', () => {
  // The smallest network has 169.5 kB, more than half of the seed network's 270.9 kB.
  expect(startOf('ad')).toEqual({ flashBytes: 200_000, latencyMs: 0.26 });
});
