import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random';
import type { Pixels } from './pixels';
import { resizePicture } from './resize';

const random = createRandom(1, 'pictures');

function noise(width: number, height: number, opaque = true): Pixels {
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 && opaque ? 255 : random.integer(256)));
  return { width, height, rgba };
}

/** A gray picture by its rows. */
function gray(...rows: readonly (readonly number[])[]): Pixels {
  return {
    width: (rows[0] as readonly number[]).length,
    height: rows.length,
    rgba: Uint8Array.from(rows.flat().flatMap((value) => [value, value, value, 255])),
  };
}

const reds = (rgb: Uint8Array) => [...rgb].filter((_, at) => at % 3 === 0);

/** Cuts and averages by the definition: each new pixel is the mean of very many points. A whole number of points fits into every pixel. */
function reference({ width, height, rgba }: Pixels, toWidth: number, toHeight: number): number[] {
  const scale = Math.min(width / toWidth, height / toHeight);
  const [cutWidth, cutHeight] = [Math.max(1, Math.round(toWidth * scale)), Math.max(1, Math.round(toHeight * scale))];
  const [left, top] = [Math.floor((width - cutWidth) / 2), Math.floor((height - cutHeight) / 2)];
  const value = (x: number, y: number, channel: number) => {
    const at = (y * width + x) * 4;
    const alpha = (rgba[at + 3] as number) / 255;
    return (rgba[at + channel] as number) * alpha + 255 * (1 - alpha);
  };
  const result: number[] = [];
  for (let y = 0; y < toHeight; y++)
    for (let x = 0; x < toWidth; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = 0; row < cutHeight; row++)
          for (let column = 0; column < cutWidth; column++)
            sum += value(left + column, top + row, channel) * share(column, x, cutWidth, toWidth) * share(row, y, cutHeight, toHeight);
        result.push(sum);
      }
  return result;
}

/** The share of a source pixel in a new one, along one side. */
function share(source: number, index: number, count: number, to: number): number {
  if (count > to) {
    const points = 1000;
    let inside = 0;
    for (let point = 0; point < points; point++) inside += Math.floor(((index + (point + 0.5) / points) * count) / to) === source ? 1 : 0;
    return inside / points;
  }
  const middle = Math.min(Math.max(((index + 0.5) * count) / to - 0.5, 0), count - 1);
  return Math.max(0, 1 - Math.abs(middle - source));
}

describe('resizePicture', () => {
  it('leaves the bytes of a picture that fits', () => {
    const picture = noise(7, 5);
    expect([...resizePicture(picture, 7, 5)]).toEqual([...picture.rgba].filter((_, at) => at % 4 !== 3));
  });

  it('averages whole and broken parts of pixels', () => {
    expect(reds(resizePicture(gray([0, 10, 20, 30], [2, 12, 22, 32], [0, 0, 0, 0], [0, 0, 0, 4]), 2, 2))).toEqual([6, 26, 0, 1]);
    // Each of two new pixels covers one and a half: (2·0 + 90) / 3 and (90 + 2·180) / 3, then rows alike.
    expect(reds(resizePicture(gray([0, 90, 180], [0, 90, 180], [0, 90, 180]), 2, 2))).toEqual([30, 150, 30, 150]);
  });

  it('interpolates between the middles of pixels, and keeps the border', () => {
    expect(reds(resizePicture(gray([0, 100], [0, 100]), 4, 4)).slice(0, 4)).toEqual([0, 25, 75, 100]);
  });

  it('cuts the middle, the odd pixel from the far side', () => {
    expect(reds(resizePicture(gray([1, 2, 3, 4, 5, 6]), 1, 1))).toEqual([3]);
    expect(reds(resizePicture(gray([1], [2], [3], [4], [5]), 1, 1))).toEqual([3]);
    expect(reds(resizePicture(gray([1, 2, 3, 4], [5, 6, 7, 8]), 2, 2))).toEqual([2, 3, 6, 7]);
    expect(reds(resizePicture(gray([1, 2], [3, 4], [5, 6], [7, 8]), 2, 1))).toEqual([3, 4]);
  });

  it('shows transparent parts white', () => {
    const rgba = Uint8Array.of(10, 20, 30, 0, 10, 20, 30, 255, 0, 100, 255, 51, 9, 9, 9, 255);
    expect([...resizePicture({ width: 4, height: 1, rgba }, 4, 1)]).toEqual([255, 255, 255, 10, 20, 30, 204, 224, 255, 9, 9, 9]);
  });

  it('keeps a picture of one colour at every size', () => {
    for (let size = 1; size <= 40; size++)
      expect(new Set(resizePicture(gray(...Array.from({ length: size }, () => Array<number>(size).fill(255))), 13, 13))).toEqual(
        new Set([255]),
      );
  });

  it.each([
    [9, 9, 4, 4, true],
    [16, 12, 5, 5, true],
    [5, 11, 8, 8, false],
    [3, 2, 6, 6, false],
    [20, 7, 6, 4, false],
    [1, 1, 3, 3, true],
    [1, 30, 4, 4, true],
  ])('agrees with the definition: %i x %i to %i x %i', (width, height, toWidth, toHeight, opaque) => {
    const picture = noise(width, height, opaque);
    const wanted = reference(picture, toWidth, toHeight);
    resizePicture(picture, toWidth, toHeight).forEach((value, at) => {
      expect(Math.abs(value - (wanted[at] as number))).toBeLessThan(0.5 + 0.8);
    });
  });
});
