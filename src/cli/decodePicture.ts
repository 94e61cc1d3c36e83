/** Decodes pictures for the command line. */
import { assertPictureHead } from '../core/data/pictures/claimedSize';
import { MOST_PIXELS } from '../core/data/pictures/pixels';
import { WorkbenchError } from '../core/errors';
import type { PictureDecoder } from '../importers/exampleImporter';

/**
 * Decodes with sharp, whose pixels equal those of Chromium for JPEG, PNG, WebP and GIF. It is loaded at the first picture, since most
 * searches need no pictures. Colour profiles are ignored, as libraries for training do. Small faults are tolerated as browsers do.
 */
export const decodePicture: PictureDecoder = async (bytes) => {
  assertPictureHead(bytes);
  const sharp = await loaded();
  const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, ignoreIcc: true, failOn: 'error' })
    .autoOrient()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: info.channels === 4 ? data : withOpacity(data) };
};

/** Added here, since sharp takes a third more time when it does that. */
function withOpacity(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] as number;
    rgba[to + 1] = rgb[from + 1] as number;
    rgba[to + 2] = rgb[from + 2] as number;
    rgba[to + 3] = 255;
  }
  return rgba;
}

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
