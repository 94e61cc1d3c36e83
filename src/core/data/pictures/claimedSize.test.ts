import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { assertPictureHead, claimedSize } from './claimedSize';

describe('the size that a picture file claims', () => {
  const made = sharp({ create: { width: 37, height: 21, channels: 4, background: { r: 9, g: 99, b: 199, alpha: 0.5 } } });

  it.each([
    ['JPEG', () => made.jpeg()],
    ['progressive JPEG with EXIF', () => made.jpeg({ progressive: true }).withExif({ IFD0: { Artist: 'x'.repeat(300) } })],
    ['PNG', () => made.png()],
    ['GIF', () => made.gif()],
    ['WebP', () => made.flatten().webp()],
    ['WebP without loss', () => made.webp({ lossless: true })],
    ['WebP with opacity', () => made.webp()],
  ])('is read from %s', async (_, encoded) => {
    const bytes = await encoded().toBuffer();
    expect(claimedSize(bytes)).toEqual({ width: 37, height: 21 });
    expect(() => assertPictureHead(bytes)).not.toThrow();
    // Whatever the file is cut to, it is the size or nothing.
    for (let length = 0; length < bytes.length; length++)
      expect([null, 37]).toContain(claimedSize(bytes.subarray(0, length))?.width ?? null);
  });

  it('is null for anything else', () => {
    expect(claimedSize(new TextEncoder().encode('BM is another format of pictures'))).toBeNull();
    expect(claimedSize(Uint8Array.of(0xff, 0xd8, 0xff, 0xff, 0xff))).toBeNull();
    expect(() => assertPictureHead(Uint8Array.of(0xff, 0xd8))).toThrow('is no JPEG');
    expect(() => assertPictureHead(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg">'))).toThrow('is no JPEG');
  });
});
