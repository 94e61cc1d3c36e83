/** The closed form against autograd: a gradient whose loss is the penalty, or the method's own term, and nothing else. */
import { add, concat, tidy, variableGrads, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { variedSupernet } from '../../../../tests/support/supernets';
import { penaltyOf } from '../../../kernels/penalty/reference';
import { costTable } from '../../cost/costTable';
import { stm32l4r5 } from '../../cost/devices/stm32l4r5';
import { constrainable, metricFor } from '../../cost/metrics';
import { planNetwork } from '../../network/plan';
import { resnet8Seed } from '../../network/resnet8';
import { createRandom } from '../../random';
import { Pit } from '../architectures/pit';
import { plainSoftmax, SuperNet } from '../architectures/supernet';
import type { Architecture } from './architecture';
import { penaltyGradient } from './penaltyGradient';

const metrics = constrainable(stm32l4r5).map((id) => metricFor(id, stm32l4r5));
const random = createRandom(4, 'penalty');
const uniform = (count: number) => Array.from({ length: count }, () => 2 * random.uniform() - 1);

function supernet(): Architecture {
  const plan = planNetwork(variedSupernet);
  const sizes = new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random }).alphas;
  const start = Object.fromEntries([...sizes].map(([id, { size }]) => [id, uniform(size)]));
  const options = { ...plainSoftmax, temperature: { start: 2, end: 0.2 }, icv: 0.3, random };
  return new SuperNet(plan, costTable(plan, metrics), options, undefined, start);
}

function channels(): Architecture {
  const plan = planNetwork(resnet8Seed(10));
  const start = Object.fromEntries(new Pit(plan, metrics, { start: 1, end: 1 }).groups.map((group) => [group.id, uniform(group.channels)]));
  return new Pit(plan, metrics, { start: 1, end: 0.1 }, start);
}

beforeAll(() => useBackend('cpu'));

describe.each([
  ['candidates', supernet],
  ['channels', channels],
])('a search over %s', (_, make) => {
  it('has the gradients that autograd has', async () => {
    const architecture = make();
    architecture.advance(0.5);
    const costs = Object.values(await architecture.readCosts());
    const readings = await tidy(() => concat(architecture.pass('training').readings())).data();
    const penalties = costs.map((cost, index) => ({ strength: 1 / cost, target: cost * (index % 2 === 0 ? 0.7 : 2), floor: cost * 1.5 }));
    const temperature = architecture.formula?.temperature() as number;
    const own = penaltyGradient(architecture, { costs, readings, penalties, temperature });

    const alphas = [...architecture.alphas];
    const gradientOf = (loss: () => Scalar) => {
      const { grads } = variableGrads(
        loss,
        alphas.map(([, alpha]) => alpha),
      );
      const named = new Map(alphas.map(([id, alpha]) => [id, grads[alpha.name] as Tensor]));
      return [...tidy(() => architecture.gradientAt(named)).dataSync()]; // eslint-disable-line no-restricted-syntax -- a test on the CPU
    };
    const ofPenalty = gradientOf(() => penaltyOf(architecture.pass('training').costs(), penalties));
    expectClose(own.penalty, ofPenalty);
    expect(Math.max(...ofPenalty.map(Math.abs))).toBeGreaterThan(1e-3);
    if (architecture.groups.length > 0) return;
    const silent = () =>
      penaltyOf(
        architecture.pass('training').costs() as Tensor1D,
        penalties.map((one) => ({ ...one, strength: 0 })),
      );
    expectClose(
      own.regularization,
      gradientOf(() => add(silent(), architecture.pass('training').regularization() as Scalar)),
    );
  });
});

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  actual.forEach((value, at) => expect(Math.abs(value - (expected[at] as number)) / scale, `number ${at}`).toBeLessThan(1e-5));
}
