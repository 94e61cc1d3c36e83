/** What the Winograd kernels are told; see assembly.ts. Sizes in elements, addresses and offsets in bytes. */
export enum WinogradField {
  /** What is transformed, [height, width, channels] per picture. */
  input,
  /** What comes out, [outHeight, outWidth, filters]; for the filter gradient, the output's gradient. */
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
  /** Rows of tiles that are worked on at a time, and of how many pictures; of more than one only if all rows are. */
  chunk,
  pictures,
  scratch,
  scratchStride,
  /** Places in a thread's scratch: one tile, the transformed inputs and outputs of a chunk, the transformed filter gradient. */
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
  /** 1 for the input gradient: turned round, channels and filters swapped. */
  turned,
  turn,
}
