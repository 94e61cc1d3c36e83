/** FNV-1a over bytes, as a signed 32-bit integer: quick, and no more than that. Equal hashes do not mean equal bytes. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193);
  return hash | 0;
}
