import { expect, it } from 'vitest';
import { networkOf, spaceNames, trainedWeights } from '../../../tests/support/quantized';
import { metricFor } from '../cost/metrics';
import { gap8 } from '../cost/devices/gap8';
import { networkCosts } from '../cost/costTable';
import { planNetwork } from '../network/plan';
import { resnet8Seed } from '../network/resnet8';
import { mobileNetSeed } from '../network/mobileNet';
import { dsCnnSeed } from '../network/dsCnn';
import { autoencoderSeed } from '../network/autoencoder';
import { numbersIn } from '../ops/shape';
import { createRandom } from '../random';
import { planArena } from './arena';
import { foldNetwork } from './fold';
import { inputsOf } from './graph';

it.each([
  ['ResNet-8', resnet8Seed(10), 49152],
  ['MobileNet', mobileNetSeed(2), 55296],
  ['DS-CNN', dsCnnSeed(12), 16000],
  ['autoencoder', autoencoderSeed(640), 768],
])('the arena of %s is the peak that the RAM metric gives', (_, network, bytes) => {
  const plan = planNetwork(network);
  const graph = foldNetwork(plan, trainedWeights(plan, createRandom(1, 'arena')));
  expect(planArena(graph).bytes).toBe(bytes);
  expect(networkCosts(plan, [metricFor('ramBytes', gap8)])).toEqual([bytes]);
});

it.each(spaceNames)('tensors of %s that live at the same time lie apart', (space) => {
  const random = createRandom(4, space);
  const plan = networkOf(space, random);
  const { tensors, operations, ...ends } = foldNetwork(plan, trainedWeights(plan, random));
  const { bytes, offsets } = planArena({ tensors, operations, ...ends });
  const written = new Map([[ends.input, 'x']]);
  const spans = [...offsets].map(([index, offset]) => ({ index, offset, end: offset + numbersIn(tensors[index]?.shape ?? []) }));
  expect(Math.max(...spans.map(({ end }) => end))).toBe(bytes);
  // Running through the graph, what an operation reads must still be what was written there.
  for (const operation of operations) {
    for (const input of inputsOf(operation)) expect(written.has(input)).toBe(true);
    const own = spans.find(({ index }) => index === operation.output);
    const alias = operation.kind === 'reshape' ? operation.input : null;
    for (const { index, offset, end } of spans)
      if (own && index !== alias && index !== operation.output && offset < own.end && own.offset < end) written.delete(index);
    for (const input of operation.kind === 'reshape' ? [] : inputsOf(operation)) expect(written.has(input)).toBe(true);
    written.set(operation.output, 'x');
  }
});
