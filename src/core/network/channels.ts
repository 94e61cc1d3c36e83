/**
 * Which channels of a network belong together. Channels that meet in a sum, or pass through a layer that treats each by
 * itself, can only be kept or removed together. They form one group.
 */
import { INPUT } from './input';
import type { NetworkPlan, PlannedOperation } from './plan';

/** Channels that several layers share, such as the two inputs of a residual sum. */
export interface ChannelGroup {
  /** Path of the first layer that makes these channels. */
  readonly id: string;
  /** The number of channels. */
  readonly channels: number;
  /** Paths of the convolutions and dense layers whose outputs are these channels, in network order. */
  readonly layers: readonly string[];
}

/** The channels of a tensor. After a flatten every channel comes `repeat` times, the whole group over and over. */
export interface TensorChannels {
  readonly group: ChannelGroup;
  readonly repeat: number;
}

/** Groups whose channels may be removed, and where they are. Tensors of fixed channels (input, logits) are left out. */
export interface ChannelMap {
  readonly groups: readonly ChannelGroup[];
  /** By an operation's path: the channels of its first input, and of its output. */
  readonly inputs: ReadonlyMap<string, TensorChannels>;
  readonly outputs: ReadonlyMap<string, TensorChannels>;
}

/** Channels while groups are being joined. The root of a tree of nodes represents the group. */
interface Node {
  parent: Node | null;
  readonly channels: number;
  fixed: boolean;
  readonly makers: string[];
}

interface Tensor {
  readonly node: Node;
  readonly repeat: number;
}

/**
 * A mixed operation joins the outputs of all its candidates, since their mixture is a sum; so does one that offers an
 * identity join its output with its input, even where another candidate would be chosen.
 * @param single whether a group of one channel counts too: none can be removed from it, but it can grow
 */
export function channelMap(plan: NetworkPlan, single = false): ChannelMap {
  const input = tensorOf(plan.network.input.at(-1) as number);
  input.node.fixed = true;
  const values = new Map<string, Tensor>([[INPUT, input]]);
  const inputs = new Map<string, Tensor>();
  const outputs = new Map<string, Tensor>();
  const visit = (operation: PlannedOperation, from: readonly Tensor[]): Tensor => {
    const output = outputOf(operation, from, single);
    inputs.set(operation.path, from[0] as Tensor);
    outputs.set(operation.path, output);
    return output;
  };
  let last = input;
  for (const layer of plan.layers) {
    const from = layer.inputs.map((id) => values.get(id) as Tensor);
    last =
      layer.kind === 'operation'
        ? visit(layer.operation, from)
        : joined(layer.candidates.map(({ chain }) => chain.reduce((at, operation) => visit(operation, [at]), from[0] as Tensor)));
    values.set(layer.id, last);
  }
  root(last.node).fixed = true;
  return named(plan, inputs, outputs);
}

function outputOf({ operation, inputShapes, outputShape, path }: PlannedOperation, from: readonly Tensor[], single: boolean): Tensor {
  const channels = outputShape.at(-1) as number;
  switch (operation.channels) {
    case 'kept': {
      const whole = joined(from);
      return { node: whole.node, repeat: (whole.repeat * channels) / (inputShapes[0]?.at(-1) as number) };
    }
    case 'mixed': {
      const fixed = tensorOf(channels);
      for (const { node } of [...from, fixed]) root(node).fixed = true;
      return fixed;
    }
    default:
      return tensorOf(channels, path, single);
  }
}

function tensorOf(channels: number, maker?: string, single = false): Tensor {
  return { node: { parent: null, channels, fixed: channels === 1 && !single, makers: maker === undefined ? [] : [maker] }, repeat: 1 };
}

/** Joins the channels to one group. Tensors in which the groups repeat differently keep all their channels. */
function joined(tensors: readonly Tensor[]): Tensor {
  const [first, ...others] = tensors as [Tensor, ...Tensor[]];
  for (const other of others) {
    const [into, from] = [root(first.node), root(other.node)];
    if (into === from) continue;
    into.fixed ||= from.fixed || first.repeat !== other.repeat;
    into.makers.push(...from.makers);
    from.parent = into;
  }
  return first;
}

function root(node: Node): Node {
  let at = node;
  while (at.parent) at = at.parent;
  return at;
}

function named(plan: NetworkPlan, inputs: ReadonlyMap<string, Tensor>, outputs: ReadonlyMap<string, Tensor>): ChannelMap {
  const order = [...outputs.keys()];
  const parameterised = new Set(plan.parameters.map(({ fullName }) => fullName));
  const groups = new Map<Node, ChannelGroup>();
  for (const { node } of outputs.values()) {
    const at = root(node);
    if (at.fixed || groups.has(at)) continue;
    const first = order.find((path) => at.makers.includes(path)) as string;
    const layers = order.filter((path) => root((outputs.get(path) as Tensor).node) === at && parameterised.has(`${path}/kernel`));
    groups.set(at, { id: first, channels: at.channels, layers });
  }
  const free = (tensors: ReadonlyMap<string, Tensor>) =>
    new Map(
      [...tensors].flatMap(([path, { node, repeat }]) => {
        const group = groups.get(root(node));
        return group ? [[path, { group, repeat }] as const] : [];
      }),
    );
  const byOrder = [...groups.values()].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return { groups: byOrder, inputs: free(inputs), outputs: free(outputs) };
}
