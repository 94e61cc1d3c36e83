/** A decoded picture: red, green, blue and opacity of each pixel, row by row, turned as its EXIF orientation asks. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}
