/** What the loss is told, as 32-bit fields. */
export enum LossField {
  logits,
  labels,
  /** Gradient of the logits, of the mean loss over the batch. */
  gradient,
  classes,
  batch,
  /** Per part of the batch [2] float64: sum of losses, and number of right answers. */
  totals,
  totalsStride,
}
