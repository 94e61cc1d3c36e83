/**
 * XXH32 with seed 0, as an unsigned 32-bit integer: finds accidental damage at more than a gigabyte a second. It does not protect against
 * forged bytes. Source: Y. Collet, "xxHash fast digest algorithm", github.com/Cyan4973/xxHash, doc/xxhash_spec.md, version 0.1.1.
 */
export function xxh32(bytes: Uint8Array): number {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const { length } = aligned;
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, length >> 2);
  const striped = words.length & ~3;
  let hash = P5;
  if (length >= 16) {
    let [a, b, c, d] = [(P1 + P2) | 0, P2, 0, -P1 | 0];
    for (let at = 0; at < striped; at += 4) {
      a = round(a, words[at] as number);
      b = round(b, words[at + 1] as number);
      c = round(c, words[at + 2] as number);
      d = round(d, words[at + 3] as number);
    }
    hash = (rotated(a, 1) + rotated(b, 7) + rotated(c, 12) + rotated(d, 18)) | 0;
  }
  hash = (hash + length) | 0;
  for (let at = striped; at < words.length; at++) hash = Math.imul(rotated((hash + Math.imul(words[at] as number, P3)) | 0, 17), P4);
  for (let at = words.length * 4; at < length; at++) hash = Math.imul(rotated((hash + Math.imul(aligned[at] as number, P5)) | 0, 11), P1);
  hash = Math.imul(hash ^ (hash >>> 15), P2);
  hash = Math.imul(hash ^ (hash >>> 13), P3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const [P1, P2, P3, P4, P5] = [0x9e3779b1 | 0, 0x85ebca77 | 0, 0xc2b2ae3d | 0, 0x27d4eb2f, 0x165667b1];

const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));
const round = (lane: number, word: number) => Math.imul(rotated((lane + Math.imul(word, P2)) | 0, 13), P1);
