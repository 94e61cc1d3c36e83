import type { LayerRow } from '../layerTable';
import type { CostTerm } from '../terms';

/**
 * The errors of a device's model: the largest relative error per metric, for measured networks that it was not fitted to.
 * Metrics without measurements are missing.
 */
export type ModelErrors = Readonly<Partial<Record<'latencyMs' | 'energyUj', number>>>;

/** A hardware target: its name, its memories, and the clock cycles of a layer. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly clockHz: number;
  /** Memory for weights; null when it is unknown or a chip of its own. */
  readonly flashBytes: number | null;
  /** Memory for activations, null where it is not known. */
  readonly ramBytes: number | null;
  /** Mean power while a network runs, null where it is not known. */
  readonly powerW: number | null;
  /** Missing when nothing is known about the model's errors. */
  readonly modelErrors?: ModelErrors;
  /** Fixed cycles of a network, besides those of its layers. */
  readonly fixedCycles: number;
  /** The source of the numbers, as text for people. */
  readonly source: string;
  /**
   * Cycles of one layer for one input, as a function of its channels, in whole numbers or binary fractions.
   * @throws WorkbenchError `invalid-network` for a layer that the device does not run
   */
  cycles(row: LayerRow): readonly CostTerm[];
}
