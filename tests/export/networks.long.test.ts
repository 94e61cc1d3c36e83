/** Hundreds of networks of every task's space on every runtime that is here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CFolder, compiler } from '../../src/check/hostC';
import { onnxDifferences } from '../../src/check/onnxLayers';
import { useBackend } from '../support/backends';
import { checkTflite, eachNetwork } from '../support/exportChecks';
import { spaceNames } from '../support/quantized';

const folder = compiler === null ? null : new CFolder();
const ROUNDS = 50;

beforeAll(() => useBackend('wasm'));
afterAll(() => folder?.remove());

it.each(spaceNames)('every runtime computes the numbers of the reference in networks of %s', { timeout: 1_800_000 }, async (space) => {
  await eachNetwork(space, 100, ROUNDS, async (graph, inputs) => {
    await checkTflite(graph, inputs);
    const { values, differ, most } = await onnxDifferences(graph, inputs);
    expect(most).toBeLessThanOrEqual(1);
    expect(differ).toBeLessThanOrEqual(1 + values / 1000);
    if (folder) expect(folder.run(graph)).toBe('PASS\n');
  });
});
