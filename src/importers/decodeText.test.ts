import { describe, expect, it } from 'vitest';
import { decodeText } from './decodeText';

const text = 'Größe\ncat 猫\n';
const utf8 = new TextEncoder().encode(text);
const utf16 = (bigEndian: boolean) => {
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++) bytes.setUint16(2 * index, text.charCodeAt(index), !bigEndian);
  return new Uint8Array(bytes.buffer);
};

describe('decodeText', () => {
  it.each([
    ['UTF-8', utf8],
    ['UTF-8 with a byte-order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)],
    ['UTF-16, little end first', Uint8Array.of(0xff, 0xfe, ...utf16(false))],
    ['UTF-16, big end first', Uint8Array.of(0xfe, 0xff, ...utf16(true))],
    ['nothing', new Uint8Array()],
  ])('reads %s', (what, bytes) => {
    expect(decodeText(bytes)).toBe(what === 'nothing' ? '' : text);
  });

  it.each([
    ['UTF-16 without a mark', Uint8Array.of(0x63, 0, 0x61, 0, 0x74, 0, 0x0a, 0)],
    ['UTF-16 cut in the middle of a letter', Uint8Array.of(0xff, 0xfe, 0x63)],
    ['Latin 1', Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65)],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeText(bytes)).toThrow(/neither UTF-8 text nor UTF-16 with a byte-order mark/);
  });
});
