import { assertPictureHead } from '../core/data/pictures/claimedSize';
import { MOST_PIXELS } from '../core/data/pictures/pixels';
import type { PictureDecoder } from '../importers/exampleImporter';

/**
 * Decodes with the browser's own decoders, which turn a picture as its EXIF orientation asks. Colour profiles are ignored, as libraries for
 * training do.
 */
export const decodePicture: PictureDecoder = async (bytes) => {
  assertPictureHead(bytes);
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), { colorSpaceConversion: 'none' });
  try {
    const { width, height } = bitmap;
    // A damaged head may claim no size before.
    if (width * height > MOST_PIXELS) throw new Error('the picture has too many pixels');
    // From here on nothing waits, so that pictures which are decoded at the same time can share the canvas.
    const context = contextOf(width, height);
    context.clearRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    return { width, height, rgba: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
};

/** The last canvas: making one takes longer than decoding a small picture. */
let last: OffscreenCanvasRenderingContext2D | null = null;

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (last?.canvas.width === width && last.canvas.height === height) return last;
  last = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!last) throw new Error('the browser gives no canvas to decode pictures with');
  return last;
}
