/** Small int8 networks for tests: from every task's space, with weights and examples at random. */
import type { Candidate, Layer, Network } from '../../src/core/network/network';
import { autoencoderSupernet } from '../../src/core/network/autoencoder';
import { channelMap } from '../../src/core/network/channels';
import { chooseCandidates } from '../../src/core/network/choose';
import { dsCnnSeed, dsCnnSupernet } from '../../src/core/network/dsCnn';
import { mobileNetSupernet } from '../../src/core/network/mobileNet';
import { initialWeights, type Weights } from '../../src/core/network/parameters';
import { planNetwork, type NetworkPlan } from '../../src/core/network/plan';
import { resizeNetwork } from '../../src/core/network/prune';
import { resnet18 } from '../../src/core/network/resnet18';
import { resnet8Seed, resnet8Supernet } from '../../src/core/network/resnet8';
import { numbersIn } from '../../src/core/ops/shape';
import { foldNetwork } from '../../src/core/quantize/fold';
import { quantizeGraph } from '../../src/core/quantize/quantize';
import { tensorRanges } from '../../src/core/quantize/ranges';
import { tensorAt, type QuantizedGraph } from '../../src/core/quantize/graph';
import type { Random } from '../../src/core/random';
import { batchNorm, relu } from '../../src/core/network/builders';
import { randomNetwork } from './randomNetwork';

/** Networks of the spaces, before their channels are cut. */
const spaces: Readonly<Record<string, (random: Random) => Network>> = {
  ic: (random) => ({ ...(random.integer(4) === 0 ? resnet8Seed(10) : chosen(resnet8Supernet(10), random)), input: [16, 16, 3] }),
  kws: (random) => (random.integer(4) === 0 ? dsCnnSeed(12) : chosen(dsCnnSupernet(12), random)),
  vww: (random) => ({ ...chosen(mobileNetSupernet(2), random), input: [33, 32, 3] }),
  ad: (random) => chosen(autoencoderSupernet(640), random),
  tin: () => resnet18(20, 16, 8),
  any: (random) => withRareLayers(randomNetwork(random), random),
};

export const spaceNames = Object.keys(spaces);

function chosen(supernet: Network, random: Random): Network {
  const pick = (candidates: readonly Candidate[]) => (candidates[random.integer(candidates.length)] as Candidate).name;
  const choice = supernet.layers.flatMap((layer) => (layer.op === 'mixedOp' ? [[layer.id, pick(layer.candidates)] as const] : []));
  return chooseCandidates(supernet, Object.fromEntries(choice));
}

/** A ReLU that is not the only reader, a sum of three, a batch norm behind it, dropout and a softmax. */
function withRareLayers({ input, layers }: Network, random: Random): Network {
  const [before, last] = [layers.slice(0, -1), layers.at(-1) as Layer];
  const first = layers[0]?.id as string;
  const rare: Layer[] = [
    { id: 'rareRelu', ...relu, inputs: [first] },
    { id: 'rareJoin', op: 'add', inputs: [first, 'rareRelu', first] },
    { id: 'rareBn', ...batchNorm, inputs: ['rareJoin'] },
    { id: 'rareDrop', op: 'dropout', rate: 0.5, inputs: ['rareBn'] },
    { id: 'rareSame', op: 'identity', inputs: ['rareDrop'] },
  ];
  const renamed = before.slice(1).map((layer) => ({ ...layer, inputs: layer.inputs.map((name) => (name === first ? 'rareSame' : name)) }));
  const end: Layer[] = random.integer(2) === 0 ? [{ id: 'softmax', op: 'softmax', inputs: [last.id] }] : [];
  return { input, layers: [before[0] as Layer, ...rare, ...renamed, last, ...end] };
}

/** One of a space's networks, with most channels cut. */
export function networkOf(space: string, random: Random): NetworkPlan {
  const plan = planNetwork((spaces[space] as (random: Random) => Network)(random));
  const groups = channelMap(plan);
  const counts = new Map(groups.groups.map(({ id, channels }) => [id, 1 + random.integer(Math.min(channels, 12))]));
  return planNetwork(resizeNetwork(plan, groups, counts));
}

/** As after a training: batch norms with statistics, and some channels that are always 0. */
export function trainedWeights(plan: NetworkPlan, random: Random): Weights {
  const weights = initialWeights(plan, random);
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => {
      const draw = drawOf(name.split('/').at(-1) as string, random);
      return [name, { shape, data: draw ? Float32Array.from(data, draw) : data }];
    }),
  );
}

function drawOf(name: string, random: Random): (() => number) | null {
  switch (name) {
    case 'gamma':
      return () => (random.integer(8) === 0 ? 0 : 1 + 0.3 * random.normal());
    case 'movingVariance':
      return () => Math.exp(random.normal());
    case 'beta':
    case 'bias':
    case 'movingMean':
      return () => 0.3 * random.normal();
    default:
      return null;
  }
}

export const normalNumbers = (count: number, random: Random) => Float32Array.from({ length: count }, () => random.normal());

/** @returns the int8 graph, with ranges from a few examples at random */
export async function quantizedNetwork(plan: NetworkPlan, random: Random, count = 4): Promise<QuantizedGraph> {
  const graph = foldNetwork(plan, trainedWeights(plan, random));
  const x = normalNumbers(count * numbersIn(plan.network.input), random);
  return quantizeGraph(graph, await tensorRanges(graph, () => [{ x, count }], 'minMax')).graph;
}

/** An input of any int8 numbers. */
export function int8Input(graph: QuantizedGraph, random: Random): Int8Array {
  return Int8Array.from({ length: numbersIn(tensorAt(graph, graph.input).shape) }, () => random.integer(256) - 128);
}
