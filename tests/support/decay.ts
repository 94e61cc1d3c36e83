/** Checks weight decay against its closed form, and that it leaves architecture parameters alone. */
import { keep, type Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { StepFactory } from '../../src/core/search/training/trainingStep';
import { networks } from './networks';
import { StepSetup } from './stepSetup';
import { difference, readAll } from './training';

const [, mixed] = networks.at(-1) as (typeof networks)[number];
const DECAY = 0.3;

/** One step of gradient descent: w - rate * (gradient + decay * w) for weights, without decay for architecture parameters. */
export async function expectDecay(createStep: StepFactory): Promise<void> {
  const setup = new StepSetup(mixed, 4);
  const { weightRate, archRate } = setup.controls;
  const variables = [...setup.parameters, ...setup.supernet.alphas].filter(([, { trainable }]) => trainable);
  const before = await readAll(variables);
  const step = await createStep({ ...setup.options, optimizer: 'sgd', archOptimizer: 'sgd', weightDecay: DECAY });
  const kept: [string, Tensor][] = [];
  const { metrics } = step.run(setup.batch(1), setup.controls, (gradients) => {
    for (const [name, gradient] of gradients) kept.push([name, keep(gradient.clone())]);
  });
  metrics.dispose();
  step.settle();
  const [gradients, after] = [await readAll(kept), await readAll(variables)];
  for (const [name, values] of before) {
    const [rate, decay] = setup.supernet.alphas.has(name) ? [archRate, 0] : [weightRate, DECAY];
    const gradient = gradients.get(name) as Float32Array;
    const expected = values.map((value, index) => value - rate * ((gradient[index] as number) + decay * value));
    expect(difference(after.get(name) as Float32Array, expected), name).toBeLessThan(1e-5);
  }
  for (const [, gradient] of kept) gradient.dispose();
  step.dispose();
  setup.dispose();
}
