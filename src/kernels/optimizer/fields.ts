/** Fields of the optimizers, 32 bits each. All parameters lie one after the other, and so do gradients and moments. */
export enum OptimizerField {
  parameters,
  /** The shares of the gradients, `gradientStride` bytes apart, and how many of them belong to the first half of the batch. */
  gradients,
  gradientStride,
  shares,
  firstHalf,
  /** Moments of Adam; momentum keeps its velocities in the first. */
  first,
  second,
  /** A multiple of 4. */
  count,
  /** Address of [rate, second-moment correction, weight decay], float32. */
  controls,
}
