/** Fields of the convolution kernels, 32 bits each. Sizes in elements, addresses in bytes. */
export enum Conv2dField {
  input,
  output,
  kernel,
  /** Kernel as [channels / 8][rows x columns x inputs][8]. */
  packed,
  bias,
  height,
  width,
  channels,
  outHeight,
  outWidth,
  filters,
  kernelHeight,
  kernelWidth,
  strideDown,
  strideRight,
  top,
  left,
  /** The input with its padding. */
  paddedHeight,
  paddedWidth,
  scratch,
  scratchStride,
  /** 1 when one call computes its share of pixels rather than of pictures: a dense layer. */
  flat,
}

export enum PackField {
  kernel,
  packed,
  rows,
  filters,
  turn,
}
