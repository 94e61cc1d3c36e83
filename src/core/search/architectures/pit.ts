/**
 * PIT, the channel search: every group of channels that can be removed together has one architecture parameter per channel. A
 * channel whose |alpha| is at most a half is masked out of the forward pass, and the sum of |alpha| stands for the number of
 * channels in the expected cost.
 */
import {
  abs,
  add,
  concat,
  matMul,
  mul,
  reshape,
  stack,
  step,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  tile,
  variable,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ContinuousCosts } from '../../cost/continuousCosts';
import type { Metric, MetricId } from '../../cost/metrics';
import { WorkbenchError } from '../../errors';
import { sayLater } from '../../language/told';
import { channelMap, type ChannelGroup, type ChannelMap } from '../../network/channels';
import { plain } from '../../network/forward';
import type { Parameters } from '../../network/parameters';
import { planNetwork, type NetworkPlan } from '../../network/plan';
import { pruneParameters, resizeNetwork, type KeptChannels } from '../../network/prune';
import { binarize } from '../../straightThrough';
import { fitChannels, THRESHOLD } from './channelFit';
import {
  noFactors,
  type Architecture,
  type ArchitecturePass,
  type ArchitectureState,
  type ArchitectureValues,
  type ChannelMasks,
  type Discretised,
  type Factors,
} from '../training/architecture';
import type { Targets } from '../../cost/metrics';
import type { Costs } from '../../cost/metrics';
import { geometric } from '../training/learningRate';
import { read } from '../training/readout';
import type { Preset } from '../../config/searchConfig';

export class Pit implements Architecture {
  readonly singlePath = false;
  readonly factors: Factors;
  readonly formula: ChannelMasks;
  readonly groups: readonly ChannelGroup[];
  readonly #channels: ChannelMap;
  readonly alphas: ReadonlyMap<string, Variable>;
  readonly metrics: readonly MetricId[];
  readonly readingNames: readonly string[];
  readonly pulled: readonly string[];
  temperature: number;
  bound: number | null = null;
  #progress: number | null = null;
  readonly #costs: ContinuousCosts;
  /** Per group: ones for the channels that may be removed, and for the last one, which always stays. */
  readonly #parts: ReadonlyMap<string, { readonly free: Tensor1D; readonly alive: Tensor1D }>;
  /** [groups, all channels]: a row adds up to the mean over the group's channels that may be removed. */
  readonly #means: Tensor2D;

  /**
   * @param plan a network without mixed operations
   * @param steered the metrics of the expected costs
   * @param schedule the temperature at the search's start and end; it falls geometrically in between
   * @param initial start values by group; without them every channel starts at 1, so that no channel is masked
   * @param limitable every metric that may be limited
   */
  constructor(
    private readonly plan: NetworkPlan,
    steered: readonly Metric[],
    private readonly schedule: Preset['temperature'],
    initial?: ArchitectureValues,
    private readonly limitable: readonly Metric[] = steered,
  ) {
    this.#channels = channelMap(plan);
    const { groups } = this.#channels;
    if (groups.length === 0)
      throw new WorkbenchError(
        'invalid-network',
        sayLater('This network has no channels that could be removed, so there is nothing to search.'),
      );
    this.groups = groups;
    this.temperature = schedule.start;
    this.metrics = steered.map(({ id }) => id);
    this.pulled = groups.map(({ id }) => id);
    this.readingNames = groups.flatMap(({ id }) => [`channels/${id}/kept`, `channels/${id}/counted`]);
    this.alphas = new Map(groups.map((group) => [group.id, startOf(group, initial?.[group.id])]));
    this.#parts = new Map(groups.map(({ id, channels }) => [id, partsOf(channels)]));
    this.#means = meansOf(groups);
    this.#costs = new ContinuousCosts(plan, this.#channels, steered);
    const places = maskedPlaces(plan, this.#channels);
    this.factors = { ...noFactors, masked: new Set(places.keys()) };
    this.formula = { kind: 'channels', places, costs: this.#costs.rows, temperature: () => this.temperature };
  }

  pass(): ArchitecturePass {
    const sizes = new Map([...this.#importances()].map(([id, importance]) => [id, { importance, mask: binarize(importance, THRESHOLD) }]));
    const counted = [...sizes.values()].map(({ importance, mask }) => this.#count(importance, mask));
    const masks = new Map(
      [...this.formula.places].map(([path, { id, repeat }]) => [path, repeated((sizes.get(id) as { mask: Tensor1D }).mask, repeat)]),
    );
    return {
      forward: { ...plain, mask: (path) => masks.get(path) },
      costs: () => this.#costs.at(stack(counted) as Tensor1D),
      regularization: () => null,
      readings: () => [...sizes.values()].map(({ mask }, index) => stack([sum(mask), counted[index] as Tensor]) as Tensor1D),
    };
  }

  gradientAt(gradients: ReadonlyMap<string, Tensor>): Tensor1D {
    const ids = [...this.alphas.keys()];
    const [slopes, values] = [gradients, this.alphas].map((of) => concat(ids.map((id) => of.get(id) as Tensor1D)));
    // The slope of |alpha| as autograd has it: -1 at 0.
    const byImportance = mul(slopes as Tensor, step(values as Tensor, -1));
    return reshape(matMul(this.#means, reshape(byImportance, [-1, 1])), [-1]);
  }

  advance(progress: number): void {
    this.#progress = progress;
    const { start, end } = this.schedule;
    this.temperature = geometric(start, end, progress);
    // The bound keeps the task loss from scaling a channel above 1. At temperature 1 everything stays as in the reference, without
    // a bound.
    if (end < 1) this.bound = 1;
  }

  state(): ArchitectureState {
    return { progress: this.#progress, random: null };
  }

  restore({ progress }: ArchitectureState): void {
    if (progress !== null) this.advance(progress);
  }

  async readCosts(): Promise<Costs> {
    const values = await read(tidy(() => this.pass().costs()));
    return Object.fromEntries(this.metrics.map((metric, index) => [metric, values[index]]));
  }

  /** The network without the masked channels; if that misses a target, the next least important ones go too. */
  async discretise(targets: Targets, parameters: Parameters): Promise<Discretised> {
    return this.#pruned(fitChannels(this.plan, this.#channels, this.limitable, targets, await this.#readImportances()), parameters);
  }

  async network(code: readonly number[], parameters: Parameters): Promise<Discretised> {
    const importances = await this.#readImportances();
    const kept = this.groups.map(({ id }, at) => {
      const values = importances.get(id) as readonly number[];
      const byImportance = values.map((_, channel) => channel).toSorted((a, b) => (values[b] as number) - (values[a] as number));
      return [id, byImportance.slice(0, (code[at] as number) + 1).toSorted((a, b) => a - b)] as const;
    });
    return this.#pruned(new Map(kept), parameters);
  }

  #pruned(kept: KeptChannels, parameters: Parameters): Discretised {
    const counts = new Map([...kept].map(([id, indices]) => [id, indices.length]));
    const network = resizeNetwork(this.plan, this.#channels, counts);
    const layers = this.groups.flatMap(({ id, channels, layers: paths }) =>
      paths.map((layer) => ({ layer, kept: counts.get(id) as number, total: channels })),
    );
    const order = this.plan.layers.map(({ id }) => id);
    return {
      network,
      plan: planNetwork(network),
      parameters: pruneParameters(this.plan, this.#channels, kept, parameters),
      choice: {},
      channels: layers.toSorted((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer)),
    };
  }

  dispose(): void {
    for (const alpha of this.alphas.values()) alpha.dispose();
    for (const { free, alive } of this.#parts.values()) {
      free.dispose();
      alive.dispose();
    }
    this.#means.dispose();
    this.#costs.dispose();
  }

  async #readImportances(): Promise<Map<string, readonly number[]>> {
    const values = await read(tidy(() => concat([...this.#importances().values()])));
    let at = 0;
    return new Map(this.groups.map(({ id, channels }) => [id, [...values.subarray(at, (at += channels))]]));
  }

  /**
   * The number of channels in the expected cost: the sum of |alpha| at temperature 1, the number of kept channels at temperature 0,
   * with the same gradient. So the expected cost approaches that of the network that will be derived.
   */
  #count(importance: Tensor1D, mask: Tensor1D): Scalar {
    const soft = sum(importance) as Scalar;
    // Temperatures above 1 are meant for candidates only.
    const share = Math.min(1, this.temperature);
    return share === 1 ? soft : (add(mul(soft, share), mul(sum(mask), 1 - share)) as Scalar);
  }

  /** |alpha| per channel; the last channel's is always 1. */
  #importances(): Map<string, Tensor1D> {
    return new Map(
      [...this.alphas].map(([id, alpha]) => {
        const { free, alive } = this.#parts.get(id) as { free: Tensor1D; alive: Tensor1D };
        return [id, add(mul(abs(alpha as Tensor as Tensor1D), free), alive)];
      }),
    );
  }
}

/** The mask repeated, because a flatten repeats the channels. */
const repeated = (mask: Tensor1D, times: number) => (times === 1 ? mask : tile(mask, [times]));

function startOf({ channels }: ChannelGroup, initial: readonly number[] | undefined): Variable {
  const start = tensor1d(initial ? [...initial] : new Array<number>(channels).fill(1), 'float32');
  const alpha = variable(start);
  start.dispose();
  return alpha;
}

function partsOf(channels: number): { free: Tensor1D; alive: Tensor1D } {
  const isLast = Array.from({ length: channels }, (_, channel) => (channel === channels - 1 ? 1 : 0));
  return { free: tensor1d(isLast.map((last) => 1 - last)), alive: tensor1d(isLast) };
}

function meansOf(groups: readonly ChannelGroup[]): Tensor2D {
  const rows = groups.map((own) =>
    groups.flatMap((group) =>
      Array.from({ length: group.channels }, (_, channel) =>
        group === own && channel < group.channels - 1 ? 1 / (group.channels - 1) : 0,
      ),
    ),
  );
  return tensor2d(rows, [rows.length, rows[0]?.length ?? 0], 'float32');
}

/**
 * Operations whose output is masked: all that own parameters, since their biases or offsets may turn a zero into something else. If
 * only a batch norm reads a layer, the mask goes after the batch norm.
 */
function maskedPlaces(plan: NetworkPlan, { outputs }: ChannelMap): Map<string, { id: string; repeat: number }> {
  const masked = new Map<string, { id: string; repeat: number }>();
  for (const layer of plan.layers) {
    if (layer.kind === 'mixedOp')
      throw new WorkbenchError(
        'invalid-network',
        sayLater('layer "{layer}": channels are searched in networks without mixed operations', { layer: layer.id }),
      );
    const channels = outputs.get(layer.id);
    const readers = plan.layers.filter(({ inputs }) => inputs.includes(layer.id));
    const [reader] = readers;
    const normalised = readers.length === 1 && reader?.kind === 'operation' && reader.operation.attributes.op === 'batchNorm';
    if (channels && layer.operation.parameters.length > 0 && !normalised)
      masked.set(layer.id, { id: channels.group.id, repeat: channels.repeat });
  }
  return masked;
}
