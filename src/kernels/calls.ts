/** The calls that make up a program. A program is a list of [call, address of its fields]. */
export enum Call {
  end,
  barrier,
  packKernel,
  packPhase,
  conv2d,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  winogradPack,
  winogradConv2d,
  winogradFilter,
  depthwiseConv2d,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  combineSums,
  combineApply,
  combineBackSums,
  combineBackApply,
  dropout,
  globalAvgPool,
  globalAvgPoolBack,
  columnSums,
  loss,
  adam,
  momentum,
  sgd,
}

/** Fields that all calls of a program share: one block, 32 bits each. */
export enum SharedField {
  /** Counts jobs; helpers wait until it changes. */
  job,
  /** Threads that reached the barrier, and how often it opened. */
  arrived,
  opened,
  program,
  threads,
  batch,
  /** The parts of the batch: how many, and a `PartField` block of each, one after another. */
  partCount,
  parts,
  /** Room where a thread sums one part before it adds that to a share, and the distance to the next thread's room. */
  partial,
  partialStride,
  size,
}

/**
 * A part of the batch. Each part is summed by itself, and the parts are added in a fixed order that does not depend on the threads.
 * A thread takes whole parts.
 */
export enum PartField {
  /** Its first example, and the first one after it. */
  first,
  end,
  /**
   * Bytes from a gradient's first share to the share that this part adds to, and 1 when earlier parts have already written that
   * share.
   */
  share,
  joins,
  size,
}

/** A sum over the batch that gives a parameter's gradient. */
export enum GradientField {
  /** Address of the fields of the call that sums. */
  fields,
  /** Address of the first share, and how many numbers a share has. */
  result,
  count,
}

/** Sums a gradient over everything but the channels: the gradient of a bias. */
export enum ColumnSumField {
  gradient,
  pixels,
  channels,
}
