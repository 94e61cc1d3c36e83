/** The measured cost of one inference of a network. */
export interface Measurement {
  /** A benchmark's id, or the name of the file that describes the network. */
  readonly network: string;
  readonly latencyMs: number;
  /** Null where it was not measured. */
  readonly energyUj: number | null;
}
