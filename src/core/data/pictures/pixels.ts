/** The page and the command line decode pictures of as many pixels; a small file may claim any number. */
export const MOST_PIXELS = 100e6;

/** A decoded picture: red, green, blue and opacity of each pixel, row by row, turned as its EXIF orientation asks. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** @param levelAt of a pixel, row by row: 0 is black and 1 white; what is beyond is cut off */
export function grey(width: number, height: number, levelAt: (at: number) => number): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.fill(Math.round(255 * levelAt(at)), 4 * at, 4 * at + 3);
    rgba[4 * at + 3] = 255;
  }
  return { width, height, rgba };
}
