/** Fields of the Winograd kernels; see assembly.ts. Sizes in elements, addresses and offsets in bytes. */
export enum WinogradField {
  /** The transformed operand, [height, width, channels] per picture. */
  input,
  /** The output, [outHeight, outWidth, filters]; for the filter gradient, the output's gradient. */
  output,
  /** The transformed kernel, [side * side][filters / 8][channels][8]. */
  weights,
  bias,
  /** 1 to add to the output, 0 to replace it. */
  accumulate,
  height,
  width,
  channels,
  outHeight,
  outWidth,
  filters,
  top,
  left,
  /** The input with its padding, and room for whole tiles. */
  paddedHeight,
  paddedWidth,
  /** A transformed tile along one side: 6 for a kernel of 3x3, 8 for one of 5x5. */
  side,
  tilesDown,
  tilesRight,
  /** Rows of tiles to work on at a time, and of how many pictures; more than one picture only if all rows of each are included. */
  chunk,
  pictures,
  scratch,
  scratchStride,
  /** Positions in a thread's scratch: one tile, the transformed inputs and outputs of a chunk, the transformed filter gradient. */
  tileAt,
  inputsAt,
  outputsAt,
  filterAt,
}

export enum WinogradPackField {
  kernel,
  weights,
  channels,
  filters,
  /** Side of a transformed tile: 6 or 8. */
  side,
  /** 1 for the input gradient, which rotates the kernel by 180 degrees and swaps channels and filters. */
  turned,
  turn,
}
