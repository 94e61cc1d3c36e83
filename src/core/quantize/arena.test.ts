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
import { planArena, planLargestFirst } from './arena';
import { foldNetwork } from './fold';
import { inputsOf } from './graph';

it.each([
  ['ResNet-8', resnet8Seed(10), 49152, 49152],
  // The tensor of 36,864 B comes first, and leaves no room beside the input for either of 18,432 B: they go on top.
  ['MobileNet', mobileNetSeed(2), 55296, 73728],
  ['DS-CNN', dsCnnSeed(12), 16000, 16000],
  ['autoencoder', autoencoderSeed(640), 768, 768],
])(
  'the arena of %s is the peak that the RAM metric gives, and TensorFlow Lite Micro’s own plan may take more',
  (_, network, bytes, own) => {
    const plan = planNetwork(network);
    const graph = foldNetwork(plan, trainedWeights(plan, createRandom(1, 'arena')));
    expect(planArena(graph).bytes).toBe(bytes);
    expect(planLargestFirst(graph, 16).bytes).toBe(own);
    expect(networkCosts(plan, [metricFor('ramBytes', gap8)])).toEqual([bytes]);
  },
);

it.each(spaceNames.flatMap((space) => [1, 16].map((step) => [space, step] as const)))(
  'tensors of %s that live at the same time lie apart, in steps of %i B',
  (space, step) => {
    const random = createRandom(4, space);
    const plan = networkOf(space, random);
    const { tensors, operations, ...ends } = foldNetwork(plan, trainedWeights(plan, random));
    const { bytes, offsets } = planArena({ tensors, operations, ...ends }, step);
    for (const offset of offsets.values()) expect(offset % step).toBe(0);
    const written = new Map([[ends.input, 'x']]);
    const spans = [...offsets].map(([index, offset]) => ({ index, offset, end: offset + numbersIn(tensors[index]?.shape ?? []) }));
    expect(step * Math.ceil(Math.max(...spans.map(({ end }) => end)) / step)).toBe(bytes);
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
  },
);
