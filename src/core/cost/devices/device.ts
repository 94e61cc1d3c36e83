import type { LayerRow } from '../layerTable';
import type { CostTerm } from '../terms';

/**
 * How far a device's model is off: the largest relative error per metric, for measured networks that it was not fitted to.
 * Metrics of which nothing was measured are missing.
 */
export type ModelErrors = Readonly<Partial<Record<'latencyMs' | 'energyUj', number>>>;

/** A hardware target: what it is called, what it holds, and how many clock cycles a layer takes on it. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly clockHz: number;
  /** Memory for weights, null where it is not known or lies outside of the chip. */
  readonly flashBytes: number | null;
  /** Memory for activations, null where it is not known. */
  readonly ramBytes: number | null;
  /** Mean power while a network runs, null where it is not known. */
  readonly powerW: number | null;
  /** Left out where nothing is known of it. */
  readonly modelErrors?: ModelErrors;
  /** Cycles of running any network at all, besides its layers. */
  readonly fixedCycles: number;
  /** Where the numbers come from, for people. */
  readonly source: string;
  /**
   * Cycles of one layer for one input, as a function of its channels, in whole numbers or binary fractions.
   * @throws WorkbenchError `invalid-network` for a layer that the device does not run
   */
  cycles(row: LayerRow): readonly CostTerm[];
}
