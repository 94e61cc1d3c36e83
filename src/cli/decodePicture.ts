/** Decodes pictures for the command line. */
import { WorkbenchError } from '../core/errors';
import type { PictureDecoder } from '../importers/exampleImporter';

/** More pixels than a camera has; a small file that claims more would fill the memory. */
const MOST_PIXELS = 100e6;

/**
 * Decodes with sharp, whose pixels equal those of Chromium for JPEG, PNG and WebP. It is loaded at the first picture, since it takes 30 ms and
 * most searches need no pictures.
 */
export const decodePicture: PictureDecoder = async (bytes) => {
  const sharp = await loaded();
  const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
};

let loading: Promise<(typeof import('sharp'))['default']> | null = null;

function loaded() {
  loading ??= import('sharp').then(
    ({ default: sharp }) => {
      // Importers decode several pictures at a time, which uses the cores better than threads inside one small picture.
      sharp.concurrency(1);
      sharp.cache(false);
      return sharp;
    },
    (reason: unknown) => {
      const why = reason instanceof Error ? reason.message.split('\n')[0] : String(reason);
      throw new WorkbenchError(
        'file-missing',
        `Pictures cannot be decoded, since the package sharp could not be loaded (${why}). Run "npm install" again; it needs the optional packages too.`,
      );
    },
  );
  return loading;
}
