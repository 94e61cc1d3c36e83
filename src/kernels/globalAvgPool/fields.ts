/** What global average pooling is told, as 32-bit fields. */
export enum PoolField {
  input,
  output,
  pixels,
  channels,
  /** Backward: 1 to add to the result, 0 to replace it. */
  accumulate,
}
