import { tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { createRandom } from '../../random';
import { searchSpace } from '../space';
import { SinglePaths } from './singlePaths';

beforeAll(() => useBackend('wasm'));

const { supernet: plan } = searchSpace({ task: 'ic', device: 'gap8' }, 10);

it('picks every candidate of a place equally often, in an order that differs', () => {
  const paths = new SinglePaths(plan, createRandom(1, 'paths'));
  const picked = Array.from({ length: 24 }, () => paths.drawPath());
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

it('trains the network of its path alone, and goes on from its state with the same paths', () => {
  const draw = (paths: SinglePaths) => tidy(() => paths.pass('training').path?.parameters.map(({ fullName }) => fullName));
  const [one, other] = [1, 2].map((seed) => new SinglePaths(plan, createRandom(seed, 'paths'))) as [SinglePaths, SinglePaths];
  const names = draw(one) as string[];
  const known = new Set(plan.parameters.map(({ fullName }) => fullName));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  for (const { id, candidates } of one.mixedOps)
    expect(candidates.filter(({ name }) => names.some((parameter) => parameter.startsWith(`${id}/${name}/`))).length).toBeLessThan(2);
  // In the middle of every place's turns.
  other.restore(one.state());
  for (let step = 0; step < 5; step++) expect(draw(other)).toEqual(draw(one));
  one.dispose();
  other.dispose();
});
