import { tensor1d, tidy, variable, variableGrads, slice, sum, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectNoLeaks } from '../../../tests/support/backends';
import { randomNetwork } from '../../../tests/support/randomNetwork';
import { expectClose, finiteDifferences } from '../../../tests/support/numbers';
import { channelMap } from '../network/channels';
import { planNetwork, type NetworkPlan } from '../network/plan';
import { resizeNetwork } from '../network/prune';
import { resnet8Seed } from '../network/resnet8';
import { createRandom } from '../random';
import { ContinuousCosts } from './continuousCosts';
import { networkCosts } from './costTable';
import { activationSteps } from './activations';
import { gap8 } from './devices/gap8';
import { devices } from './devices/index';
import { layerTable } from './layerTable';
import { constrainable, metricFor, type Metric, type MetricId } from './metrics';
import type { ChannelFactor } from './terms';

const metricsOf = (...ids: MetricId[]): Metric[] => ids.map((id) => metricFor(id, gap8));
const everyMetric = [
  ...metricsOf('gap8Cycles'),
  ...[...devices.values()].flatMap((device) => constrainable(device).map((id) => metricFor(id, device))),
];
/** Random networks hold batch norms that fold into nothing, whose flash is unknown. */
const forAnyNetwork = metricsOf('params', 'macs', 'gap8Cycles', 'latencyMs', 'ramBytes');

const resnet8 = planNetwork(resnet8Seed(10));

describeOnBackends('the cost of continuous channels', ['cpu', 'wasm'], () => {
  expectNoLeaks();

  it('equals the pruned network’s at whole numbers, for random networks', async () => {
    const random = createRandom(8, 'continuous costs');
    for (let round = 0; round < 20; round++) {
      const plan = planNetwork(randomNetwork(random));
      const map = channelMap(plan);
      if (map.groups.length === 0) continue;
      const counts = new Map(map.groups.map(({ id, channels }) => [id, 1 + random.integer(channels)]));
      const expected = networkCosts(planNetwork(resizeNetwork(plan, map, counts)), forAnyNetwork);
      await expectCosts(plan, forAnyNetwork, [...counts.values()], expected);
    }
  });

  it('equals the pruned network’s at whole numbers, for every metric of every device', async () => {
    const random = createRandom(11, 'continuous costs');
    const map = channelMap(resnet8);
    const all = map.groups.map(({ channels }) => channels);
    for (const sizes of [all, ...[1, 2, 3, 4].map(() => all.map((channels) => 1 + random.integer(channels)))]) {
      const counts = new Map(map.groups.map(({ id }, index) => [id, sizes[index] as number]));
      await expectCosts(resnet8, everyMetric, sizes, networkCosts(planNetwork(resizeNetwork(resnet8, map, counts)), everyMetric));
    }
  });

  it('has the gradient of the same cost with the rounding’s slope replaced by 1', async () => {
    const random = createRandom(9, 'cost gradients');
    const plans = [resnet8, ...Array.from({ length: 8 }, () => planNetwork(randomNetwork(random)))];
    for (const plan of plans)
      for (const metric of plan === resnet8 ? everyMetric : forAnyNetwork) {
        const map = channelMap(plan);
        if (map.groups.length === 0) continue;
        const sizes = map.groups.map(({ channels }) => 1 + (channels - 1) * random.uniform());
        const start = tensor1d(sizes);
        const at = variable(start);
        const costs = new ContinuousCosts(plan, map, [metric]);
        const { value, grads } = variableGrads(() => sum(costs.at(at as unknown as Tensor1D)) as Scalar, [at]);
        const expected = finiteDifferences((x) => sloped(plan, metric, x, sizes), sizes, 1e-3);
        await expectClose(Object.values(grads)[0] as Tensor1D, expected, 1e-5, metric.id);
        for (const held of [start, at, value, ...Object.values(grads)]) held.dispose();
        costs.dispose();
      }
  });

  async function expectCosts(plan: NetworkPlan, metrics: readonly Metric[], sizes: readonly number[], expected: readonly number[]) {
    const costs = new ContinuousCosts(plan, channelMap(plan), metrics);
    for (const [index, metric] of metrics.entries()) {
      const value = tidy(() => slice(costs.at(tensor1d([...sizes])), index, 1));
      await expectClose(value, [expected[index] as number], 1e-6, metric.id);
      value.dispose();
    }
    costs.dispose();
  }
});

/** The cost in double precision, each rounding replaced by the line of slope 1 through its value at `around`. */
function sloped(plan: NetworkPlan, metric: Metric, sizes: ArrayLike<number>, around: readonly number[]): number {
  const map = channelMap(plan);
  const sizeIn = (where: typeof map.inputs, path: string, whole: number, values: ArrayLike<number>) => {
    const tensor = where.get(path);
    return tensor ? tensor.repeat * (values[map.groups.indexOf(tensor.group)] as number) : whole;
  };
  const factor = (of: ChannelFactor | null, x: number, at: number) => {
    if (!of) return 1;
    if (of.block === null) return of.times * x;
    return Math.floor((of.times * at + of.block - 1) / of.block) + of.times * (x - at);
  };
  if (metric.combine === 'max') return peakAt(plan, sizes);
  let total = metric.networkCost;
  for (const row of layerTable(plan))
    for (const { constant, of } of metric.terms(row)) {
      const side = (of: ChannelFactor | null, where: typeof map.inputs, whole: number) =>
        factor(of, sizeIn(where, row.path, whole, sizes), sizeIn(where, row.path, whole, around));
      total += constant * side(of.inputs, map.inputs, row.inChannels) * side(of.outputs, map.outputs, row.outChannels);
    }
  return total / metric.divisor;
}

/** Peak memory with groups of continuous sizes, spelt out: every value live takes as much per channel as it does whole. */
function peakAt(plan: NetworkPlan, sizes: ArrayLike<number>): number {
  const map = channelMap(plan);
  const bytes = activationSteps(plan).map(({ live }) =>
    live.reduce((total, { name, bytes: whole }) => {
      const group = map.outputs.get(name)?.group;
      return total + (group ? (whole / group.channels) * (sizes[map.groups.indexOf(group)] as number) : whole);
    }, 0),
  );
  return Math.max(...bytes);
}

describe('every metric', () => {
  it('never falls when a group of channels grows', () => {
    const random = createRandom(10, 'monotone costs');
    const plans = [resnet8, ...Array.from({ length: 20 }, () => planNetwork(randomNetwork(random)))];
    for (const plan of plans) {
      const metrics = plan === resnet8 ? everyMetric : forAnyNetwork;
      const map = channelMap(plan);
      const counts = new Map(map.groups.map(({ id, channels }) => [id, 1 + random.integer(channels)]));
      const costsAt = (sizes: ReadonlyMap<string, number>) => networkCosts(planNetwork(resizeNetwork(plan, map, sizes)), metrics);
      const before = costsAt(counts);
      for (const [id, count] of counts)
        for (const [index, cost] of costsAt(new Map([...counts, [id, count + 1]])).entries())
          expect(cost, `${metrics[index]?.id} of ${id}`).toBeGreaterThanOrEqual(before[index] as number);
    }
  });
});
