/** Networks of every task's space, written as C and built here under address and undefined-behaviour sanitizers. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useBackend } from '../support/backends';
import { eachNetwork } from '../support/exportChecks';
import { CFolder, compiler } from '../../src/check/hostC';
import { spaceNames } from '../support/quantized';

if (compiler === null) it.skip('C: skipped, since there is no C compiler with sanitizers', () => {});
else {
  const folder = new CFolder();
  beforeAll(() => useBackend('wasm'));
  afterAll(() => folder.remove());

  it.each(spaceNames)('C computes the numbers of the reference in networks of %s', async (space) => {
    await eachNetwork(space, 8, space === 'any' ? 3 : 1, async (graph) => {
      expect(folder.run(graph)).toBe('PASS\n');
    });
  });

  it('C rounds once where that is asked for', async () => {
    await eachNetwork('tin', 9, 1, async (graph) => {
      expect(folder.run(graph, ['NN_SINGLE_ROUNDING'])).toBe('PASS\n');
    });
  });
}
