import { describe, expect, it } from 'vitest';
import { gap8 } from '../cost/devices/gap8';
import { layerTable } from '../cost/layerTable';
import { layerCost, metricFor, type LayerMetric, type LayerMetricId } from '../cost/metrics';
import { networkCosts } from '../cost/costTable';
import { chooseCandidates } from './choose';
import { mixedOps, planNetwork } from './plan';
import { resnet8Seed, resnet8Supernet } from './resnet8';

const metrics = (['params', 'macs', 'gap8Cycles', 'flashBytes', 'latencyMs'] as LayerMetricId[]).map((id) => metricFor(id, gap8));

/** Weights and multiply-accumulates without biases, and GAP8 cycles, by layer. Source: MLPerf Tiny's keras_model.py. */
const published = [
  ['stemConv', 432, 442_368, 32_384],
  ['stack1aConv', 2_304, 2_359_296, 151_296],
  ['stack1bConv', 2_304, 2_359_296, 151_296],
  ['stack2aConv', 4_608, 1_179_648, 71_040],
  ['stack2bConv', 9_216, 2_359_296, 140_160],
  ['stack2Skip', 512, 131_072, 9_600],
  ['stack3aConv', 18_432, 1_179_648, 67_776],
  ['stack3bConv', 36_864, 2_359_296, 134_592],
  ['stack3Skip', 2_048, 131_072, 8_384],
  ['logits', 640, 640, 96],
] as const;

describe('the seed ResNet-8', () => {
  const plan = planNetwork(resnet8Seed(10));

  it('costs what the published network costs', () => {
    const [params, macs, gap8Cycles, flashBytes, latencyMs] = networkCosts(plan, metrics) as [number, number, number, number, number];
    expect({ params, macs, gap8Cycles, flashBytes }).toEqual({ params: 77_466, macs: 12_513_930, gap8Cycles: 766_624, flashBytes: 78_744 });
    expect(latencyMs).toBeCloseTo(7.66624, 10);
  });

  it('equals the published network layer by layer, biases left out', () => {
    const rows = layerTable(plan).map((row) => ({ ...row, bias: false }));
    const counted = rows.map((row) => [row.path, ...metrics.slice(0, 3).map((metric) => layerCost(metric, row))]);
    expect(counted).toEqual(published.map((row) => [...row]));
  });

  it('has a bias only where no batch norm follows', () => {
    const withBias = layerTable(plan).filter(({ bias }) => bias);
    expect(withBias.map(({ path }) => path)).toEqual(['stack2Skip', 'stack3Skip', 'logits']);
    expect(layerTable(plan).every(({ bias, foldsBatchNorm }) => bias !== foldsBatchNorm)).toBe(true);
  });
});

describe('the ResNet-8 supernet', () => {
  const plan = planNetwork(resnet8Supernet(10));

  it('holds 48.3 million multiply-accumulates, 3.9 times the seed, most of them in 5x5 candidates', () => {
    const macsOf = (test: (candidate: string | undefined) => boolean) =>
      layerTable(plan)
        .filter(({ choice }) => test(choice?.candidate))
        .reduce((total, row) => total + layerCost(metrics[1] as LayerMetric, row), 0);
    const total = macsOf(() => true);
    expect(total / 1e6).toBeCloseTo(48.3, 1);
    expect(total / 12_513_930).toBeCloseTo(3.9, 1);
    expect(macsOf((candidate) => candidate === 'conv5x5') / total).toBeGreaterThan(0.5);
  });

  it('offers the paper’s candidates: three at first convolutions, also a skip at second ones', () => {
    const offered = Object.fromEntries(mixedOps(plan).map(({ id, candidates }) => [id, candidates.map(({ name }) => name).join(' ')]));
    const three = 'conv3x3 conv5x5 dsconv3x3';
    expect(offered).toEqual({
      stem: three,
      stack1a: three,
      stack1b: `${three} identity`,
      stack2a: three,
      stack2b: `${three} identity`,
      stack3a: three,
      stack3b: `${three} identity`,
    });
  });

  it('with 3x3 convolutions everywhere costs as much memory and time as the seed', () => {
    const choice = Object.fromEntries(mixedOps(plan).map(({ id }) => [id, 'conv3x3']));
    const [, , gap8Cycles, flashBytes] = networkCosts(planNetwork(chooseCandidates(plan.network, choice)), metrics);
    expect({ gap8Cycles, flashBytes }).toEqual({ gap8Cycles: 766_624, flashBytes: 78_744 });
  });
});
