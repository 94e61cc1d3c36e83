import { expect, it } from 'vitest';
import { randomNetwork } from '../../../tests/support/randomNetwork';
import { channelMap } from '../network/channels';
import { planNetwork, type NetworkPlan } from '../network/plan';
import { resizeNetwork } from '../network/prune';
import { resnet8Seed } from '../network/resnet8';
import { createRandom } from '../random';
import { costRows, costsFrom, meanChannelCosts } from './costRows';
import { networkCosts } from './costTable';
import { devices } from './devices/index';
import { constrainable, metricFor, type Metric } from './metrics';

const random = createRandom(8, 'cost rows');

function expectEqualCosts(plan: NetworkPlan, metrics: readonly Metric[]): void {
  const map = channelMap(plan);
  const sizes = new Map(map.groups.map(({ id, channels }) => [id, 1 + random.integer(channels)]));
  const expected = networkCosts(planNetwork(resizeNetwork(plan, map, sizes)), metrics);
  const costs = costsFrom(costRows(plan, map, metrics), sizes);
  for (const [index, { id }] of metrics.entries())
    expect(Math.abs((costs[index] as number) / (expected[index] as number) - 1), id).toBeLessThan(1e-12);
}

it('give the costs of any choice of channels, for every metric of every device', () => {
  const plan = planNetwork(resnet8Seed(10));
  for (const device of devices.values())
    for (let round = 0; round < 5; round++)
      expectEqualCosts(
        plan,
        constrainable(device).map((id) => metricFor(id, device)),
      );
});

it('give the costs of random networks', () => {
  const [device] = devices.values();
  // Random networks hold batch norms that fold into nothing, whose flash is unknown.
  const metrics = (['params', 'macs', 'latencyMs', 'ramBytes'] as const).map((id) => metricFor(id, device as NonNullable<typeof device>));
  for (let round = 0; round < 40; round++) expectEqualCosts(planNetwork(randomNetwork(random)), metrics);
});

it('share out what a group adds among its channels, also where costs are rounded up', () => {
  const plan = planNetwork(resnet8Seed(10));
  const map = channelMap(plan);
  const [device] = devices.values();
  const metrics = (['flashBytes', 'latencyMs'] as const).map((id) => metricFor(id, device as NonNullable<typeof device>));
  const rows = costRows(plan, map, metrics);
  const whole = new Map(map.groups.map(({ id, channels }) => [id, channels]));
  const all = costsFrom(rows, whole);
  const means = meanChannelCosts(rows, whole);
  for (const [at, { id, channels }] of map.groups.entries()) {
    const without = costsFrom(rows, new Map(whole).set(id, 0));
    for (const [metric, cost] of all.entries()) {
      const [mean, added] = [means[at]?.[metric] as number, cost - (without[metric] as number)];
      expect(channels * mean).toBeCloseTo(added, 9);
      // No group adds more than the network costs.
      expect(channels * mean).toBeLessThan(cost);
      expect(mean).toBeGreaterThan(0);
    }
  }
});
