import { describe, expect, it } from 'vitest';
import { activationSteps } from '../cost/activations';
import { networkCosts } from '../cost/costTable';
import { devices } from '../cost/devices/index';
import { benchmarks } from '../cost/fit/benchmarks';
import { layerTable } from '../cost/layerTable';
import { macs } from '../cost/macs';
import { metricFor } from '../cost/metrics';
import { weights } from '../cost/params';
import { ramBytes } from '../cost/ramBytes';
import { costOf } from '../cost/terms';
import { autoencoderSeed, autoencoderSupernet } from './autoencoder';
import { chooseCandidates } from './choose';
import { dsCnnSeed, dsCnnSupernet } from './dsCnn';
import { mobileNetSeed, mobileNetSupernet } from './mobileNet';
import type { Network } from './network';
import { mixedOps, planNetwork } from './plan';
import { resnet18 } from './resnet18';
import { numbersIn } from '../ops/shape';

/**
 * Weights and multiply-accumulates without biases, and activations that are live at once at most. Sources:
 * github.com/mlcommons/tiny, benchmark/training; trainable parameters as eml-eda/pytorch-benchmarks has them.
 */
const published = {
  ic: { weights: 77_360, macs: 12_501_632, ramBytes: 49_152 },
  kws: { weights: 22_016, macs: 2_656_768, ramBytes: 16_000 },
  vww: { weights: 208_112, macs: 7_489_664, ramBytes: 55_296 },
  ad: { weights: 264_192, macs: 264_192, ramBytes: 768 },
} as const;
const trainable = { kws: 23_756, vww: 213_586, ad: 267_928 } as const;

const plans = Object.entries(benchmarks).map(([id, network]) => [id as keyof typeof benchmarks, planNetwork(network)] as const);

describe('ResNet-18 for Tiny ImageNet', () => {
  it('has the weights, multiply-accumulates and trainable parameters of the paper’s code', () => {
    const plan = planNetwork(resnet18(200));
    const rows = layerTable(plan);
    expect(rows.reduce((total, row) => total + costOf(weights(row), row), 0)).toBe(11_261_632);
    expect(rows.reduce((total, row) => total + costOf(macs({ ...row, bias: false }), row), 0)).toBe(2_221_772_800);
    const trainable = plan.parameters.filter((parameter) => parameter.trainable);
    expect(trainable.reduce((total, { shape }) => total + numbersIn(shape), 0)).toBe(11_271_432);
  });
});

describe('the paper’s search spaces', () => {
  const convolutions = ['conv3x3', 'conv5x5', 'dsconv3x3'];

  it.each<[string, Network, Record<string, string[]>]>([
    ['DS-CNN', dsCnnSupernet(12), numbered('block', [1, 2, 3, 4], () => [...convolutions, 'identity'])],
    [
      'MobileNet',
      mobileNetSupernet(2),
      numbered('block', [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], (block) =>
        [4, 6, 8, 9, 10, 11, 12, 14].includes(block) ? [...convolutions, 'identity'] : convolutions,
      ),
    ],
    ['the autoencoder', autoencoderSupernet(640), numbered('dense', [2, 3, 4, 7, 8, 9], () => ['dense128', 'identity'])],
  ])('of %s has its places and candidates', (_, network, expected) => {
    const places = mixedOps(planNetwork(network)).map(({ id, candidates }) => [id, candidates.map(({ name }) => name)]);
    expect(Object.fromEntries(places)).toEqual(expected);
  });

  it.each([
    ['DS-CNN', dsCnnSupernet(12), dsCnnSeed(12), 'dsconv3x3'],
    ['MobileNet', mobileNetSupernet(2), mobileNetSeed(2), 'dsconv3x3'],
    ['the autoencoder', autoencoderSupernet(640), autoencoderSeed(640), 'dense128'],
  ])('of %s hold the seed network', (_, supernet, seed, candidate) => {
    const choice = Object.fromEntries(mixedOps(planNetwork(supernet)).map(({ id }) => [id, candidate]));
    const chosen = layerTable(planNetwork(chooseCandidates(supernet, choice)));
    const sizes = (rows: typeof chosen) => rows.map((row) => [costOf(weights(row), row), costOf(macs({ ...row, bias: false }), row)]);
    expect(sizes(chosen)).toEqual(sizes(layerTable(planNetwork(seed))));
  });
});

/** What each of these places should offer. */
function numbered(name: string, numbers: readonly number[], offered: (number: number) => string[]): Record<string, string[]> {
  return Object.fromEntries(numbers.map((number) => [`${name}${number}`, offered(number)]));
}

describe('the MLPerf Tiny networks', () => {
  it.each(plans)('%s has the published weights, multiply-accumulates and peak activations', (id, plan) => {
    const rows = layerTable(plan);
    expect(rows.reduce((total, row) => total + costOf(weights(row), row), 0)).toBe(published[id].weights);
    expect(rows.reduce((total, row) => total + costOf(macs({ ...row, bias: false }), row), 0)).toBe(published[id].macs);
    expect(Math.max(...activationSteps(plan).map(ramBytes))).toBe(published[id].ramBytes);
  });

  it.each(plans.filter(([id]) => id in trainable))('%s has the published number of trainable parameters', (id, plan) => {
    const count = plan.parameters.filter((parameter) => parameter.trainable).reduce((total, { shape }) => total + numbersIn(shape), 0);
    expect(count).toBe(trainable[id as keyof typeof trainable]);
  });

  /** Cycles by PLiNIO's formulas, worked out by hand apart from this code. */
  it.each([
    ['gap8', { ic: 766_624, kws: 526_880, vww: 1_425_728, ad: 33_024 }],
    ['diana', { ic: 81_545, kws: 51_969, vww: 208_608, ad: 16_994 }],
    ['gap9', { ic: 155_241, kws: 204_838, vww: 306_464, ad: 36_706 }],
  ] as const)('take the cycles on %s that its published model gives', (id, cycles) => {
    const device = devices.get(id);
    if (!device) throw new Error(`no device ${id}`);
    const metric = metricFor('latencyMs', device);
    for (const [network, plan] of plans) {
      const [latencyMs] = networkCosts(plan, [metric]) as [number];
      expect(Math.round((latencyMs * device.clockHz) / 1000), network).toBe(cycles[network]);
    }
  });

  it('take the energy on MPIC that its published model gives, biases aside', () => {
    const mpic = devices.get('mpic');
    if (!mpic) throw new Error('no device mpic');
    const energy = { ic: 128.2, kws: 27.2, vww: 76.8, ad: 2.7 };
    for (const [network, plan] of plans)
      expect((networkCosts(plan, [metricFor('energyUj', mpic)])[0] as number) / energy[network]).toBeCloseTo(1, 1);
  });
});
