/** Fields of the depthwise kernels, 32 bits each. */
export enum DepthwiseField {
  input,
  output,
  /** [kernelHeight x kernelWidth][channels]; not read for the filter gradient. */
  kernel,
  bias,
  height,
  width,
  channels,
  outHeight,
  outWidth,
  kernelHeight,
  kernelWidth,
  strideDown,
  strideRight,
  top,
  left,
  paddedHeight,
  paddedWidth,
  scratch,
  scratchStride,
  /** Input gradient: 1 to add to the result, 0 to replace it. */
  accumulate,
}
