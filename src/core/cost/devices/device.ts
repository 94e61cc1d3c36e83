import type { LayerRow } from '../layerTable';

/** A hardware target: what it is called and how many clock cycles a layer takes on it. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly clockHz: number;
  /** Where the numbers come from, for people. */
  readonly source: string;
  /** Cycles of one layer for one input. */
  cycles(row: LayerRow): number;
}
