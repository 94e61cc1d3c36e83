/** Copies pictures with room around and between their pixels, so that a sliding window needs no bounds checks. */

/**
 * Writes a picture [height, width, channels] into a larger one whose other pixels are zero already.
 *
 * @param gap distance between neighbouring pixels in the larger picture: 1, or the stride when undoing a stride
 */
export function placePicture(
  from: usize,
  height: i32,
  width: i32,
  pixelBytes: i32,
  to: usize,
  toRowBytes: i32,
  top: i32,
  left: i32,
  gapDown: i32,
  gapRight: i32,
): void {
  const rowBytes = width * pixelBytes;
  to += top * toRowBytes + left * pixelBytes;
  for (let row = 0; row < height; row++) {
    if (gapRight == 1) memory.copy(to, from, rowBytes);
    else
      for (let column = 0; column < width; column++)
        memory.copy(to + column * gapRight * pixelBytes, from + column * pixelBytes, pixelBytes);
    from += rowBytes;
    to += gapDown * toRowBytes;
  }
}
