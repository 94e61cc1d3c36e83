/**
 * The combine operation: y = [relu] sum over branches of weight * [relu] mask * [batch norm] x. It replaces batch norm, channel
 * masks, ReLU, add, mixed operations and any sequence of them.
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
  /** 1 to normalise by the running statistics without changing them; no sums are needed then. */
  running,
  branches,
  branchCount,
}

export enum BranchField {
  input,
  /** Gradient of the input; 0 when nothing needs it. */
  inputGradient,
  /** 1 to add to that gradient, 0 to replace it. */
  accumulate,
  /** 1 when a ReLU ends the branch. */
  relu,
  /** Address of the branch's weight, 0 for weight 1. */
  weight,
  /** Address of the weight's gradient (float64): one share per part of the batch, `weightStride` apart. */
  weightGradient,
  weightStride,
  /** Address of one factor per channel, 0 for none, and address of its gradient, [channels] float64. */
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
  /** Coefficients of the branch without its weight, the mask included; and the same times the weight. */
  scale,
  offset,
  weightedScale,
  weightedOffset,
  slope,
  curve,
  shift,
  count,
}
