/** Files and options for tests of importers, with pictures that need no decoder. */
import { imageClassification } from '../../src/core/tasks/imageClassification';
import type { ImportOptions, NamedFile } from '../../src/importers/exampleImporter';
import { workHere } from '../../src/importers/work';

export const namedFile = (name: string, bytes: Uint8Array): NamedFile => ({ name, size: bytes.length, bytes: async () => bytes });

export const textFile = (name: string, content: string): NamedFile => namedFile(name, new TextEncoder().encode(content));

/** A picture of one gray pixel, as the byte of its value. */
export const grayFile = (name: string, value: number): NamedFile => namedFile(name, Uint8Array.of(value));

/** A task for pictures of one pixel. */
export const onePixel = { ...imageClassification, example: { ...imageClassification.example, shape: [1, 1, 3] } };

export const importOptions: ImportOptions = {
  task: onePixel,
  work: workHere(async ([value, ...rest]) => {
    if (value === undefined || rest.length > 0) throw new Error('no picture');
    return { width: 1, height: 1, rgba: Uint8Array.of(value, value, value, 255) };
  }),
  holdOut: null,
  randomSeed: 1,
  onProgress: () => {},
};
