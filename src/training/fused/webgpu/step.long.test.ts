/** The fused step on the graphics device, and what only that must do: commands, buffers, tiles, and devices that fail. */
import { once } from 'node:events';
import { memory, type Variable } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countingCalls } from '../../../../support/countingCalls';
import { studyNet } from '../../../../support/workloads';
import { useBackend } from '../../../../tests/support/backends';
import { chain, networks } from '../../../../tests/support/networks';
import { searches } from '../../../../tests/support/searches';
import { stepSuite } from '../../../../tests/support/stepSuite';
import { StepSetup as Setup } from '../../../../tests/support/stepSetup';
import { expectSame, train } from '../../../../tests/support/training';
import { describeOnWebgpu } from '../../../../tests/support/webgpu';
import { heapBytes } from '../../../backends/backend';
import { conv } from '../../../core/network/builders';
import type { WorkbenchError } from '../../../core/errors';
import type { Network } from '../../../core/network/network';
import { Snapshot } from '../../../core/search/training/snapshot';
import type { StepOptions, TrainingStep } from '../../../core/search/training/trainingStep';
import { startingTiles, tileChoices } from '../../../kernels/tiles';
import { createReferenceStep } from '../../referenceStep';
import { webgpuBackend } from './device';
import { createWebgpuStep } from './step';

const mixed = (networks.at(-1) as (typeof networks)[number])[1];

describeOnWebgpu('the fused step on WebGPU', () => stepSuite('webgpu', createWebgpuStep));

describeOnWebgpu('the fused step on this device', () => {
  it.each(searches)('submits once a step in a search %s', async (description, network, options) => {
    await useBackend('webgpu');
    const calls: Record<string, number>[] = [];
    const counting = async (made: StepOptions): Promise<TrainingStep> => {
      const step = await createWebgpuStep(made);
      const run: TrainingStep['run'] = (...args) => {
        const counted = countingCalls();
        const values = step.run(...args);
        calls.push(counted.end());
        return values;
      };
      return { ...step, run };
    };
    await train(network, counting, options);
    // Dropout has a seed to write besides the rest.
    const writeBuffer = description.endsWith('with dropout') ? 4 : 3;
    // The first step has an observer of gradients, which costs extra submissions.
    for (const made of calls.slice(1)) expect(made).toMatchObject({ submit: 1, writeBuffer, createBindGroup: 0 });
  });

  it.each(tileChoices.flat())('equals the reference step with other tiles: %o', async (choice) => {
    const options = { batchSize: 7 };
    await useBackend('wasm');
    const expected = await train(mixed, createReferenceStep, options);
    await useBackend('webgpu');
    expectSame(await train(mixed, (step) => createWebgpuStep(step, { tiles: { ...startingTiles, ...choice } }), options), expected);
  });

  it('has no room for a batch with a buffer above the device’s limit, and says which batch fits', async () => {
    await useBackend('webgpu');
    const given = { tiles: startingTiles, largestBuffer: 100_000 };
    const step = (batchSize: number) => train(mixed, (made) => createWebgpuStep(made, given), { batchSize });
    const refusal = (await step(64).catch((error: unknown) => error)) as WorkbenchError;
    expect(refusal.message).toMatch(/^A step of 64 examples needs .* more than the graphics device gives\. Choose [\d]+ examples per step/);
    const { fits } = refusal.details as { fits: number };
    expect(fits).toBeLessThan(64);
    await step(fits);
    await expect(step(fits + 1)).rejects.toThrow(/Choose \d+ examples/);
  });

  it('equals the reference step where threads share the channels of a convolution, evenly or not', async () => {
    const network = chain(
      [9, 7, 4],
      [
        conv(64, [3, 3], [1, 1], 'same'),
        conv(20, [5, 5], [2, 2], 'same'),
        conv(68, [3, 3], [2, 2], 'same', true),
        conv(12, [1, 1], [1, 1], 'same'),
      ],
    );
    const options = { batchSize: 5 };
    await useBackend('wasm');
    const expected = await train(network, createReferenceStep, options);
    await useBackend('webgpu');
    for (const threads of [1, 1024, 65536])
      expectSame(await train(network, (step) => createWebgpuStep(step, { tiles: { ...startingTiles, threads } }), options), expected);
  });

  it('equals the reference step on a device that gives kernels few buffers', async () => {
    await useBackend('wasm');
    const expected = await train(mixed, createReferenceStep);
    await useBackend('webgpu');
    expectSame(await train(mixed, (options) => createWebgpuStep(options, { storageBuffers: 8 })), expected);
  });
});

describeOnWebgpu('a run of the fused step on WebGPU', () => {
  let setup: Setup;
  let step: TrainingStep;

  beforeEach(async () => {
    await useBackend('webgpu');
    setup = new Setup(mixed, 4);
    step = await createWebgpuStep(setup.options);
  });

  afterEach(() => {
    step.dispose();
    setup.dispose();
  });

  it('writes the batch and the controls, submits once, and makes nothing new', async () => {
    for (let warm = 0; warm < 3; warm++) await setup.loss(step, warm);
    const calls = countingCalls();
    const { metrics } = step.run(setup.batch(9), setup.controls);
    expect(calls.end()).toMatchObject({ submit: 1, writeBuffer: 3, createBuffer: 0, createBindGroup: 0, createPipeline: 0 });
    metrics.dispose();
  });

  it('leaves no tensors and no memory behind, whether its values are read or not', async () => {
    const some = async () => {
      for (let index = 0; index < 5; index++) step.run(setup.batch(index), setup.controls).metrics.dispose();
      await setup.loss(step, 7);
      step.settle();
    };
    await some();
    await some();
    const before = { tensors: memory().numTensors, bytes: heapBytes() };
    for (let round = 0; round < 5; round++) await some();
    expect({ tensors: memory().numTensors, bytes: heapBytes() }).toEqual(before);
  });

  it('gives back its memory in the end', async () => {
    const useAnother = async () => {
      const other = await createWebgpuStep(setup.options);
      await setup.loss(other, 1);
      const most = heapBytes();
      other.dispose();
      return { most, left: heapBytes() };
    };
    // The first run reads variables from the CPU; later ones read them from the device, through buffers that tfjs keeps.
    await useAnother();
    const first = await useAnother();
    expect(first.left).toBeLessThan(first.most);
    expect(await useAnother()).toEqual(first);
  });

  it('keeps the numbers of tensors that somebody still holds', async () => {
    const first = step.run(setup.batch(1), setup.controls).metrics;
    const alphas = new Snapshot(setup.supernet.alphas.values());
    const second = step.run(setup.batch(2), setup.controls).metrics;
    for (let index = 3; index < 8; index++) await setup.loss(step, index);
    const [a, b] = [await first.data(), await second.data()];
    // Each row of metrics ends with the weights and the gradient. Those of the second step follow from the parameters after the first.
    alphas.restore();
    const weights = await (setup.supernet.probabilities().get('n') as Variable).data();
    expect(b[0]).not.toBe(a[0]);
    expect(Array.from(b.slice(-2 - setup.supernet.pulled.length, -setup.supernet.pulled.length))).toEqual(
      [...weights].map((weight) => expect.closeTo(weight, 5) as number),
    );
    alphas.dispose();
    first.dispose();
    second.dispose();
  });

  it.each(['adam', 'momentum'] as const)('hands over what %s keeps to a step that goes on in its place', async (optimizer) => {
    const options = { ...setup.options, optimizer };
    const before = await createWebgpuStep(options);
    for (let index = 0; index < 3; index++) await setup.loss(before, index);
    before.settle();
    const states = (await before.memory?.read()) ?? [];
    expect(states.map(({ moments }) => moments.length > 0)).toEqual([true, true]);
    const then = new Snapshot([...setup.parameters.values(), ...setup.supernet.alphas.values()]);
    const onwards = async (made: TrainingStep) => [await setup.loss(made, 7), await setup.loss(made, 8), await setup.loss(made, 9)];
    const expected = await onwards(before);
    before.dispose();
    then.restore();
    const after = await createWebgpuStep(options);
    after.memory?.restore(states);
    expect(await onwards(after)).toEqual(expected);
    after.dispose();
    then.dispose();
  });

  it('tells when the device has refused a command', async () => {
    expect(step.failure()).toBeNull();
    const { device } = webgpuBackend();
    const refused = once(device, 'uncapturederror');
    device.queue.writeBuffer(device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_SRC }), 0, new Float32Array(1));
    await refused;
    expect(step.failure()?.message).toMatch(/cannot be trusted/);
    expect(() => step.run(setup.batch(2), setup.controls)).toThrow(/cannot be trusted/);
  });
});

describeOnWebgpu('the study net on WebGPU', () => {
  /** @param wide whether to double all channels */
  const study = (wide: boolean): Network => {
    const text = JSON.stringify(studyNet());
    return JSON.parse(wide ? text.replace(/"filters":(\d+)/g, (_, filters) => `"filters":${2 * Number(filters)}`) : text) as Network;
  };

  it('takes few kernels and one submission, and no further kernel for another width', async () => {
    await useBackend('webgpu');
    const setup = new Setup(study(false), 2);
    const calls = countingCalls();
    const step = await createWebgpuStep(setup.options);
    expect(calls.end().createPipeline).toBeLessThanOrEqual(40);
    const running = countingCalls();
    step.run(setup.batch(1), setup.controls).metrics.dispose();
    const { dispatchWorkgroups, submit } = running.end();
    expect(dispatchWorkgroups).toBeLessThanOrEqual(200);
    expect(submit).toBe(1);
    step.dispose();
    setup.dispose();
    const wide = new Setup(study(true), 2);
    const again = countingCalls();
    const other = await createWebgpuStep(wide.options);
    expect(again.end().createPipeline).toBe(0);
    other.dispose();
    wide.dispose();
  });
});

describeOnWebgpu('a device that is lost', () => {
  it('is told in words, and the backend starts again on another', async () => {
    await useBackend('webgpu');
    const setup = new Setup(mixed, 4);
    const step = await createWebgpuStep(setup.options);
    await setup.loss(step, 1);
    const { device } = webgpuBackend();
    device.destroy();
    await device.lost;
    expect(step.failure()).toMatchObject({
      code: 'device-lost',
      message: expect.stringMatching(/^The graphics device was lost/) as string,
    });
    expect(() => step.run(setup.batch(2), setup.controls)).toThrow(/was lost/);
    step.dispose();
    await useBackend('webgpu');
    const again = new Setup(mixed, 4);
    const other = await createWebgpuStep(again.options);
    expect(await again.loss(other, 1)).toBeGreaterThan(0);
    other.dispose();
    again.dispose();
  });
});
