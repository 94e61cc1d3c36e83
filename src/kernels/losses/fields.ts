/** Which loss a call computes; each has a row in `assembly.ts`. */
export enum LossKind {
  softmaxCrossEntropy,
  meanSquaredError,
}

/** Fields of a loss, 32 bits each. */
export enum LossField {
  kind,
  /** Outputs of the network [batch, outputSize], and what they are compared with: classes, or the inputs themselves. */
  outputs,
  labels,
  inputs,
  /** Gradient of the mean loss over the batch with respect to the outputs. */
  gradient,
  outputSize,
  batch,
  /** Per part of the batch [2] float64: sum of losses, and sum of the quality that the loss counts. */
  totals,
  totalsStride,
}
