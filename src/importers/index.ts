/** The list of importers; if several recognise the files, the first one reads them. */
import type { Dataset } from '../core/data/dataset';
import { withoutDuplicates } from '../core/data/duplicates';
import { WorkbenchError } from '../core/errors';
import { cifar10 } from './cifar10';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { machineSounds } from './machineSounds';
import { speechCommands } from './speechCommands';

export const exampleImporters: ExampleImporter[] = [cifar10, speechCommands, machineSounds];

/**
 * Reads examples in whatever format the files have, and removes repeated ones, see `withoutDuplicates`.
 * @throws WorkbenchError `invalid-data` if no importer for the task's kind of examples recognises the files, or the one that does refuses
 *   them
 */
export async function readExamples(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  const names = files.map((file) => file.name);
  const fitting = exampleImporters.filter(({ kind }) => kind === options.task.example.kind);
  const importer = fitting.find((one) => one.recognises(names));
  if (importer) return withoutDuplicates(await importer.read(files, name, options));
  const given = names.slice(0, 5).join(', ');
  const hints = fitting.map(({ hint }) => hint).join(' ');
  throw new WorkbenchError('invalid-data', `No format is known for these files (${given || 'none'}). ${hints}`);
}
