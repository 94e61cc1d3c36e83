/** The calls a program is made of. A program is a list of [call, address of its fields]. */
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
  globalAvgPool,
  globalAvgPoolBack,
  columnSums,
  loss,
  adam,
  sgd,
}

/** What all calls of a program share: one block of 32-bit fields. */
export enum SharedField {
  /** Counts jobs; helpers wait for it to change. */
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
  /** Room where a thread sums up a part before that goes to a share, and how far it is to the next thread's. */
  partial,
  partialStride,
  size,
}

/**
 * A part of the batch. Sums are made part by part and then added up in an order that the threads have no say in; a thread takes
 * whole parts.
 */
export enum PartField {
  /** Its first picture, and the first one behind it. */
  first,
  end,
  /** Bytes from a gradient's first share to the one that this part goes into, and 1 where parts before it have gone there already. */
  share,
  joins,
  size,
}

/** A sum over the batch that is a parameter's gradient. */
export enum GradientField {
  /** The fields of the call that sums. */
  fields,
  /** Where the first share goes, and of how many numbers. */
  result,
  count,
}

/** Sums of a gradient over everything but the channels: what a bias gets. */
export enum ColumnSumField {
  gradient,
  pixels,
  channels,
}
