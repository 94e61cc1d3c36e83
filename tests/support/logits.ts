import { mul, tensor, tidy } from '@tensorflow/tfjs-core';
import { costTable } from '../../src/core/cost/costTable';
import { gap8 } from '../../src/core/cost/devices/gap8';
import { metricFor } from '../../src/core/cost/metrics';
import type { Network } from '../../src/core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../../src/core/network/parameters';
import { planNetwork } from '../../src/core/network/plan';
import { numbersIn } from '../../src/core/ops/shape';
import { createRandom } from '../../src/core/random';
import { plainSoftmax, SuperNet } from '../../src/core/search/architectures/supernet';
import type { FollowingInference, InferenceFactory } from '../../src/core/search/training/engine';
import { normals } from './numbers';
import { unevenStart, type TrainOptions } from './training';

export const BATCH = 5;

/** Logits of two batches, after setting every parameter to random values, running statistics included. */
export async function logitsOf(network: Network, search: TrainOptions['search'], factory: InferenceFactory): Promise<number[]> {
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

/** Makes an inference while all of the model's values are half of what they are, and refreshes it when they are themselves again. */
export const madeBefore =
  (factory: InferenceFactory<FollowingInference>): InferenceFactory =>
  async (model, batchSize) => {
    const variables = [...model.parameters.values(), ...(model.architecture?.alphas.values() ?? [])];
    const values = variables.map((variable) => variable.clone());
    for (const variable of variables) tidy(() => variable.assign(mul(variable, 0.5)));
    const inference = await factory(model, batchSize);
    variables.forEach((variable, index) => variable.assign(values[index] as (typeof values)[number]));
    for (const value of values) value.dispose();
    await inference.refresh();
    return inference;
  };
