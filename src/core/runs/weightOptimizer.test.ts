import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { dependencies, runToEnd, smallSearch } from '../../../tests/support/search';
import type { StepFactory } from '../search/training/trainingStep';

beforeAll(() => useBackend('wasm'));

it.each([
  ['supernet+pit', ['sgd', 'momentum', 'momentum', 'momentum']],
  ['random', ['momentum', 'momentum', 'momentum', 'momentum']],
  ['one-shot', ['momentum', 'momentum', 'momentum']],
])('the weights of %s have the optimizers of its config, and architecture parameters Adam', async (method, expected) => {
  const made: (readonly [weights: string, architecture: string])[] = [];
  const createStep: StepFactory = (options) => {
    made.push([options.optimizer, options.archOptimizer]);
    return dependencies.createStep(options);
  };
  const choices = { method, optimizer: 'momentum', warmup: { optimizer: 'sgd', rate: 1e-3 }, weightRate: 1e-3 } as const;
  const { search } = smallSearch({ ...choices, networks: 2, budget: 3 }, 20, { ...dependencies, createStep });
  await runToEnd(search);
  search.dispose();
  expect(made.map(([weights]) => weights)).toEqual(expected);
  expect(new Set(made.map(([, architecture]) => architecture))).toEqual(new Set(['adam']));
});
