import type { PictureDecoder } from '../importers/exampleImporter';

/**
 * Decodes with the browser's own decoders, which turn a picture as its EXIF orientation asks. Colour profiles are ignored, as libraries for
 * training do.
 */
export const decodePicture: PictureDecoder = async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), { colorSpaceConversion: 'none' });
  try {
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('the browser gives no canvas to decode pictures with');
    context.drawImage(bitmap, 0, 0);
    return { width, height, rgba: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
};
