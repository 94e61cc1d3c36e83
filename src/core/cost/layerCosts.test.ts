import { describe, expect, it } from 'vitest';
import { channelMap } from '../network/channels';
import { chooseCandidates } from '../network/choose';
import { mixedOps, planNetwork, type NetworkPlan } from '../network/plan';
import { resizeNetwork } from '../network/prune';
import { resnet8Seed, resnet8Supernet } from '../network/resnet8';
import { dsCnnSeed } from '../network/dsCnn';
import { networkCosts } from './costTable';
import { gap8 } from './devices/gap8';
import { layerCosts, outputParts, type Expected } from './layerCosts';
import { layerFacts } from './layerFacts';
import { metricFor, type Metric } from './metrics';

const metrics: Metric[] = (['flashBytes', 'latencyMs', 'ramBytes', 'macs', 'params'] as const).map((id) => metricFor(id, gap8));

function layersOf(plan: NetworkPlan) {
  const facts = layerFacts(plan, metrics);
  return plan.layers.map((layer) => ({
    id: layer.id,
    inputs: layer.inputs,
    candidates: layer.kind === 'mixedOp' ? layer.candidates.map(({ name }) => name) : [],
    operations: facts.get(layer.id) ?? [],
  }));
}

const costsOf = (plan: NetworkPlan, expected: Expected) => layerCosts(layersOf(plan), metrics, expected);

/** Sums of what adds up, and the largest of what is a peak. */
const together = (costs: ReadonlyMap<string, readonly number[]>) =>
  metrics.map(({ combine }, at) => {
    const all = [...costs.values()].map((of) => of[at] as number);
    return combine === 'sum' ? all.reduce((sum, one) => sum + one, 0) : Math.max(...all);
  });

/** The costs of a whole network, without what the device takes for any network. */
const whole = (plan: NetworkPlan) =>
  networkCosts(plan, metrics).map((cost, at) => {
    const metric = metrics[at] as Metric;
    return cost - (metric.combine === 'sum' ? metric.networkCost / metric.divisor : 0);
  });

function expectAlike(some: readonly number[], others: readonly number[]) {
  others.forEach((other, at) => expect((some[at] as number) / other, metrics[at]?.id).toBeCloseTo(1, 9));
}

describe('costs by layer', () => {
  it('of a supernet with one candidate chosen at each place are together those of that network', () => {
    const supernet = planNetwork(resnet8Supernet(10));
    const chosen = mixedOps(supernet).map(({ id, candidates }, at) => [id, candidates[at % candidates.length]?.name ?? ''] as const);
    const choice = Object.fromEntries(chosen);
    const costs = costsOf(supernet, {
      weight: (layer, index) => Number(mixedOps(supernet).find(({ id }) => id === layer)?.candidates[index]?.name === choice[layer]),
      kept: () => null,
    });
    expectAlike(together(costs), whole(planNetwork(chooseCandidates(supernet.network, choice))));
  });

  it.each([
    ['ResNet-8', resnet8Seed(10)],
    ['DS-CNN', dsCnnSeed(12)],
  ])('of %s with part of its channels are together those of the smaller network, whose outputs are as wide', (_, network) => {
    const plan = planNetwork(network);
    const map = channelMap(plan);
    const kept = new Map(map.groups.map(({ id, channels }, at) => [id, channels - 1 - (at % 5)]));
    const expected: Expected = {
      weight: () => 1,
      kept: (path) => {
        const group = map.groups.find(({ layers }) => layers.includes(path));
        return group ? (kept.get(group.id) as number) / group.channels : null;
      },
    };
    const smaller = planNetwork(resizeNetwork(plan, map, kept));
    expectAlike(together(costsOf(plan, expected)), whole(smaller));
    const parts = outputParts(layersOf(plan), expected);
    const widths = ({ layers }: NetworkPlan, part: (id: string) => number) =>
      layers.map(({ id, outputShape }) => [id, Math.round((outputShape.at(-1) as number) * part(id))]);
    expect(widths(plan, (id) => parts.get(id) as number)).toEqual(widths(smaller, () => 1));
  });

  it('weigh the candidates of a place, and give none to a layer that computes nothing', () => {
    const supernet = planNetwork(resnet8Supernet(10));
    const only = (index: number) => costsOf(supernet, { weight: (_, at) => Number(at === index), kept: () => null }).get('stack1b') ?? [];
    const mixed = costsOf(supernet, { weight: (_, at) => [0.2, 0, 0.8, 0][at] ?? 0, kept: () => null });
    mixed.get('stack1b')?.forEach((cost, at) => {
      expect(cost).toBeCloseTo(0.2 * (only(0)[at] as number) + 0.8 * (only(2)[at] as number), 9);
    });
    expect(mixed.get('stack1')?.[0]).toBe(0);
    expect(mixed.get('stack1')?.[2]).toBeGreaterThan(0);
  });
});
