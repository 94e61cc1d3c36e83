/** What the fused step must do on every backend, each beside the reference step. */
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/backends/backend';
import { autoencoderSeed } from '../../src/core/network/autoencoder';
import { conv } from '../../src/core/network/builders';
import type { Network } from '../../src/core/network/network';
import type { Attributes } from '../../src/core/ops/index';
import { Pit } from '../../src/core/search/architectures/pit';
import type { StepFactory } from '../../src/core/search/training/trainingStep';
import { NotCovered } from '../../src/training/fused/program';
import { createReferenceStep } from '../../src/training/referenceStep';
import { useBackend } from './backends';
import { expectDecay } from './decay';
import { differentiated, expectGradients } from './differences';
import { autoencoders, chain, droppedOut, networks } from './networks';
import { searches } from './searches';
import { StepSetup } from './stepSetup';
import { variedSupernet } from './supernets';
import { expectSame, train, type SearchedSpace, type TrainOptions } from './training';

const mixed = (networks.at(-1) as (typeof networks)[number])[1];

/** Tests of steps that each of `factories` makes; call it inside `describe`. */
export function stepSuite(backend: BackendName, ...factories: readonly StepFactory[]): void {
  const expectEqualSteps = async (network: Network, options?: TrainOptions) => {
    await useBackend('wasm');
    const expected = await train(network, createReferenceStep, options);
    await useBackend(backend);
    for (const createStep of factories) expectSame(await train(network, createStep, options), expected);
  };

  it.each(networks)('equals the reference step: %s', (_description, network) => expectEqualSteps(network));

  it('equals the reference step with Adam, and with costs of which the largest counts', () =>
    expectEqualSteps(variedSupernet, { optimizer: 'adam', metrics: ['ramBytes', 'params', 'flashBytes', 'macs'] }));

  it('equals the reference step with momentum, with architecture parameters and without', async () => {
    for (const network of [mixed, (networks[0] as (typeof networks)[number])[1]])
      await expectEqualSteps(network, { optimizer: 'momentum', steps: 4 });
  });

  // On WebGPU a step of one path computes the other candidates too, whose statistics and weights move.
  it.each(searches.filter(([description]) => backend !== 'webgpu' || !description.startsWith('of one path')))(
    'equals the reference step in a search %s',
    async (_description, network, options) => {
      for (const optimizer of ['sgd', 'adam'] as const) await expectEqualSteps(network, { ...options, optimizer });
    },
  );

  it.each(autoencoders)('equals the reference step where the loss compares with the inputs: %s', (_description, network) =>
    expectEqualSteps(network, { loss: 'meanSquaredError' }),
  );

  it.each(autoencoders)(
    'has the gradients that differences show where the loss compares with the inputs: %s',
    async (_description, network) => {
      await useBackend(backend);
      for (const createStep of factories)
        await expectGradients(network, ['a/kernel', 'n/beta', 'b/kernel', 'b/bias'], createStep, 'meanSquaredError');
    },
  );

  it.each(droppedOut)('equals the reference step with dropout %s', (_description, network) => expectEqualSteps(network, { steps: 3 }));

  it.each([
    ['in a chain', ['l1/kernel', 'l1/bias', 'l4/kernel', 'l5/beta', 'l10/kernel', 'l11/beta', 'l14/kernel']],
    ['around adds and in candidates', ['c/dropped/1/beta', 'c/inside/0/kernel', 'c/inside/2/gamma', 'l/kernel', 'c']],
  ])('has the gradients that differences show with dropout %s, for a seed that stays', async (description, names) => {
    await useBackend(backend);
    const [, network] = droppedOut.find(([of]) => of === description) as (typeof droppedOut)[number];
    for (const createStep of factories) await expectGradients(network, names, createStep);
  });

  it.each([
    [1, droppedOut[0]],
    [0, networks[0]],
  ] as const)('draws %i seeds in a step', async (count, of) => {
    await useBackend(backend);
    for (const createStep of factories) {
      const setup = new StepSetup((of as (typeof networks)[number])[1], 4);
      let drawn = 0;
      const step = await createStep({ ...setup.options, randomSeed: () => drawn++ });
      for (let index = 0; index < 3; index++) await setup.loss(step, index);
      expect(drawn).toBe(3 * count);
      step.dispose();
      setup.dispose();
    }
  });

  it('equals the reference step on dense layers of 640 and 128, whose channels are searched or not', async () => {
    const search = ({ plan, metrics }: SearchedSpace) => new Pit(plan, metrics, { start: 1, end: 1 });
    for (const more of [{}, { search }]) await expectEqualSteps(autoencoderSeed(640), { loss: 'meanSquaredError', ...more });
  });

  it.each(differentiated)('has the gradients that differences of its own loss show: %s', async (_description, network, names) => {
    await useBackend(backend);
    for (const createStep of factories) await expectGradients(network, names, createStep);
  });

  it('decays weights, and architecture parameters not', async () => {
    await useBackend(backend);
    for (const createStep of factories) await expectDecay(createStep);
  });

  it('gives the same numbers every time', async () => {
    await useBackend(backend);
    for (const createStep of factories) {
      const once = () => train(mixed, createStep);
      expect(await once()).toEqual(await once());
    }
  });

  it('says what it does not cover', async () => {
    const pool: Attributes = { op: 'maxPool', kernel: [2, 2], stride: [2, 2], padding: 'valid' };
    const pooled = chain([4, 4, 3], [conv(4, [1, 1], [1, 1], 'same'), pool]);
    await useBackend(backend);
    for (const createStep of factories) await expect(train(pooled, createStep)).rejects.toThrow(NotCovered);
  });
}
