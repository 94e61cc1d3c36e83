/** The work of an import on the thread that calls it. */
import { logMelFrames } from '../core/data/features/logMel';
import { mfcc } from '../core/data/features/mfcc';
import { mlperfMfcc } from '../core/data/features/mlperfMfcc';
import { resizePicture } from '../core/data/pictures/resize';
import { WorkbenchError } from '../core/errors';
import type { ExampleWork, PictureDecoder } from './exampleImporter';

const kinds = { mfcc, mlperfMfcc, logMel: logMelFrames } as const;

export function workHere(decodePicture: PictureDecoder): ExampleWork {
  return {
    async picture(bytes, width, height) {
      try {
        return resizePicture(await decodePicture(bytes), width, height);
      } catch (reason) {
        // A missing decoder is no fault of the file.
        if (reason instanceof WorkbenchError) throw reason;
        return null;
      }
    },
    features: async (samples, kind) => kinds[kind](samples),
  };
}
