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

/** So much is read at once, and so far may the next part lie from the last one to be read ahead for. */
const [AHEAD, NEAR] = [2 ** 20, 2 ** 16];

/**
 * Reads small parts that follow each other in large pieces: in a browser every access to a file crosses to another process, which takes longer
 * than decoding a small picture. Parts in any other order are read one by one.
 */
export function readingAhead(source: ByteSource): ByteSource {
  let [start, end, last] = [0, 0, 0];
  let piece: Promise<Uint8Array> | null = null;
  return {
    size: source.size,
    async slice(from, to) {
      const wanted = Math.min(to, source.size);
      const follows = Math.abs(from - last) <= NEAR;
      last = wanted;
      if (wanted - from > NEAR) return source.slice(from, to);
      if (!piece || from < start || wanted > end) {
        if (!follows) return source.slice(from, to);
        [start, end] = [from, from + AHEAD];
        piece = source.slice(start, end);
      }
      const offset = from - start;
      return (await piece).subarray(offset, offset + wanted - from);
    },
  };
}
