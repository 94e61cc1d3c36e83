/** Which loss a call works out; each has a row in `assembly.ts`. */
export enum LossKind {
  softmaxCrossEntropy,
}

/** What a loss is told, as 32-bit fields. */
export enum LossField {
  kind,
  /** Outputs of the network [batch, outputSize], and what they are held against: classes, or the inputs themselves. */
  outputs,
  labels,
  inputs,
  /** Gradient of the outputs, of the mean loss over the batch. */
  gradient,
  outputSize,
  batch,
  /** Per part of the batch [2] float64: sum of losses, and sum of what the loss counts along. */
  totals,
  totalsStride,
}
