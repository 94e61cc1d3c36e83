/**
 * The combine operation: y = [relu] sum over branches of weight * [relu] mask * [batch norm] x. It stands for batch norm,
 * masks of channels, ReLU, add, mixed operations and any run of them.
 */
export enum CombineField {
  output,
  /** Gradient of the output. */
  gradient,
  /** Channels of a pixel and pixels of a picture. */
  channels,
  pixels,
  /** 1 when a ReLU ends the operation. */
  relu,
  /** 1 to normalise by the running statistics and leave them alone; then no sums are needed. */
  running,
  branches,
  branchCount,
}

export enum BranchField {
  input,
  /** Gradient of the input; 0 when nobody needs it. */
  inputGradient,
  /** 1 to add to that gradient, 0 to replace it. */
  accumulate,
  /** 1 when a ReLU ends the branch. */
  relu,
  /** Address of the branch's weight, 0 for weight 1. */
  weight,
  /** Where the weight's gradient goes (float64): a share of every part of the batch, one after another at `weightStride`. */
  weightGradient,
  weightStride,
  /** Address of a factor per channel, 0 for none; and where its gradient goes, [channels] float64. */
  mask,
  maskGradient,
  /** Address of gamma, 0 for a branch without batch norm. */
  gamma,
  beta,
  gammaGradient,
  betaGradient,
  movingMean,
  movingVariance,
  momentum,
  epsilon,
  /** [2][channels] float64 per part of the batch: sums. */
  sums,
  sumsStride,
  /** Per thread [8][channels] float32: see Coefficient. */
  coefficients,
  coefficientsStride,
  size,
}

/** Rows of a branch's coefficients: y = x * scale + offset, and dx = slope * g + curve * x + shift. */
export enum Coefficient {
  mean,
  inverse,
  /** Of the branch alone, mask and all, and times its weight. */
  scale,
  offset,
  weightedScale,
  weightedOffset,
  slope,
  curve,
  shift,
  count,
}
