/** Weights and run files hold layers' names, and random numbers are drawn in their order: neither may change. */
import { expect, it } from 'vitest';
import { workloads } from '../../../support/workloads';
import { benchmarks } from '../cost/fit/benchmarks';
import { fnv1a } from '../hash';
import type { Network } from './network';
import { planNetwork } from './plan';

/** Names and shapes of all layers and parameters, in order, as one number. */
function outline(network: Network): number {
  const { layers, parameters } = planNetwork(network);
  const lines = [
    ...layers.map(({ id, inputs, outputShape }) => [id, inputs, outputShape]),
    ...parameters.map((one) => [one.fullName, one.shape]),
  ];
  return fnv1a(new TextEncoder().encode(JSON.stringify(lines)));
}

const networks: readonly (readonly [string, Network])[] = [
  ...Object.entries(benchmarks),
  ...workloads.map(({ name, network }) => [name, network] as const),
];

it('keeps the names, shapes and order of the layers of every network', () => {
  expect(Object.fromEntries(networks.map(([name, network]) => [name, outline(network)]))).toEqual({
    ic: 1384926598,
    vww: 1135773105,
    kws: 721759663,
    ad: 2093012468,
    'study net': -1961172951,
    'ResNet-8 supernet': -1780514840,
    'ResNet-8 paths': -1780514840,
    'ResNet-8 seed': 1384926598,
    'ResNet-8 channels': 1384926598,
    'DS-CNN seed': 1605761250,
    'DS-CNN supernet': -14295978,
    'MobileNet seed': 1135773105,
    'MobileNet supernet': -1191628871,
    'autoencoder seed': 2093012468,
    'autoencoder supernet': 1684166050,
    'ResNet-18 seed': 874039201,
    'ResNet-18 channels': 874039201,
  });
});

it('names the last layer of a block after the block', () => {
  const ids = (network: Network) => network.layers.map(({ id }) => id);
  expect(ids(benchmarks.ic).slice(0, 8).join(' ')).toBe('stemConv stemBn stem stack1aConv stack1aBn stack1a stack1bConv stack1b');
  expect(ids(benchmarks.kws).slice(0, 6).join(' ')).toBe('stem/0 stem/1 stem/2 stem block1/0 block1/1');
  expect(ids(benchmarks.ad).slice(0, 4).join(' ')).toBe('dense1/0 dense1/1 dense1 dense2/0');
});
