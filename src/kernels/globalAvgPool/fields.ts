/** Fields of global average pooling, 32 bits each. */
export enum PoolField {
  input,
  output,
  pixels,
  channels,
  /** Backward: 1 to add to the result, 0 to replace it. */
  accumulate,
}
