import { memory, tidy, variableGrads, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { expectClose, finiteDifferences } from '../../../../tests/support/numbers';
import { costTable } from '../../cost/costTable';
import { gap8 } from '../../cost/devices/gap8';
import { metricFor } from '../../cost/metrics';
import { planNetwork } from '../../network/plan';
import { resnet8Supernet } from '../../network/resnet8';
import { createRandom } from '../../random';
import type { Purpose } from '../training/architecture';
import type { Sampling } from '../../config/searchConfig';
import { plainSoftmax, SuperNet } from './supernet';

const plan = planNetwork(resnet8Supernet(10));
const table = costTable(plan, [metricFor('flashBytes', gap8)]);
const uneven = { stem: [0.1, 0.9, 0.3] };

const cooling = { start: 2, end: 0.5 };

function supernetWith(sampling: Sampling, icv = 0, temperature: typeof cooling = plainSoftmax.temperature): SuperNet {
  return new SuperNet(plan, table, { ...plainSoftmax, temperature, sampling, icv, random: createRandom(2, 'gumbel') }, undefined, uneven);
}

/** The weights of the stem's candidates in one forward pass. */
async function mixing(supernet: SuperNet, purpose: Purpose): Promise<number[]> {
  const weights = tidy(() => supernet.pass(purpose).forward.mixing('stem').clone()) as Tensor1D;
  const values = [...(await weights.data())];
  weights.dispose();
  return values;
}

const likeliest = [0, 1, 0];
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6) as unknown);
const softmaxed = uneven.stem.map((alpha) => Math.exp(alpha) / uneven.stem.reduce((sum, other) => sum + Math.exp(other), 0));

describe('a supernet', () => {
  beforeAll(() => useBackend('cpu'));

  it('mixes by softmax, and hard only once it searches', async () => {
    const soft = supernetWith({ noise: 'none', hard: false });
    expect(await mixing(soft, 'training')).toEqual(close(softmaxed));
    const hard = supernetWith({ noise: 'none', hard: true });
    expect(await mixing(hard, 'training')).toEqual(close(softmaxed));
    hard.advance(0);
    expect(await mixing(hard, 'training')).toEqual(likeliest);
  });

  it('draws candidates in proportion to their weights with Gumbel noise, and the likeliest ones for an evaluation', async () => {
    const supernet = supernetWith({ noise: 'gumbel', hard: true });
    const counts = [0, 0, 0];
    const rounds = 2000;
    for (let round = 0; round < rounds; round++) {
      const drawn = await mixing(supernet, 'training');
      expect([...drawn].sort()).toEqual([0, 0, 1]);
      drawn.forEach((value, index) => (counts[index] = (counts[index] as number) + value / rounds));
    }
    counts.forEach((share, index) => expect(Math.abs(share - (softmaxed[index] as number))).toBeLessThan(0.05));
    expect(await mixing(supernet, 'evaluation')).toEqual(likeliest);
    expect(await mixing(supernetWith({ noise: 'gumbel', hard: false }), 'evaluation')).toEqual(close(softmaxed));
  });

  it('goes on from its state with the same temperature and the same draws', async () => {
    const before = supernetWith({ noise: 'gumbel', hard: false }, 0, cooling);
    before.advance(0.5);
    before.drawNoise();
    const after = supernetWith({ noise: 'gumbel', hard: false }, 0, cooling);
    after.restore(before.state());
    expect(after.temperature).toBe(before.temperature);
    expect(after.temperature).not.toBe(cooling.start);
    expect(after.drawNoise()).toEqual(before.drawNoise());
    const hard = supernetWith({ noise: 'none', hard: true });
    hard.restore(hard.state());
    expect(hard.hardens).toBe(false);
    hard.restore({ ...hard.state(), progress: 0 });
    expect(hard.hardens).toBe(true);
  });

  it('weighs costs by softmax whatever it draws', async () => {
    const [plainCost, drawn] = await Promise.all(
      [supernetWith({ noise: 'none', hard: false }), supernetWith({ noise: 'gumbel', hard: true })].map((supernet) => supernet.readCosts()),
    );
    expect(drawn).toEqual(plainCost);
  });

  it('drives weights apart with the inverse coefficient of variation, whose gradient is right', async () => {
    const before = memory().numTensors;
    const supernet = supernetWith({ noise: 'none', hard: false }, 0.5);
    const alpha = [...supernet.alphas.values()][0] as typeof supernet.alphas extends ReadonlyMap<string, infer V> ? V : never;
    const { value, grads } = variableGrads(() => supernet.pass('training').regularization() as Scalar, [alpha]);
    const expected = finiteDifferences((x) => 0.5 * inverseVariation(x), uneven.stem, 1e-4);
    await expectClose(Object.values(grads)[0] as Tensor1D, expected, 1e-4);
    expect(expected[1]).toBeLessThan(0);
    for (const held of [value, ...Object.values(grads)]) held.dispose();
    supernet.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

function inverseVariation(alphas: ArrayLike<number>): number {
  const exponentials = Array.from(alphas, Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  const p = exponentials.map((value) => value / total);
  const mean = 1 / p.length;
  const variance = p.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (p.length - 1);
  return mean ** 2 / (variance + 1e-3);
}
