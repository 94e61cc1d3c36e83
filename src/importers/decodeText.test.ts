import { describe, expect, it } from 'vitest';
import { encodings } from '../../tests/support/encodings';
import { decodeText } from './decodeText';

const text = 'network,latencyMs\nmüller–数.json,5\n';

describe('the text of a file', () => {
  it.each(Object.entries(encodings))('is read from %s', (_, encode) => {
    expect(decodeText(encode(text))).toBe(text);
    expect(decodeText(encode(''))).toBe('');
  });

  it('has composed letters', () => {
    expect(decodeText(encodings['UTF-8']('cafe\u0301.wav'))).toBe('caf\u00e9.wav');
  });

  it('keeps letters that are a byte-order mark elsewhere than in front', () => {
    expect(decodeText(encodings['UTF-8 with a byte-order mark']('a\ufeffb'))).toBe('a\ufeffb');
  });

  it.each([
    ['Latin-1', Uint8Array.of(0x67, 0xf6, 0xdf, 0x65)],
    ['half a letter of UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x62)],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d)],
  ])('is refused where the bytes are %s', (_, bytes) => {
    expect(() => decodeText(bytes, 'board.csv')).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'board.csv is no text in UTF-8 or UTF-16. Save it as UTF-8 and try again.',
      }),
    );
  });
});
