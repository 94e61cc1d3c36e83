import { expect, it } from 'vitest';
import { xxh32 } from './xxh32';

const ascii = (text: string) => new TextEncoder().encode(text);

it.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('gives the published hash of "%s"', (text, hash) => {
  expect(xxh32(ascii(text))).toBe(hash);
});

it('does not depend on where the bytes lie, and changes with every one of them', () => {
  const bytes = Uint8Array.from({ length: 53 }, (_, at) => at * 7);
  const hash = xxh32(bytes);
  const shifted = new Uint8Array(60);
  shifted.set(bytes, 3);
  expect(xxh32(shifted.subarray(3, 56))).toBe(hash);
  for (let at = 0; at < bytes.length; at++) expect(xxh32(bytes.with(at, (bytes[at] as number) ^ 1))).not.toBe(hash);
});
