import { memory, mul, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { droppedOut, networks } from '../../../tests/support/networks';
import { normals } from '../../../tests/support/numbers';
import { searches } from '../../../tests/support/searches';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { difference, unevenStart, type TrainOptions } from '../../../tests/support/training';
import { heapBytes } from '../../backends/backend';
import { nodeKernels } from '../../backends/nodeKernels';
import { costTable } from '../../core/cost/costTable';
import { gap8 } from '../../core/cost/devices/gap8';
import { metricFor } from '../../core/cost/metrics';
import type { Network } from '../../core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { createRandom } from '../../core/random';
import type { InferenceFactory } from '../../core/search/training/engine';
import { plainSoftmax, SuperNet } from '../../core/search/architectures/supernet';
import { createReferenceInference } from '../referenceInference';
import { createWasmInference } from './wasm/inference';
import { createWebgpuInference } from './webgpu/inference';
import { numbersIn } from '../../core/ops/shape';

const BATCH = 5;

/** Logits of two batches, after setting every parameter to random values, running statistics included. */
async function logitsOf(network: Network, search: TrainOptions['search'], factory: InferenceFactory): Promise<number[]> {
  const plan = planNetwork(network);
  const random = createRandom(3, 'inference');
  const parameters = createParameters(plan, initialWeights(plan, random));
  for (const [name, variable] of parameters) {
    if (!/(gamma|beta|bias|moving\w+)$/.test(name)) continue;
    const values = Float32Array.from({ length: variable.size }, () => Math.abs(0.5 + 0.3 * random.normal()));
    tidy(() => variable.assign(tensor(values, variable.shape)));
  }
  const metrics = [metricFor('params', gap8)];
  const plain = network.layers.some(({ op }) => op === 'mixedOp')
    ? () => new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random }, undefined, unevenStart)
    : () => null;
  const architecture = (search ?? plain)({ plan, metrics, random });
  const inference = await factory({ plan, parameters, architecture }, BATCH);
  const size = BATCH * numbersIn(network.input);
  const found: number[] = [];
  for (const seed of [1, 2]) {
    const logits = tidy(() => inference.outputs(normals(size, seed)));
    found.push(...(await logits.data()));
    logits.dispose();
  }
  inference.dispose();
  architecture?.dispose();
  disposeParameters(parameters);
  return found;
}

describe.each([1, 3])('a network run on %i threads', (threads) => {
  const fused: InferenceFactory = (model, batchSize) => createWasmInference(model, batchSize, { ...nodeKernels, threads });

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

it('gives the same logits bit for bit, on however many threads it runs', async () => {
  await useBackend('wasm');
  const [, network] = networks.at(-1) as (typeof networks)[number];
  const on = (threads: number) =>
    logitsOf(network, undefined, (model, batchSize) => createWasmInference(model, batchSize, { ...nodeKernels, threads }));
  const one = await on(1);
  for (const threads of [2, 3, 8]) expect(await on(threads), `${threads} threads`).toEqual(one);
});

describeOnWebgpu('a network run on WebGPU', () => {
  it.each([...networks, ...droppedOut])('gives the same logits as run by tfjs: %s', async (_description, network) => {
    await useBackend('wasm');
    const expected = await logitsOf(network, undefined, createReferenceInference);
    await useBackend('webgpu');
    const tensors = memory().numTensors;
    expect(difference(await logitsOf(network, undefined, createWebgpuInference), expected)).toBeLessThan(5e-5);
    expect(memory().numTensors).toBe(tensors);
  });

  it('refuses weights that are no numbers, which a ReLU may hide', async () => {
    await useBackend('webgpu');
    const [, network] = networks[0] as (typeof networks)[number];
    const plan = planNetwork(network);
    const parameters = createParameters(plan, initialWeights(plan, createRandom(1, 'weights')));
    const [first] = parameters.values();
    tidy(() => first?.assign(mul(first, NaN)));
    await expect(createWebgpuInference({ plan, parameters, architecture: null }, BATCH)).rejects.toMatchObject({ code: 'loss-not-finite' });
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

  it.each(searches)('gives the same logits as run by tfjs in a search %s', async (_description, network, { search }) => {
    await useBackend('wasm');
    const expected = await logitsOf(network, search, createReferenceInference);
    await useBackend('webgpu');
    expect(difference(await logitsOf(network, search, createWebgpuInference), expected)).toBeLessThan(5e-5);
  });
});
