/** Hundreds of networks of every task's space on every runtime that is here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CFolder, compiler } from '../../src/check/hostC';
import { onnxDifferences } from '../../src/check/onnxLayers';
import { useBackend } from '../support/backends';
import { checkTflite, eachNetwork } from '../support/exportChecks';
import { spaceNames } from '../support/quantized';

const folder = compiler === null ? null : new CFolder();
const ROUNDS = 40;

beforeAll(() => useBackend('wasm'));
afterAll(() => folder?.remove());

it.each(spaceNames)('every runtime computes the numbers of the reference in networks of %s', { timeout: 1_800_000 }, async (space) => {
  const all = { values: 0, differ: 0 };
  await eachNetwork(space, 100, ROUNDS, async (graph, inputs) => {
    await checkTflite(graph, inputs);
    const { values, differ, most } = await onnxDifferences(graph, inputs);
    expect(most).toBeLessThanOrEqual(1);
    all.values += values;
    all.differ += differ;
    if (folder) expect(folder.run(graph)).toBe('PASS\n');
  });
  console.log(`ONNX Runtime, networks of ${space}: ${all.differ} of ${all.values} numbers differ`);
  expect(all.differ).toBeLessThan(all.values / 500);
});
