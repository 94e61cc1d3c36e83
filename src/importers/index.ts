/** The list of importers; if several recognise the files, the first one reads them. */
import type { Dataset } from '../core/data/dataset';
import { withoutDuplicates } from '../core/data/duplicates';
import { WorkbenchError } from '../core/errors';
import { cifar10 } from './cifar10';
import type { ExampleImporter, NamedFile } from './exampleImporter';

export const exampleImporters: ExampleImporter[] = [cifar10];

/**
 * Reads examples in whatever format the files have, and removes repeated ones, see `withoutDuplicates`.
 * @throws WorkbenchError `invalid-data` if no importer recognises the files, or the one that does refuses them
 */
export async function readExamples(files: readonly NamedFile[], name: string): Promise<Dataset> {
  const names = files.map((file) => file.name);
  const importer = exampleImporters.find((one) => one.recognises(names));
  if (importer) return withoutDuplicates(await importer.read(files, name));
  const given = names.slice(0, 5).join(', ');
  const hints = exampleImporters.map(({ hint }) => hint).join(' ');
  throw new WorkbenchError('invalid-data', `No format is known for these files (${given || 'none'}). ${hints}`);
}
