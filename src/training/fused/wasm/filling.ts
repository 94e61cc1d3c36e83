/**
 * Channels filled up to fours. The kernels go over four channels at a time and over what is left one by one, so that a network of 15
 * channels is slower than one of 16. All weights of a filled channel are zero, so it is zero behind every layer, and the gradients of
 * its weights are zero too: training leaves them as they are, and the other weights' as they would be.
 */
import { channelMap, type TensorChannels } from '../../../core/network/channels';
import { operationsOf, planNetwork, type NetworkPlan } from '../../../core/network/plan';
import { resizeNetwork } from '../../../core/network/prune';
import { compileProgram, type FusedProgram } from '../program';
import { numbersIn } from '../../../core/ops/shape';

/** Channels that a kernel takes at a time. */
const LANES = 4;

export class Filling {
  /** The network with filled channels. */
  readonly plan: NetworkPlan;
  /** By the full name of each parameter that has filled channels: where its own numbers lie, and how many there are in all. */
  readonly #places = new Map<string, { readonly at: Int32Array; readonly size: number }>();

  /** @param searched whether an architecture acts on the channels, which then stay as they are */
  constructor(
    private readonly own: NetworkPlan,
    searched: boolean,
  ) {
    const map = channelMap(own, true);
    const counts = new Map(map.groups.map(({ id, channels }) => [id, Math.ceil(channels / LANES) * LANES]));
    const partial = map.groups.some(({ channels }) => channels % LANES !== 0);
    this.plan = partial && !searched ? planNetwork(resizeNetwork(own, map, counts)) : own;
    if (this.plan === own) return;
    const filledShapes = new Map(this.plan.parameters.map(({ fullName, shape }) => [fullName, shape]));
    for (const { path, parameters } of own.layers.flatMap(operationsOf))
      for (const { fullName, shape, channelAxes } of parameters) {
        const filled = filledShapes.get(fullName) as readonly number[];
        if (numbersIn(filled) === numbersIn(shape)) continue;
        const axes = shape.map((length, axis) => {
          const side = channelAxes[axis];
          const channels = side === 'in' ? map.inputs.get(path) : side === 'out' ? map.outputs.get(path) : undefined;
          return axisPlaces(length, channels, counts);
        });
        this.#places.set(fullName, { at: placesOf(axes, filled), size: numbersIn(filled) });
      }
  }

  /** The values of the network's program as they are without filled channels. @param program of the filled network */
  values(program: FusedProgram, masked: ReadonlySet<string>): FusedProgram['values'] {
    return this.plan === this.own ? program.values : compileProgram(this.own, masked).values;
  }

  /** Numbers of a parameter in the filled network. @param size of its own */
  sizeOf(parameter: string, size: number): number {
    return this.#places.get(parameter)?.size ?? size;
  }

  /** A parameter's numbers among zeros. */
  fill(parameter: string, values: Float32Array): Float32Array {
    const places = this.#places.get(parameter);
    if (!places) return values;
    const filled = new Float32Array(places.size);
    places.at.forEach((to, from) => (filled[to] = values[from] as number));
    return filled;
  }

  /** A copy of a parameter's own numbers. */
  pick(parameter: string, filled: Float32Array): Float32Array {
    const places = this.#places.get(parameter);
    return places ? Float32Array.from(places.at, (from) => filled[from] as number) : filled.slice();
  }
}

/** Where the entries of an axis lie in the filled one. After a flatten the channels come `repeat` times. */
function axisPlaces(length: number, channels: TensorChannels | undefined, counts: ReadonlyMap<string, number>): number[] {
  if (!channels) return Array.from({ length }, (_, index) => index);
  const { id, channels: own } = channels.group;
  const filled = counts.get(id) as number;
  return Array.from({ length }, (_, index) => Math.floor(index / own) * filled + (index % own));
}

/** Positions of all numbers, in order, in a tensor of the filled shape. */
function placesOf(axes: readonly number[][], filled: readonly number[]): Int32Array {
  let places = [0];
  axes.forEach((axis, index) => {
    const length = filled[index] as number;
    places = places.flatMap((place) => axis.map((at) => place * length + at));
  });
  return Int32Array.from(places);
}
