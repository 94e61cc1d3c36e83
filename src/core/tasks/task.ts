import type { Network } from '../network/network';
import type { Preset, PresetName } from '../config/searchConfig';

/** A benchmark: what is learnt, the network to start from, and where the search may go. */
export interface Task {
  readonly id: string;
  readonly title: string;
  /** The network as people design it by hand. */
  seedNetwork(classes: number): Network;
  /** The seed's search space as a supernet. */
  supernet(classes: number): Network;
  readonly presets: Readonly<Record<PresetName, Preset>>;
}
