/** Checks gradients of a training step against differences of its own loss, without any other implementation. */
import { keep, tensor, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Network } from '../../src/core/network/network';
import type { StepFactory } from '../../src/core/search/training/trainingStep';
import { batchNorm, conv, depthwise, relu } from '../../src/core/network/builders';
import { chain, networks } from './networks';
import { StepSetup } from './stepSetup';

const [, mixed] = networks.at(-1) as (typeof networks)[number];
/** Convolutions that are summed directly, by tiles of 6x6 and by tiles of 8x8, and depthwise ones. */
const convolutions = chain(
  [9, 10, 3],
  [
    conv(8, [3, 3], [1, 1], 'same', true),
    conv(12, [5, 5], [1, 1], 'same'),
    batchNorm,
    relu,
    conv(8, [3, 3], [1, 1], 'same'),
    depthwise([3, 3], [2, 2], 'same'),
    conv(6, [5, 5], [2, 2], 'same'),
    batchNorm,
    depthwise([5, 5], [1, 1], 'same', true),
  ],
);

/** Networks, and the names of the variables to shift in them. */
export const differentiated: readonly (readonly [string, Network, readonly string[]])[] = [
  ['mixed operations', mixed, ['m/bnRelu/0/kernel', 'm/separable/0/kernel', 'm/separable/1/gamma', 'm/plain/0/bias', 'l/kernel', 'm', 'n']],
  [
    'convolutions',
    convolutions,
    ['l0/kernel', 'l0/bias', 'l1/kernel', 'l2/beta', 'l4/kernel', 'l5/kernel', 'l6/kernel', 'l8/kernel', 'l10/kernel'],
  ],
];

/** The intended change of the loss: far above float32's resolution, and small enough for the loss to be nearly linear. */
const CHANGE = 4e-3;

/** Shifts each variable along its gradient, where the loss rises at a rate of the gradient's squared length. */
export async function expectGradients(network: Network, names: readonly string[], createStep: StepFactory, loss?: string): Promise<void> {
  const setup = new StepSetup(network, 4, loss);
  // A step gives no gradients for parameters with rate 0, so the rates are tiny instead.
  const still = { weightRate: 1e-9, archRate: 1e-9, penalties: [{ strength: 0, target: 0 }] };
  const lossWith = async (variable: Variable, values: Float32Array) => {
    tidy(() => variable.assign(tensor(values, variable.shape)));
    const step = await createStep(setup.options);
    const loss = await setup.loss(step, 1, still);
    step.dispose();
    return loss;
  };
  const step = await createStep(setup.options);
  const kept: Tensor[] = [];
  const run = step.run(setup.batch(1), still, (all) => {
    for (const name of names) kept.push(keep((all.get(name) as Tensor).clone()));
  });
  run.metrics.dispose();
  const gradients = await Promise.all(kept.map((gradient) => gradient.data<'float32'>()));
  for (const gradient of kept) gradient.dispose();
  step.dispose();
  for (const [index, name] of names.entries()) {
    const variable = (setup.parameters.get(name) ?? setup.supernet.alphas.get(name)) as Variable;
    const start = (await variable.data<'float32'>()).slice();
    const gradient = gradients[index] as Float32Array;
    const squared = gradient.reduce((sum, value) => sum + value * value, 0);
    expect(squared, name).toBeGreaterThan(0);
    const shifted = (by: number) => start.map((value, at) => value + (by * (gradient[at] as number)) / squared);
    const difference = (await lossWith(variable, shifted(CHANGE))) - (await lossWith(variable, shifted(-CHANGE)));
    await lossWith(variable, start);
    expect(difference / (2 * CHANGE), name).toBeCloseTo(1, 1);
  }
  setup.dispose();
}
