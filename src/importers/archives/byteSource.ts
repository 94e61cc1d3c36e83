/** Bytes that lie somewhere, a part of which can be read without the rest: an archive may be larger than memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes in [from, to). `to` may exceed the size; what lies behind it is left out. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

export function blobSource(blob: Blob): ByteSource {
  return { size: blob.size, slice: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()) };
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, slice: async (from, to) => bytes.subarray(from, to) };
}
