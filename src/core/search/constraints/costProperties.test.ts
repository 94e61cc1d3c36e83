/** Properties of every cost on every device: for a supernet, the networks in it, and the expected cost between them. */
import { grad, memory, slice, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { everyChoice, variedSupernet } from '../../../../tests/support/supernets';
import { costTable, networkCosts } from '../../cost/costTable';
import { devices } from '../../cost/devices/index';
import { benchmarks } from '../../cost/fit/benchmarks';
import { layerTable, type LayerRow } from '../../cost/layerTable';
import { constrainable, layerCost, metricFor, type MetricId } from '../../cost/metrics';
import { chooseCandidates } from '../../network/choose';
import { mixedOps, planNetwork } from '../../network/plan';
import { resnet8Supernet } from '../../network/resnet8';
import { createRandom } from '../../random';
import { bestWithin, nearestWithin, totalCosts } from './choosing';
import { smallestReachable } from './reach';
import type { Targets } from '../../cost/metrics';
import { plainSoftmax, SuperNet } from '../architectures/supernet';

const plan = planNetwork(variedSupernet);
const places = mixedOps(plan);
const choices = everyChoice(places.map(({ candidates }) => candidates.length));
const all = [...devices.values()];
const options = { ...plainSoftmax, random: createRandom(0, 'gumbel') };

const networkOf = (picks: readonly number[]) =>
  chooseCandidates(
    plan.network,
    Object.fromEntries(places.map(({ id, candidates }, place) => [id, candidates[picks[place] as number]?.name as string])),
  );
const metricsOf = (device: (typeof all)[number]) => [...constrainable(device), 'gap8Cycles' as const].map((id) => metricFor(id, device));

describe.each(all.map((device) => [device.id, device] as const))('costs on %s', (_, device) => {
  beforeAll(() => useBackend('cpu'));
  const metrics = metricsOf(device);
  const table = costTable(plan, metrics);
  const random = createRandom(5, device.id);

  it('of a choice equal those of the derived network, exactly', () => {
    for (const picks of choices.filter(() => random.uniform() < 0.15))
      expect(totalCosts(table, picks)).toEqual(networkCosts(planNetwork(networkOf(picks)), metrics));
  });

  it('are expected to be those of the derived network when every weight is 0 or 1', async () => {
    const supernet = new SuperNet(plan, table, options);
    for (const picks of choices.filter(() => random.uniform() < 0.05)) {
      const oneHot = new Map(
        places.map(({ id, candidates }, place) => [id, tensor1d(candidates.map((__, index) => (index === picks[place] ? 1 : 0)))]),
      );
      const expected = [...(await supernet.expectedCosts(oneHot).data())];
      const exact = networkCosts(planNetwork(networkOf(picks)), metrics);
      exact.forEach((value, index) => expect((expected[index] as number) / value).toBeCloseTo(1, 5));
    }
    supernet.dispose();
  });

  it('have the gradient of their finite differences', async () => {
    const supernet = new SuperNet(plan, table, options);
    const sizes = places.map(({ candidates }) => candidates.length);
    const weights = sizes.flatMap((size) => {
      const drawn = Array.from({ length: size }, () => 0.1 + random.uniform());
      const total = drawn.reduce((sum, value) => sum + value, 0);
      return drawn.map((value) => value / total);
    });
    const expectedOf = (p: Tensor1D) => {
      let at = 0;
      return supernet.expectedCosts(
        new Map(
          sizes.map((size, place) => {
            const own = slice(p, at, size);
            at += size;
            return [places[place]?.id as string, own] as const;
          }),
        ),
      );
    };
    for (const [index, { id }] of metrics.entries()) {
      const gradient = [
        ...(await grad((p) =>
          expectedOf(p as Tensor1D)
            .slice(index, 1)
            .asScalar(),
        )(tensor1d(weights)).data()),
      ];
      for (let at = 0; at < weights.length; at++) {
        const moved = async (by: number) =>
          (await expectedOf(tensor1d(weights.map((value, other) => (other === at ? value + by : value)))).data())[index] as number;
        const scale = Math.max(...gradient.map(Math.abs));
        // The expected cost is linear except where the largest place changes, so the step need not be small.
        const difference = ((await moved(1e-3)) - (await moved(-1e-3))) / 2e-3;
        expect(Math.abs(difference - (gradient[at] as number)) / scale, `${id} ${at}`).toBeLessThan(2e-3);
      }
    }
    supernet.dispose();
  });

  it('grow with a layer’s channels', () => {
    const rows = Object.values(benchmarks).flatMap((network) => layerTable(planNetwork(network)));
    for (const metric of metrics) {
      if (metric.combine !== 'sum') continue;
      for (const row of rows)
        for (const wider of widened(row))
          expect(layerCost(metric, wider), `${metric.id} ${row.path}`).toBeGreaterThanOrEqual(layerCost(metric, row));
    }
  });

  it('grow with candidates: a larger kernel costs no less, a skip costs least', () => {
    for (const [index] of metrics.entries())
      for (const [place, { candidates }] of places.entries()) {
        const cost = (name: string) => table.candidates[place]?.[candidates.findIndex((candidate) => candidate.name === name)]?.[index];
        expect(cost('conv5x5')).toBeGreaterThanOrEqual(cost('conv3x3') as number);
        if (cost('identity') !== undefined)
          for (const { name } of candidates) expect(cost('identity')).toBeLessThanOrEqual(cost(name) as number);
      }
  });

  it('are derived within any set of limits as brute force derives them', () => {
    const totals = choices.map((picks) => totalCosts(table, picks));
    let infeasible = 0;
    for (let round = 0; round < 40; round++) {
      const scores = places.map(({ candidates }) => candidates.map(() => Math.log(0.02 + random.uniform())));
      const score = (picks: readonly number[]) => picks.reduce((sum, pick, place) => sum + (scores[place]?.[pick] as number), 0);
      // The limits are costs of networks in the space, so that some networks meet them exactly.
      const limits = metrics.map((__, index) => totals[random.integer(totals.length)]?.[index] as number);
      const used = metrics.map(() => random.uniform() < 0.5);
      const targets = Object.fromEntries(metrics.flatMap(({ id }, index) => (used[index] ? [[id, limits[index]]] : []))) as Targets;
      const fitting = choices.filter((__, at) =>
        metrics.every((___, index) => !used[index] || (totals[at]?.[index] as number) <= (limits[index] as number)),
      );
      const found = bestWithin(table, targets, scores);
      if (fitting.length === 0) infeasible += 1;
      expect(found && score(found)).toEqual(fitting.length === 0 ? null : expect.closeTo(Math.max(...fitting.map(score)), 10));
      if (found) {
        const derived = networkCosts(planNetwork(networkOf(found)), metrics);
        metrics.forEach(({ id }, index) => expect(derived[index]).toBeLessThanOrEqual(targets[id] ?? Infinity));
      }
    }
    expect(infeasible).toBeLessThan(35);
  });

  it('lead to the choice that brute force finds when it may still be pruned', () => {
    const pruned = {
      ...table,
      fixed: table.fixed.map((cost) => 0.3 * cost),
      candidates: table.candidates.map((offered) => offered.map((costs) => costs.map((cost) => 0.3 * cost))),
    };
    const totals = choices.map((picks) => totalCosts(table, picks));
    const kinds = { met: 0, raised: 0, none: 0 };
    for (let round = 0; round < 60; round++) {
      const scores = places.map(({ candidates }) => candidates.map(() => Math.log(0.02 + random.uniform())));
      const score = (picks: readonly number[]) => picks.reduce((sum, pick, place) => sum + (scores[place]?.[pick] as number), 0);
      const scale = 0.15 + 1.2 * random.uniform();
      const targets = Object.fromEntries(
        metrics.flatMap(({ id }, index) =>
          random.uniform() < 0.5 ? [[id, scale * (totals[random.integer(totals.length)]?.[index] as number)]] : [],
        ),
      ) as Targets;
      // The smallest common factor by which the targets have to be raised for a choice, unpruned.
      const factorOf = (picks: readonly number[]) =>
        Math.max(0, ...totalCosts(table, picks).map((cost, index) => cost / (targets[metrics[index]?.id as MetricId] ?? Infinity)));
      const prunable = choices.filter((picks) =>
        totalCosts(pruned, picks).every((cost, index) => cost <= (targets[metrics[index]?.id as MetricId] ?? Infinity)),
      );
      const found = nearestWithin(table, pruned, targets, scores);
      const least = Math.min(...prunable.map(factorOf));
      kinds[prunable.length === 0 ? 'none' : least <= 1 ? 'met' : 'raised'] += 1;
      if (prunable.length === 0) expect(found).toBeNull();
      else {
        expect(prunable.map(String)).toContain(String(found));
        const factor = Math.max(1, 1.011 * least);
        expect(factorOf(found as number[])).toBeLessThanOrEqual(factor);
        const best = Math.max(...prunable.filter((picks) => factorOf(picks) <= Math.max(1, least)).map(score));
        expect(score(found as number[])).toBeGreaterThan(best - 1e-9);
      }
    }
    expect(kinds.met, JSON.stringify(kinds)).toBeGreaterThan(0);
    expect(kinds.raised, JSON.stringify(kinds)).toBeGreaterThan(0);
  });

  it('reach their smallest values within other limits as brute force says', () => {
    const totals = choices.map((picks) => totalCosts(table, picks));
    for (let round = 0; round < 20; round++) {
      const [own, other] = [random.integer(metrics.length), random.integer(metrics.length)];
      const limit = totals[random.integer(totals.length)]?.[other] as number;
      const within = own === other ? totals : totals.filter((costs) => (costs[other] as number) <= limit);
      const id = (index: number) => metrics[index]?.id as MetricId;
      expect(smallestReachable(table, id(own), own === other ? {} : { [id(other)]: limit })).toBe(
        Math.min(...within.map((costs) => costs[own] as number)),
      );
    }
  });
});

describe('expected peak memory', () => {
  it('weighs what each candidate needs while it runs, and takes the largest place', async () => {
    await useBackend('cpu');
    const before = memory().numTensors;
    const table = costTable(planNetwork(resnet8Supernet(10)), [metricFor('ramBytes', all[0] as (typeof all)[number])]);
    const supernet = new SuperNet(planNetwork(resnet8Supernet(10)), table, options);
    // The first join holds three 32x32x16 values for every choice, and no layer needs more.
    expect(await supernet.readCosts()).toEqual({ ramBytes: 49_152 });
    supernet.dispose();
    expect(memory().numTensors).toBe(before);
    const varied = costTable(plan, [metricFor('ramBytes', all[0] as (typeof all)[number])]);
    const one = new SuperNet(plan, varied, options);
    // Place "a" reads 12x12x4 = 576 bytes, which the join reads too; "expand" has 2304 bytes in between.
    expect(varied.candidates[0]).toEqual([[1152], [1152], [1728], [576 + 2 * 2304], [1152]]);
    const peaks = varied.candidates.map((offered) => offered.reduce((sum, costs) => sum + (costs[0] as number), 0) / offered.length);
    expect((await one.readCosts()).ramBytes).toBeCloseTo(Math.max(...peaks, varied.fixed[0] as number), 2);
    one.dispose();
  });
});

/** The row with more input channels, and with more output channels. */
function widened(row: LayerRow): LayerRow[] {
  return [1, 3, 16].flatMap((more) =>
    row.kind === 'depthwiseConv2d'
      ? [{ ...row, inChannels: row.inChannels + more, outChannels: row.outChannels + more }]
      : [
          { ...row, inChannels: row.inChannels + more },
          { ...row, outChannels: row.outChannels + more },
        ],
  );
}
