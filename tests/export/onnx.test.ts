/** Networks of every task's space, written as .onnx and run by ONNX Runtime, against the reference in every layer. */
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../support/backends';
import { checkOnnx, eachNetwork, type Differences } from '../support/exportChecks';
import { spaceNames } from '../support/quantized';

beforeAll(() => useBackend('wasm'));

it.each(spaceNames)('ONNX Runtime computes the numbers of the reference but for ties in networks of %s', async (space) => {
  const found: Differences = { values: 0, differ: 0, most: 0 };
  await eachNetwork(space, 6, space === 'any' ? 6 : 3, (graph, inputs) => checkOnnx(graph, inputs, found));
  expect(found.most).toBeLessThanOrEqual(1);
  expect(found.differ / found.values).toBeLessThan(1e-3);
});
