import { memory, mul, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { logitsOf, madeBefore } from '../../../tests/support/logits';
import { droppedOut, networks } from '../../../tests/support/networks';
import { searches } from '../../../tests/support/searches';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { difference, type TrainOptions } from '../../../tests/support/training';
import { heapBytes } from '../../backends/backend';
import { nodeKernels } from '../../backends/nodeKernels';
import { createParameters, disposeParameters, initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { createRandom } from '../../core/random';
import type { FollowingInference, InferenceFactory } from '../../core/search/training/engine';
import { createReferenceInference } from '../referenceInference';
import { createWasmInference } from './wasm/inference';
import { createWebgpuInference } from './webgpu/inference';

describe('a network run on three threads', () => {
  const fused: InferenceFactory<FollowingInference> = (model, batchSize) =>
    createWasmInference(model, batchSize, { ...nodeKernels, threads: 3 });

  it.each([...networks, ...droppedOut])('gives the same logits as run by tfjs: %s', async (_description, network) => {
    await useBackend('wasm');
    const before = memory().numTensors;
    expect(
      difference(await logitsOf(network, undefined, fused), await logitsOf(network, undefined, createReferenceInference)),
    ).toBeLessThan(2e-5);
    expect(memory().numTensors).toBe(before);
  });

  it.each(searches)('gives the same logits as run by tfjs in a search %s', async (_description, network, { search }) => {
    await useBackend('wasm');
    expect(difference(await logitsOf(network, search, fused), await logitsOf(network, search, createReferenceInference))).toBeLessThan(
      2e-5,
    );
  });
});

const learning = [
  ...networks.slice(-1).map(([name, network]) => [name, network, {} as TrainOptions] as const),
  ...searches.slice(0, 2),
  ...searches.slice(-2),
];

describe('a network that learns', () => {
  it.each(learning)('is followed as if its inference were made anew: %s', async (_description, network, options) => {
    await useBackend('wasm');
    const fused = (...[model, batchSize]: Parameters<InferenceFactory>) => createWasmInference(model, batchSize, nodeKernels);
    const search = options.search;
    expect(await logitsOf(network, search, madeBefore(fused))).toEqual(await logitsOf(network, search, fused));
  });
});

it('gives the same logits bit for bit, on however many threads it runs', async () => {
  await useBackend('wasm');
  const [, network] = networks.at(-1) as (typeof networks)[number];
  const on = (threads: number) =>
    logitsOf(network, undefined, (model, batchSize) => createWasmInference(model, batchSize, { ...nodeKernels, threads }));
  const one = await on(1);
  for (const threads of [2, 3, 8]) expect(await on(threads), `${threads} threads`).toEqual(one);
});

describeOnWebgpu('a network run on WebGPU', () => {
  it('refuses weights that are no numbers, which a ReLU may hide', async () => {
    await useBackend('webgpu');
    const [, network] = networks[0] as (typeof networks)[number];
    const plan = planNetwork(network);
    const parameters = createParameters(plan, initialWeights(plan, createRandom(1, 'weights')));
    const [first] = parameters.values();
    tidy(() => first?.assign(mul(first, NaN)));
    await expect(createWebgpuInference({ plan, parameters, architecture: null }, 5)).rejects.toMatchObject({ code: 'loss-not-finite' });
    disposeParameters(parameters);
  });

  it('leaves no memory behind', async () => {
    await useBackend('webgpu');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const held: number[] = [];
    for (let round = 0; round < 3; round++) {
      await logitsOf(network, undefined, createWebgpuInference);
      held.push(heapBytes());
    }
    expect(held[2]).toBe(held[1]);
  });
});
