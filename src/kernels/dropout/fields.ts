/** Fields of dropout, 32 bits each. */
export enum DropoutField {
  /** The numbers of the batch, changed in place: rows of an example, numbers of a row, and positions that a row counts as. */
  values,
  rows,
  perRow,
  counted,
  /** Address of the step's seed, and the layer's number among dropout layers. */
  seed,
  layer,
  /** Hashes below this one, as unsigned integers, drop their number; the factor of the others is a float32. */
  dropped,
  factor,
}

/** Multipliers of the hash. Source: github.com/skeeto/hash-prospector, "lowbias32". */
export const FIRST = 0x7feb352d;
export const SECOND = 0x846ca68b;
