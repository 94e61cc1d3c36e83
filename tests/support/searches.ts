/** Searches for tests of the fused training steps. */
import { costTable } from '../../src/core/cost/costTable';
import { channelMap } from '../../src/core/network/channels';
import type { Layer, Network } from '../../src/core/network/network';
import type { NetworkPlan } from '../../src/core/network/plan';
import type { Architecture } from '../../src/core/search/training/architecture';
import { Pit } from '../../src/core/search/architectures/pit';
import { SinglePaths } from '../../src/core/search/architectures/singlePaths';
import { plainSoftmax, SuperNet, type SuperNetOptions } from '../../src/core/search/architectures/supernet';
import { batchNorm, conv, depthwise, relu } from '../../src/core/network/builders';
import { droppedOut, networks } from './networks';
import { variedSupernet } from './supernets';
import { unevenStart, type SearchedSpace, type TrainOptions } from './training';

/** A network with masks after batch norms, after a convolution without one, before an add, and before a flatten. */
const maskable: Network = {
  input: [6, 6, 3],
  layers: [
    { id: 'a', ...conv(6, [3, 3], [1, 1], 'same'), inputs: ['input'] },
    { id: 'an', ...batchNorm, inputs: ['a'] },
    { id: 'ar', ...relu, inputs: ['an'] },
    { id: 'b', ...depthwise([3, 3], [1, 1], 'same'), inputs: ['ar'] },
    { id: 'bn', ...batchNorm, inputs: ['b'] },
    { id: 'br', ...relu, inputs: ['bn'] },
    { id: 'c', ...conv(5, [1, 1], [1, 1], 'same'), inputs: ['br'] },
    { id: 'cn', ...batchNorm, inputs: ['c'] },
    { id: 's', ...conv(5, [1, 1], [1, 1], 'same', true), inputs: ['ar'] },
    { id: 'j', op: 'add', inputs: ['cn', 's'] },
    { id: 'jr', ...relu, inputs: ['j'] },
    { id: 'f', op: 'flatten', inputs: ['jr'] },
    { id: 'd', op: 'dense', units: 7, bias: true, inputs: ['f'] },
    // Without a ReLU in between, masked channels have a gradient too.
    { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['d'] },
  ] as Layer[],
};

/** Some channels are masked from the start, some are near the threshold, and both signs occur. */
const unevenChannels = (plan: NetworkPlan) =>
  Object.fromEntries(
    channelMap(plan).groups.map(({ id, channels }) => [id, Array.from({ length: channels }, (_, c) => ((c % 3) - 1) * (0.45 + 0.2 * c))]),
  );
const channels = ({ plan, metrics }: SearchedSpace) => new Pit(plan, metrics, { start: 1, end: 1 }, unevenChannels(plan));
/** A search half way: a lower temperature, and parameters within a bound. */
const halfDone = (search: Architecture) => {
  search.advance(0.5);
  return search;
};
const coolChannels = ({ plan, metrics }: SearchedSpace) => halfDone(new Pit(plan, metrics, { start: 1, end: 0.1 }, unevenChannels(plan)));
const candidates =
  (choices: Partial<SuperNetOptions>) =>
  ({ plan, metrics, random }: SearchedSpace) =>
    new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random, ...choices }, undefined, unevenStart);
const coolCandidates = (choices: Partial<SuperNetOptions>) => (space: SearchedSpace) =>
  halfDone(candidates({ temperature: { start: 2, end: 0.1 }, ...choices })(space));
const paths = ({ plan, random }: SearchedSpace) => new SinglePaths(plan, random);
const everyKind = ['latencyMs', 'ramBytes', 'flashBytes', 'macs'] as const;
const [, mixed] = networks.at(-1) as (typeof networks)[number];
const [, droppedOutCandidates] = droppedOut.at(-1) as (typeof droppedOut)[number];

/** Searches that differ from the plain one, each with a network and options for training it. */
export const searches: readonly (readonly [string, Network, TrainOptions])[] = [
  ['over channels', maskable, { search: channels }],
  ['over channels, weights and architecture in turns', maskable, { search: channels, steps: 4, rates: inTurns }],
  [
    'over channels, half done, by costs of every kind',
    maskable,
    { search: coolChannels, metrics: everyKind, excess: 'proportionate', steps: 3 },
  ],
  [
    'over candidates, half done, by costs of every kind',
    variedSupernet,
    { search: coolCandidates({}), metrics: everyKind, excess: 'proportionate', steps: 3 },
  ],
  ['with the likeliest candidate alone', mixed, { search: coolCandidates({ sampling: { noise: 'none', hard: true } }), steps: 3 }],
  ['with Gumbel noise', mixed, { search: candidates({ sampling: { noise: 'gumbel', hard: false } }), steps: 3 }],
  ['with one candidate at a time', mixed, { search: candidates({ sampling: { noise: 'gumbel', hard: true } }), steps: 3 }],
  ['of one path per step', mixed, { search: paths, steps: 6, rates: weightsOnly }],
  ['of one path per step, with identities', variedSupernet, { search: paths, steps: 6, rates: weightsOnly }],
  ['of one path per step, with dropout', droppedOutCandidates, { search: paths, steps: 6, rates: weightsOnly }],
  ['with the inverse coefficient of variation', mixed, { search: candidates({ icv: 0.1 }) }],
  ['with a penalty on both sides of the target', mixed, { search: candidates({}), excess: 'absolute' }],
  ['over candidates, weights and architecture in turns', mixed, { search: candidates({}), steps: 4, rates: inTurns }],
  ['over candidates with their variation, in turns', mixed, { search: candidates({ icv: 0.1 }), steps: 4, rates: inTurns }],
];

function weightsOnly() {
  return { archRate: 0 };
}

function inTurns(step: number) {
  return step % 2 === 0 ? { weightRate: 0 } : { archRate: 0 };
}
