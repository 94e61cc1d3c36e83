import { KernelBackend, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, expect, it } from 'vitest';
import type { InferenceFactory } from '../core/search/training/engine';
import type { StepFactory, TrainingStep } from '../core/search/training/trainingStep';
import { watchedInference, watchedStep } from './deviceWatch';

const done: string[] = [];
const used: string[] = [];
const step = { run: () => done.push('run'), failure: () => null, dispose: () => done.push('dispose') } as unknown as TrainingStep;
const createStep = watchedStep((() => Promise.resolve(step)) as StepFactory);
const createInference = watchedInference((() => Promise.resolve(step)) as unknown as InferenceFactory);
const run = (made: TrainingStep) => made.run(...([] as unknown as Parameters<TrainingStep['run']>));

/** Makes a backend active that has nothing but a device. */
async function use(name: 'webgl' | 'webgpu', device: object): Promise<void> {
  registerBackend(name, () => Object.assign(new KernelBackend(), device, { dispose: () => {} }));
  used.push(name);
  await setBackend(name);
}

afterEach(async () => {
  done.length = 0;
  await setBackend('cpu');
  for (const name of used.splice(0)) removeBackend(name);
});

it('fails with a WebGL context as soon as that is lost, before another step', async () => {
  const lost = { is: false };
  await use('webgl', { gpgpu: { gl: { isContextLost: () => lost.is } } });
  const [watched, inference] = [await createStep({} as never), await createInference({} as never, 1)];
  run(watched);
  expect([watched.failure(), inference.failure()]).toEqual([null, null]);
  lost.is = true;
  expect(() => run(watched)).toThrow('The graphics device was lost');
  expect(watched.failure()).toMatchObject({ code: 'device-lost' });
  expect(inference.failure()).toMatchObject({ code: 'device-lost' });
  expect(done).toEqual(['run']);
});

it('fails with a WebGPU device, and listens to it no longer than the step is there', async () => {
  const device = Object.assign(new EventTarget(), { lost: new Promise(() => {}) });
  await use('webgpu', { device });
  const [watched, ended] = [await createStep({} as never), await createStep({} as never)];
  ended.dispose();
  const refusal = Object.assign(new Event('uncapturederror', { cancelable: true }), { error: { message: 'no room' } });
  device.dispatchEvent(refusal);
  expect(() => run(watched)).toThrow('no room');
  expect(watched.failure()?.message).toMatch(/cannot be trusted/);
  expect(ended.failure()).toBeNull();
  expect(done).toEqual(['dispose']);
});

it('leaves a step as it is where no device can be lost', async () => {
  await setBackend('cpu');
  expect(await createStep({} as never)).toBe(step);
});
