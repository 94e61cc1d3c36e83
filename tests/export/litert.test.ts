/** Networks of every task's space, written as .tflite and run by LiteRT, against the reference in every layer. */
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../support/backends';
import { checkTflite, eachNetwork } from '../support/exportChecks';
import { spaceNames } from '../support/quantized';

beforeAll(() => useBackend('wasm'));

it.each(spaceNames)('LiteRT computes the numbers of the reference in every layer of networks of %s', async (space) => {
  const used: string[] = [];
  await eachNetwork(space, 5, space === 'any' ? 6 : 3, async (graph, inputs) => {
    used.push(...(await checkTflite(graph, inputs)));
  });
  if (['ic', 'kws', 'vww', 'tin'].includes(space)) expect(new Set(used)).toEqual(new Set(['pad', 'kernel']));
});
