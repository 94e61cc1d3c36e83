/** Fields of a convolution's input gradient: one set for the picture, and one per phase. */
export enum BackInputField {
  /** Gradient of the output. */
  gradient,
  /** Gradient of the input. */
  result,
  height,
  width,
  channels,
  outHeight,
  outWidth,
  filters,
  strideDown,
  strideRight,
  top,
  left,
  paddedHeight,
  paddedWidth,
  scratch,
  scratchStride,
  /** 1 to add to the result, 0 to replace it. */
  accumulate,
  phases,
  phaseCount,
  zeros,
  flat,
}

/**
 * A phase: the input pixels whose row and column leave the same remainder when divided by the stride. All of them meet the same
 * part of the kernel, so their gradient is a convolution of stride 1.
 */
export enum PhaseField {
  packed,
  /** First row and column of the phase in the input, and how many there are. */
  row,
  column,
  rows,
  columns,
  /** Position of the first window in the padded gradient. */
  fromRow,
  fromColumn,
  /** Size of this phase's part of the kernel. */
  taps,
  tapColumns,
  size,
}

export enum PackPhaseField {
  kernel,
  packed,
  kernelHeight,
  kernelWidth,
  channels,
  filters,
  strideDown,
  strideRight,
  firstDown,
  firstRight,
  taps,
  tapColumns,
  turn,
}
