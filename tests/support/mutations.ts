/** Damages files at random, in the ways in which readers of binary formats break. */
import { createRandom, type Random } from '../../src/core/random';

/** Values at which readers overflow, allocate too much or loop. */
const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff] as const;

/** A damaged copy; the same number gives the same one. */
export function mutated(bytes: Uint8Array, number: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(number, 'mutation');
  let copy = new Uint8Array(bytes);
  for (let change = 0; change <= random.integer(3); change++) copy = changed(copy, random);
  return copy;
}

function changed(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  if (bytes.length < 16) return bytes;
  // Headers lie at the start or the end.
  const near = random.integer(3);
  const span = Math.min(bytes.length, near === 2 ? bytes.length : 128);
  const at = (near === 1 ? bytes.length - span : 0) + random.integer(span);
  switch (random.integer(6)) {
    case 0:
      bytes[at] = (bytes[at] as number) ^ (1 << random.integer(8));
      return bytes;
    case 1:
      bytes[at] = random.integer(256);
      return bytes;
    case 2: {
      const width = [1, 2, 4, 8][random.integer(4)] as number;
      const value = extremes[random.integer(extremes.length)] as number;
      const bigEndian = random.integer(2) === 1;
      for (let index = 0; index < width && at + index < bytes.length; index++)
        bytes[at + index] = Math.floor(value / 256 ** (bigEndian ? width - 1 - index : index)) % 256;
      return bytes;
    }
    case 3:
      return bytes.slice(0, at);
    case 4: {
      const to = Math.min(bytes.length, at + 1 + random.integer(64));
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(to)]);
    }
    default: {
      const from = random.integer(bytes.length);
      const part = bytes.slice(from, from + 1 + random.integer(64));
      bytes.set(part.subarray(0, bytes.length - at), at);
      return bytes;
    }
  }
}
