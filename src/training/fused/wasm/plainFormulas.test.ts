import { grad, mul, relu, slice, softmax, sub, sum, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { variedSupernet } from '../../../../tests/support/supernets';
import { costTable } from '../../../core/cost/costTable';
import { stm32l4r5 } from '../../../core/cost/devices/stm32l4r5';
import { constrainable, metricFor } from '../../../core/cost/metrics';
import { planNetwork } from '../../../core/network/plan';
import { createRandom } from '../../../core/random';
import { plainSoftmax, SuperNet } from '../../../core/search/architectures/supernet';
import { PlainFormulas } from './plainFormulas';

describe('a plain SuperNet', () => {
  it('has the expected costs of the supernet and the gradient of its penalty, for sums and for peaks', async () => {
    await useBackend('cpu');
    const plan = planNetwork(variedSupernet);
    const table = costTable(
      plan,
      constrainable(stm32l4r5).map((id) => metricFor(id, stm32l4r5)),
    );
    const random = createRandom(4, 'architecture');
    const options = { ...plainSoftmax, random };
    for (let round = 0; round < 5; round++) {
      const start = Object.fromEntries(
        [...new SuperNet(plan, table, options).alphas].map(([id, alpha]) => [
          id,
          Array.from({ length: alpha.size }, () => 2 * random.uniform() - 1),
        ]),
      );
      const supernet = new SuperNet(plan, table, options, undefined, start);
      const costs = await supernet.readCosts();
      const penalties = supernet.metrics.map((metric) => ({
        strength: (0.5 + random.uniform()) / (costs[metric] as number),
        target: 0.7 * (costs[metric] as number),
      }));
      const controls = { weightRate: 0, archRate: 1, penalties };
      const alphas = Float32Array.from(Object.values(start).flat());
      const own = new PlainFormulas(supernet, supernet.formula);
      own.forward(alphas, controls);
      supernet.metrics.forEach((metric, index) => expect((own.costs[index] as number) / (costs[metric] as number)).toBeCloseTo(1, 5));

      const gradients = new Float32Array(own.candidates);
      own.backward(new Float64Array(own.candidates), gradients, controls);
      const penalty = (all: Tensor1D) => {
        const expected = supernet.expectedCosts(weightsOf(supernet, all));
        const over = relu(
          sub(
            expected,
            penalties.map(({ target }) => target),
          ),
        );
        return sum(
          mul(
            over,
            penalties.map(({ strength }) => strength),
          ),
        );
      };
      const reference = await grad((all) => penalty(all as Tensor1D))(tensor1d(alphas)).data();
      gradients.forEach((value, at) => expect(value).toBeCloseTo(reference[at] as number, 5));
      supernet.dispose();
    }
  });
});

/** The candidates' weights per mixed operation, from one array of all architecture parameters. */
function weightsOf({ mixedOps }: SuperNet, all: Tensor1D): Map<string, Tensor1D> {
  let at = 0;
  return new Map(
    mixedOps.map(({ id, candidates }) => {
      const own = softmax(slice(all, at, candidates.length));
      at += candidates.length;
      return [id, own] as const;
    }),
  );
}
