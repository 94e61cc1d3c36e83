import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from './decodePicture';

/** Three pixels beside each other. */
const strip = (channels: 3 | 4, ...values: readonly number[]) => sharp(Uint8Array.from(values), { raw: { width: 3, height: 1, channels } });
const colours = [255, 0, 0, 10, 20, 30, 0, 0, 255];

describe('decodePicture', () => {
  it('gives four channels, whatever a file has', async () => {
    const { width, height, rgba } = await decodePicture(
      await strip(3, ...colours)
        .png()
        .toBuffer(),
    );
    expect([width, height, ...rgba]).toEqual([3, 1, 255, 0, 0, 255, 10, 20, 30, 255, 0, 0, 255, 255]);
    const gray = await strip(3, 9, 9, 9, 99, 99, 99, 0, 0, 0).toColourspace('b-w').png().toBuffer();
    expect([...(await decodePicture(gray)).rgba]).toEqual([9, 9, 9, 255, 99, 99, 99, 255, 0, 0, 0, 255]);
    const clear = await strip(4, 1, 2, 3, 255, 4, 5, 6, 128, 7, 8, 9, 0).png().toBuffer();
    expect([...(await decodePicture(clear)).rgba]).toEqual([1, 2, 3, 255, 4, 5, 6, 128, 7, 8, 9, 0]);
    const palette = await strip(3, ...colours)
      .png({ palette: true })
      .toBuffer();
    expect((await decodePicture(palette)).rgba).toHaveLength(12);
  });

  it('takes the upper byte of 16 bits', async () => {
    const deep = await sharp(Uint16Array.of(0x80ff, 0x1000, 0xffff), { raw: { width: 1, height: 1, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect([...(await decodePicture(deep)).rgba]).toEqual([0x80, 0x10, 0xff, 255]);
  });

  it('turns a picture as its orientation asks', async () => {
    const turned = await strip(3, ...colours)
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { width, height, rgba } = await decodePicture(turned);
    expect([width, height, ...rgba.subarray(0, 4)]).toEqual([1, 3, 255, 0, 0, 255]);
  });

  it('fails for what is no picture or no whole one', async () => {
    const whole = await sharp({
      create: { width: 64, height: 64, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
    })
      .jpeg()
      .toBuffer();
    await expect(decodePicture(whole.subarray(0, whole.length / 2))).rejects.toThrow();
    await expect(decodePicture(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });

  it('fails for other formats, which it could decode, whatever browsers do', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    const tiff = await strip(3, ...colours)
      .tiff()
      .toBuffer();
    for (const bytes of [new TextEncoder().encode(svg), tiff]) {
      expect((await sharp(bytes).metadata()).width).toBeGreaterThan(0);
      await expect(decodePicture(bytes)).rejects.toThrow('is no JPEG, PNG, WebP or GIF');
    }
  });
});
