/** Reads a folder of examples for the command line. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import type { ImportOptions } from '../importers/exampleImporter';
import { readExamples } from '../importers/index';

const notDecoded = () => Promise.reject(new Error('no decoder for pictures yet'));

/** @throws WorkbenchError `invalid-data` when it is no folder, or its files break the format */
export async function readExampleFolder(path: string, options: Omit<ImportOptions, 'decodePicture' | 'onProgress'>): Promise<Dataset> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory())
    throw new WorkbenchError(
      'invalid-data',
      `${path} is not a folder. --data takes "embedded" or a folder with data_batch_*.bin and test_batch.bin.`,
    );
  const names = await readdir(path);
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      size: (await stat(join(path, name))).size,
      bytes: async () => new Uint8Array(await readFile(join(path, name))),
    })),
  );
  return readExamples(files, basename(resolve(path)), { ...options, decodePicture: notDecoded, onProgress: () => {} });
}
