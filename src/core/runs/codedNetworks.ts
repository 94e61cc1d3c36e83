/** Networks of all spaces by short ids, so that results say which network was trained without holding it whole. */
import { gap8 } from '../cost/devices/gap8';
import type { Costs, Targets } from '../cost/metrics';
import type { Size, SpaceKind } from '../config/searchConfig';
import type { Choice } from '../network/choose';
import { channelMap } from '../network/channels';
import { mixedOps, type NetworkPlan } from '../network/plan';
import { createRandom, type Random } from '../random';
import { candidateNetworks } from '../search/networks/candidateNetworks';
import { channelNetworks } from '../search/networks/channelNetworks';
import type { Code } from '../search/networks/networks';
import { costsOf, searchSpace, type SearchSpace } from '../search/space';
import type { LayerChannels } from '../search/training/architecture';
import { imageClassification } from '../tasks/imageClassification';

/** "candidates 0.2.1", "channels 15.7", or both: the candidates, then the channels of that network. */
export type NetworkId = string;

/** A largest network, and how the strategy `largest` is told to make it. */
export interface LargestNetwork {
  readonly network: NetworkId;
  readonly space: SpaceKind;
  readonly largestBy: Size;
}

/** Draws that may find no new network before a list of random networks ends. */
const TRIES = 100;

/** The networks of a space: candidates, channels, or candidates with fewer channels. */
export class CodedNetworks {
  readonly space: SearchSpace;
  readonly #candidates;
  readonly #channels;
  // Pages ask again and again.
  readonly #drawn = new Map<string, readonly NetworkId[]>();
  readonly #largest = new Map<string, readonly LargestNetwork[]>();
  readonly #costs = new Map<NetworkId, Costs>();

  constructor(
    classes: number,
    readonly searches: readonly [SpaceKind, ...SpaceKind[]],
  ) {
    this.space = searchSpace({ task: imageClassification.id, device: gap8.id, searches }, classes);
    const { seed, supernet, metrics } = this.space;
    this.#candidates = candidateNetworks(supernet, searchSpace({ task: imageClassification.id, device: gap8.id }, classes).candidates);
    this.#channels = channelNetworks(seed, metrics);
  }

  /** The seed network. */
  get seed(): NetworkId {
    return idOf({ channels: this.#channels.options.map((count) => count - 1) });
  }

  planOf(id: NetworkId): NetworkPlan {
    const { candidates, channels } = codesOf(id);
    if (!candidates) return this.#channels.describe(channels as Code).plan;
    const { plan } = this.#candidates.describe(candidates);
    return channels ? channelNetworks(plan, this.space.metrics).describe(channels).plan : plan;
  }

  costsOf(id: NetworkId): Costs {
    return remembered(this.#costs, id, () => costsOf(this.planOf(id), this.space.metrics));
  }

  /** The network that a search found. */
  found(choice: Choice, layers: readonly LayerChannels[]): NetworkId {
    const places = mixedOps(this.space.supernet);
    const chosen = places.map(({ id, candidates }) => candidates.findIndex(({ name }) => name === choice[id]));
    const candidates = Object.keys(choice).length > 0 ? chosen : undefined;
    if (layers.length === 0) return idOf({ candidates });
    const { groups } = channelMap(candidates ? this.#candidates.describe(candidates).plan : this.space.seed);
    const kept = new Map(layers.map((layer) => [layer.layer, layer.kept]));
    return idOf({ candidates, channels: groups.map(({ id }) => (kept.get(id) as number) - 1) });
  }

  /** How many networks of listed spaces meet the targets; null in others. */
  count(targets: Targets): number | null {
    return this.searches.includes('channels') ? null : (this.#candidates.list(targets)?.length ?? null);
  }

  /** Different networks at random that meet the targets; all where fewer do. */
  random(targets: Targets, count: number): readonly NetworkId[] {
    return remembered(this.#drawn, JSON.stringify([targets, count]), () => this.#draw(targets, count));
  }

  /** The networks with most parameters and with most multiply-accumulates, in each space that is searched and holds one. */
  largest(targets: Targets): readonly LargestNetwork[] {
    return remembered(this.#largest, JSON.stringify(targets), () => this.#findLargest(targets));
  }

  #findLargest(targets: Targets): LargestNetwork[] {
    const all = this.searches.flatMap((space) => {
      const networks = space === 'candidates' ? this.#candidates : this.#channels;
      if (space === 'candidates' && this.#candidates.list(targets)?.length === 0) return [];
      return (['params', 'macs'] as const).map((largestBy) => ({
        network: idOf({ [space]: networks.largest(targets, largestBy) }),
        space,
        largestBy,
      }));
    });
    return all.filter(({ network }, at) => all.findIndex((other) => other.network === network) === at);
  }

  #draw(targets: Targets, count: number): NetworkId[] {
    const random = createRandom(1, 'networks to compare with');
    const [first, second] = this.searches;
    const all = first === 'candidates' && !second ? this.#candidates.list(targets) : null;
    if (all)
      return shuffled(all, random)
        .slice(0, count)
        .map((candidates) => idOf({ candidates }));
    const drawn = new Set<NetworkId>();
    for (let tries = 0; drawn.size < count && tries < TRIES * count; tries++) {
      const id = second ? this.#drawBoth(random, targets) : idOf({ channels: this.#channels.draw(random, targets) });
      if (id) drawn.add(id);
    }
    return [...drawn];
  }

  /** Null if the operations that were drawn meet the targets with no numbers of channels. */
  #drawBoth(random: Random, targets: Targets): NetworkId | null {
    const candidates = this.#candidates.options.map((count) => random.integer(count));
    const networks = channelNetworks(this.#candidates.describe(candidates).plan, this.space.metrics);
    const narrowest = networks.options.map(() => 0);
    return networks.meets(narrowest, targets) ? idOf({ candidates, channels: networks.draw(random, targets) }) : null;
  }
}

const idOf = ({ candidates, channels }: { readonly candidates?: Code | undefined; readonly channels?: Code | undefined }): NetworkId =>
  [candidates && `candidates ${candidates.join('.')}`, channels && `channels ${channels.join('.')}`].filter(Boolean).join(', ');

function codesOf(id: NetworkId): { readonly candidates?: Code; readonly channels?: Code } {
  return Object.fromEntries(
    id.split(', ').map((part) => {
      const [space, numbers] = part.split(' ') as [string, string];
      return [space, numbers.split('.').map(Number)];
    }),
  );
}

function shuffled(codes: readonly Code[], random: Random): Code[] {
  const order = random.shuffle(codes.map((_, index) => index));
  return order.map((index) => codes[index] as Code);
}

function remembered<Made>(known: Map<string, Made>, key: string, make: () => Made): Made {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
