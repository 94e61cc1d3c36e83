/** Removes channels from a network and from its parameters. */
import { gather, tensor1d, tidy, variable, type Variable } from '@tensorflow/tfjs-core';
import type { Attributes } from '../ops/index';
import type { ChannelMap, TensorChannels } from './channels';
import type { Layer, Network } from './network';
import type { Parameters } from './parameters';
import { operationsOf, type NetworkPlan, type PlannedOperation } from './plan';

/** The channels that stay, by group id, in ascending order. A group that is not named keeps all of its channels. */
export type KeptChannels = ReadonlyMap<string, readonly number[]>;

/** The same network with fewer channels. @param counts by group id; a group that is not named keeps all of its channels */
export function resizeNetwork(plan: NetworkPlan, { outputs }: ChannelMap, counts: ReadonlyMap<string, number>): Network {
  const planned = new Map(plan.layers.flatMap(operationsOf).map((operation) => [operation.path, operation]));
  const resize = (path: string, attributes: Attributes): Attributes => {
    const { channels } = (planned.get(path) as PlannedOperation).operation;
    const count = counts.get(outputs.get(path)?.group.id ?? '');
    return typeof channels === 'string' || count === undefined ? attributes : (channels.resized(attributes, count) as Attributes);
  };
  const layers = plan.network.layers.map((layer): Layer => {
    const { id, inputs, ...rest } = layer;
    if (rest.op !== 'mixedOp') return { ...resize(id, rest), id, inputs };
    const candidates = rest.candidates.map(({ name, layers: chain }) => ({
      name,
      layers: chain.map((attributes, index) => resize(`${id}/${name}/${index}`, attributes)),
    }));
    return { op: 'mixedOp', candidates, id, inputs };
  });
  return { input: plan.network.input, layers };
}

/** New variables for the network with fewer channels, holding the values of those that stay. */
export function pruneParameters(plan: NetworkPlan, { inputs, outputs }: ChannelMap, kept: KeptChannels, from: Parameters): Parameters {
  const pruned = new Map<string, Variable>();
  for (const { path, parameters } of plan.layers.flatMap(operationsOf))
    for (const { fullName, channelAxes, trainable } of parameters) {
      const value = tidy(() =>
        channelAxes.reduce(
          (values, side, axis) => {
            const channels = side === 'in' ? inputs.get(path) : side === 'out' ? outputs.get(path) : undefined;
            const indices = channels && indicesIn(channels, kept);
            return indices ? gather(values, tensor1d(indices, 'int32'), axis) : values;
          },
          (from.get(fullName) as Variable).clone(),
        ),
      );
      pruned.set(fullName, variable(value, trainable));
      value.dispose();
    }
  return pruned;
}

/** Where the channels that stay lie in a tensor. */
function indicesIn({ group, repeat }: TensorChannels, kept: KeptChannels): number[] | null {
  const own = kept.get(group.id);
  if (!own) return null;
  return Array.from({ length: repeat }, (_, round) => own.map((channel) => round * group.channels + channel)).flat();
}
