import { expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { chain, conv, networks } from '../../../tests/support/networks';
import { variedSupernet } from '../../../tests/support/supernets';
import { expectSame, train } from '../../../tests/support/training';
import { describeOnWebgpu } from '../../../tests/support/webgpu';
import { createReferenceStep } from '../referenceStep';
import { NotCovered } from './program';
import { createWebgpuStep } from './webgpuStep';

describeOnWebgpu('the fused step on WebGPU', () => {
  it.each(networks)('equals the reference step: %s', async (_description, network) => {
    await useBackend('wasm');
    const expected = await train(network, createReferenceStep);
    await useBackend('webgpu');
    expectSame(await train(network, createWebgpuStep), expected);
  });

  it('equals the reference step with Adam, and with costs of which the largest counts', async () => {
    const options = { optimizer: 'adam', metrics: ['ramBytes', 'params', 'flashBytes', 'macs'] } as const;
    await useBackend('wasm');
    const expected = await train(variedSupernet, createReferenceStep, options);
    await useBackend('webgpu');
    expectSame(await train(variedSupernet, createWebgpuStep, options), expected);
  });

  it('gives the same numbers every time', async () => {
    await useBackend('webgpu');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const once = () => train(network, createWebgpuStep);
    expect(await once()).toEqual(await once());
  });

  it('says what it does not cover', async () => {
    const dropout = chain([4, 4, 3], [conv(4, [1, 1], [1, 1], 'same'), { op: 'dropout', rate: 0.5 }]);
    await useBackend('webgpu');
    await expect(train(dropout, createWebgpuStep)).rejects.toThrow(NotCovered);
  });
});
