/** What the optimizers are told, as 32-bit fields. All parameters lie one after the other; so do gradients and moments. */
export enum OptimizerField {
  parameters,
  /** One gradient per thread, `gradientStride` bytes apart; their sum counts. */
  gradients,
  gradientStride,
  first,
  second,
  /** A multiple of 4. */
  count,
  /** Address of [rate, second-moment correction, weight decay], float32. */
  controls,
}
