import { describe, expect, it } from 'vitest';
import { gap8 } from '../../cost/devices/gap8';
import { networkCosts } from '../../cost/costTable';
import { metricFor, type MetricId } from '../../cost/metrics';
import { channelMap } from '../../network/channels';
import { planNetwork } from '../../network/plan';
import { resizeNetwork, type KeptChannels } from '../../network/prune';
import { resnet8Seed } from '../../network/resnet8';
import { createRandom } from '../../random';
import { fitChannels } from './channelFit';
import type { Targets } from '../../cost/metrics';

const plan = planNetwork(resnet8Seed(10));
const map = channelMap(plan);
const metrics = (['flashBytes', 'latencyMs', 'ramBytes'] as MetricId[]).map((id) => metricFor(id, gap8));
const fit = (targets: Targets, importances: ReadonlyMap<string, readonly number[]>) =>
  fitChannels(plan, map, metrics, targets, importances);
const everywhere = (value: (channel: number) => number) =>
  new Map(map.groups.map(({ id, channels }) => [id, Array.from({ length: channels }, (_, channel) => value(channel))]));

function costs(kept: KeptChannels): [number, number, number] {
  const counts = new Map([...kept].map(([id, channels]) => [id, channels.length]));
  return networkCosts(planNetwork(resizeNetwork(plan, map, counts)), metrics) as [number, number, number];
}

describe('fitting channels', () => {
  it('keeps exactly what exceeds the threshold, and the last channel, where the targets allow it', () => {
    const kept = fit(
      {},
      everywhere((channel) => (channel % 2 === 0 ? 0.51 : 0.5)),
    );
    expect(kept.get('stemConv')).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 15]);
    expect(
      fit(
        { flashBytes: 78_744, latencyMs: 7.67 },
        everywhere(() => 1),
      ).get('stack3bConv'),
    ).toHaveLength(64);
  });

  it('meets any targets that one channel per group meets, and gives up the least important channels of each group', () => {
    const random = createRandom(4, 'channel fit');
    for (let round = 0; round < 12; round++) {
      const importances = everywhere(() => 0.5 + random.uniform());
      const targets = {
        flashBytes: 200 + 78_000 * random.uniform() ** 2,
        latencyMs: 0.25 + 7 * random.uniform() ** 2,
        ramBytes: 4_200 + 45_000 * random.uniform(),
      };
      const kept = fit(targets, importances);
      const [flash, latency, ram] = costs(kept);
      expect(flash).toBeLessThanOrEqual(targets.flashBytes);
      expect(latency).toBeLessThanOrEqual(targets.latencyMs);
      expect(ram).toBeLessThanOrEqual(targets.ramBytes);
      for (const [id, channels] of kept) {
        const values = importances.get(id) as readonly number[];
        const worst = Math.min(...channels.slice(0, -1).map((channel) => values[channel] as number));
        const given = values.slice(0, -1).filter((_, channel) => !channels.includes(channel));
        for (const value of given) expect(value).toBeLessThanOrEqual(worst);
      }
    }
  });

  it('takes from where a channel costs much and matters little', () => {
    const importances = everywhere(() => 1);
    importances.set('stack1aConv', new Array<number>(16).fill(0.6));
    const kept = fit({ latencyMs: 7.3 }, importances);
    expect(kept.get('stack1aConv')?.length).toBeLessThan(16);
    expect(
      [...kept].filter(([id]) => id !== 'stack1aConv').every(([id, channels]) => channels.length === importances.get(id)?.length),
    ).toBe(true);
  });

  it('says what is least when nothing fits', () => {
    expect(() =>
      fit(
        { flashBytes: 50 },
        everywhere(() => 1),
      ),
    ).toThrow(/least flash memory within reach is 1\d\d B|0\.1\d* kB/);
  });
});
