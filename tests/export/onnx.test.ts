/** Networks of every task's space, written as .onnx and run by ONNX Runtime, against the reference in every layer. */
import { beforeAll, expect, it } from 'vitest';
import { onnxDifferences } from '../../src/check/onnxLayers';
import { useBackend } from '../support/backends';
import { eachNetwork } from '../support/exportChecks';
import { spaceNames } from '../support/quantized';

beforeAll(() => useBackend('wasm'));

it.each(spaceNames)('ONNX Runtime computes the numbers of the reference but for ties in networks of %s', async (space) => {
  await eachNetwork(space, 6, space === 'any' ? 6 : 2, async (graph, inputs) => {
    const { values, differ, most } = await onnxDifferences(graph, inputs);
    expect(most).toBeLessThanOrEqual(1);
    expect(differ).toBeLessThanOrEqual(2 + values / 500);
  });
});
