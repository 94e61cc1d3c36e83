import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { createRandom } from '../../random';
import { searchSpace } from '../space';
import { SinglePaths } from './singlePaths';

beforeAll(() => useBackend('wasm'));

const { supernet: plan } = searchSpace({ task: 'ic', device: 'gap8' }, 10);

it('picks every candidate of a place equally often, in an order that differs', () => {
  const paths = new SinglePaths(plan, createRandom(1, 'paths'));
  const picked = Array.from({ length: 24 }, () => paths.drawNoise().map((noise) => noise.indexOf(Math.max(...noise))));
  paths.mixedOps.forEach(({ candidates }, place) => {
    const picks = picked.map((path) => path[place] as number);
    const counts = candidates.map((_, candidate) => picks.filter((pick) => pick === candidate).length);
    expect(new Set(counts)).toEqual(new Set([24 / candidates.length]));
    const cycles = Array.from({ length: 24 / candidates.length }, (_, at) =>
      picks.slice(at * candidates.length, (at + 1) * candidates.length).join(),
    );
    expect(new Set(cycles).size).toBeGreaterThan(1);
  });
  paths.dispose();
});

it('lets one candidate per place through, and nothing of the others', async () => {
  const paths = new SinglePaths(plan, createRandom(2, 'paths'));
  const pass = paths.pass('training');
  for (const { id, candidates } of paths.mixedOps) {
    const weights = await pass.forward.mixing(id).data();
    expect([...weights].toSorted((a, b) => b - a)).toEqual(candidates.map((_, at) => (at === 0 ? 1 : 0)));
  }
  paths.dispose();
});
