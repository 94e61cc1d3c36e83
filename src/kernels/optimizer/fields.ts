/** What the optimizers are told, as 32-bit fields. All parameters lie one after the other; so do gradients and moments. */
export enum OptimizerField {
  parameters,
  /** The shares of the gradients, `gradientStride` bytes apart, and how many of them are of the first half of the batch. */
  gradients,
  gradientStride,
  shares,
  firstHalf,
  first,
  second,
  /** A multiple of 4. */
  count,
  /** Address of [rate, second-moment correction, weight decay], float32. */
  controls,
}
