/** Reads a folder of examples for the command line. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import { readExamples } from '../importers/index';

/** @throws WorkbenchError `invalid-data` when it is no folder, or its files break the format */
export async function readExampleFolder(path: string): Promise<Dataset> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory())
    throw new WorkbenchError(
      'invalid-data',
      `${path} is not a folder. --data takes "embedded" or a folder with data_batch_*.bin and test_batch.bin.`,
    );
  const names = await readdir(path);
  const files = names.map((name) => ({ name, bytes: async () => new Uint8Array(await readFile(join(path, name))) }));
  return readExamples(files, basename(resolve(path)));
}
