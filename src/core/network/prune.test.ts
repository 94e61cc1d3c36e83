import { memory, tensor, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnBackends } from '../../../tests/support/backends';
import { randomNetwork } from '../../../tests/support/randomNetwork';
import { expectClose, normals } from '../../../tests/support/numbers';
import { gap8 } from '../cost/devices/gap8';
import { metricFor } from '../cost/metrics';
import { createRandom, type Random } from '../random';
import { Pit } from '../search/architectures/pit';
import { channelMap } from './channels';
import { forward, plain, type ForwardOptions } from './forward';
import { createParameters, disposeParameters, initialWeights, type Parameters } from './parameters';
import { planNetwork, type NetworkPlan } from './plan';

/** Parameters with biases and running statistics other than 0 and 1, so that a mistake in any shows. */
function unevenParameters(plan: NetworkPlan, random: Random): Parameters {
  const weights = Object.entries(initialWeights(plan, random)).map(([name, { shape, data }]) => {
    const values = name.endsWith('/kernel') ? data : Float32Array.from(data, () => 0.5 + random.uniform());
    return [name, { shape, data: values }] as const;
  });
  return createParameters(plan, Object.fromEntries(weights));
}

function logits(plan: NetworkPlan, parameters: Parameters, x: Tensor, under: Pick<ForwardOptions, 'mixing' | 'mask'>): Tensor {
  const parameter = (name: string) => parameters.get(name) as Variable;
  return tidy(() => forward(plan, x, { ...under, batchNorm: 'running', training: false, parameter }));
}

describeOnBackends('a pruned network', ['cpu', 'wasm'], () => {
  it('computes what the masked network computes, for random networks, weights and masks', async () => {
    const random = createRandom(5, 'pruning');
    let removed = 0;
    for (let round = 0; round < 30; round++) {
      const before = memory().numTensors;
      const plan = planNetwork(randomNetwork(random));
      const parameters = unevenParameters(plan, random);
      const alphas = channelMap(plan).groups.map(({ id, channels }) => [
        id,
        Array.from({ length: channels }, () => 2 * random.uniform() - 1),
      ]);
      const pit = new Pit(plan, [metricFor('params', gap8)], { start: 1, end: 1 }, Object.fromEntries(alphas) as Record<string, number[]>);
      const pruned = await pit.discretise({}, parameters);
      const x = tensor(normals(4 * 6 * 5 * 3, round), [4, 6, 5, 3]);
      const masked = tidy(() => logits(plan, parameters, x, pit.pass().forward));
      const smaller = logits(pruned.plan, pruned.parameters, x, plain);
      await expectClose(smaller, masked, 2e-5, `network ${round}`);
      for (const { layer, kept, total } of pruned.channels) {
        expect(kept, layer).toBeGreaterThanOrEqual(1);
        removed += total - kept;
      }
      for (const held of [x, masked, smaller]) held.dispose();
      pit.dispose();
      disposeParameters(parameters);
      disposeParameters(pruned.parameters);
      expect(memory().numTensors).toBe(before);
    }
    expect(removed).toBeGreaterThan(100);
  });
});
