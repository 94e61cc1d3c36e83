/** The calls a program is made of. A program is a list of [call, address of its fields]. */
export enum Call {
  end,
  barrier,
  clearGradients,
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
  softmaxCrossEntropy,
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
  /** Bytes from one thread's gradients to the next one's, and where the first ones are. */
  gradientStride,
  gradients,
  size,
}

/** Sums of a gradient over everything but the channels: what a bias gets. */
export enum ColumnSumField {
  gradient,
  result,
  pixels,
  channels,
}
