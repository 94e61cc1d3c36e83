/** Reads a person's examples for the command line, and says on stderr what it took them for. */
import { basename, resolve } from 'node:path';
import type { Dataset } from '../core/data/dataset';
import { said, type Told } from '../core/language/told';
import type { ImportOptions } from '../importers/exampleImporter';
import { readExamples } from '../importers/index';
import { openFiles } from '../importers/openFiles';
import { readPrepared } from '../importers/prepared/readPrepared';
import { workHere } from '../importers/work';
import { decodePicture } from './decodePicture';
import { ImportProgress } from './importProgress';
import { pickedPaths } from './pickedPaths';
import { PreparedCache } from './preparedCache';
import { summaryOf } from './summary';

/**
 * @param path of a folder, which is read with the folders in it, of an archive or of a file
 * @param folder the folder of prepared sets: examples that were read before and have not changed come from there; null keeps and takes none
 * @throws WorkbenchError `invalid-data` when there is nothing, or what there is breaks its format
 */
export async function readExamplePath(
  path: string,
  options: Omit<ImportOptions, 'work' | 'onProgress'>,
  folder: string | null,
): Promise<Dataset> {
  const name = basename(resolve(path));
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const picked = await pickedPaths(path);
  const progress = new ImportProgress(process.stderr, name, () => performance.now());
  const all: ImportOptions = { ...options, work: workHere(decodePicture), onProgress: (done, total) => progress.show(done, total) };
  const read = async (watched: ImportOptions) => {
    const files = await openFiles(picked);
    const dataset = await readExamples(files, name, watched).finally(() => progress.end());
    tell(`${name} was read as ${said(dataset.format as Told)}: ${summaryOf(dataset)}`);
    return dataset;
  };
  if (folder === null) return read(all);
  const place = new PreparedCache(folder, tell);
  const { dataset, from } = await readPrepared(picked, name, all, place, read);
  if (from !== null) tell(`${name} was read before and is taken from ${place.pathOf(from)}: ${summaryOf(dataset)}`);
  return { ...dataset, name };
}
