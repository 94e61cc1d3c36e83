/** The list of importers; if several recognise the files, the first one reads them. */
import type { Dataset } from '../core/data/dataset';
import { withoutDuplicates } from '../core/data/duplicates';
import { WorkbenchError } from '../core/errors';
import { commasLater, sentencesLater } from '../core/language/lists';
import { sayLater } from '../core/language/told';
import { tasks, type Task } from '../core/tasks/index';
import { cifar10 } from './cifar10';
import { learntCounts } from './classRules';
import { idx } from './idx';
import { invalidData } from './invalidData';
import { npz } from './npz';
import { parquet } from './parquet';
import { parquetSounds } from './parquetSounds';
import { pictureFolders } from './pictureFolders';
import { tinyImageNet } from './tinyImageNet';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { machineSounds } from './machineSounds';
import { speechCommands } from './speechCommands';
import { wordFolders } from './wordFolders';

export const exampleImporters: ExampleImporter[] = [
  cifar10,
  npz,
  idx,
  parquet,
  tinyImageNet,
  pictureFolders,
  speechCommands,
  wordFolders,
  parquetSounds,
  machineSounds,
];

/**
 * The importer that reads these files for a task.
 * @throws WorkbenchError `invalid-data` if none for the task's kind of examples recognises them
 */
export function importerFor(files: readonly Pick<NamedFile, 'name'>[], task: Pick<Task, 'title' | 'example'>): ExampleImporter {
  const names = files.map(({ name }) => name);
  const fitting = exampleImporters.filter(({ kind }) => kind === task.example.kind);
  const importer = fitting.find((one) => one.recognises(names));
  if (importer) return readsMost(importer, fitting, names);
  const other = exampleImporters.find((one) => one.recognises(names));
  const fits =
    other &&
    tasks
      .filter(({ example }) => example.kind === other.kind)
      .map(({ id, title }) => sayLater('{id} ({title})', { id, title: sayLater(title) }));
  const given = names.slice(0, 5).join(', ');
  const hints = sentencesLater(fitting.map(({ hint }) => sayLater(hint)));
  throw new WorkbenchError(
    'invalid-data',
    sentencesLater(
      other && fits
        ? [
            sayLater('These files ({given}) look like {format}, but the task "{task}" learns from {things}.', {
              given,
              format: sayLater(other.title),
              task: sayLater(task.title),
              things: sayLater(task.example.many),
            }),
            ...(fits.length > 0 ? [sayLater('Choose a task for them: {tasks}.', { tasks: commasLater(fits) })] : []),
            hints,
          ]
        : [
            sayLater('No format is known for these files ({given}).', { given: given || sayLater('none') }),
            hints,
            ...(names.some((name) => /\.(zip|tar|gz|tgz)$/i.test(name))
              ? [sayLater('An archive is opened when it is given by itself.')]
              : []),
          ],
    ),
  );
}

/**
 * Reads examples in whatever format the files have, says which in `format`, and removes repeated ones, see `withoutDuplicates`.
 * @throws WorkbenchError `invalid-data` if there is no importer for them, see `importerFor`, if it refuses them, if a class has only repeated ones
 *   to learn from, or if none is left to test on
 */
export async function readExamples(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  const importer = importerFor(files, options.task);
  const read = await importer.read(files, name, options);
  const dataset = withoutDuplicates(read);
  if (importer.kind !== 'vector') assertClassesKept(read, dataset);
  if (dataset.test.count === 0)
    throw invalidData(
      name,
      sayLater('leaves no {thing} to test on. Add some; where no part is named to test, a fifth is drawn.', {
        thing: sayLater(dataset.words.one),
      }),
    );
  return { ...dataset, format: sayLater(importer.title) };
}

/** @throws WorkbenchError `invalid-data` for a class that had examples to learn from before the repeated ones were removed */
function assertClassesKept(read: Dataset, { name, classNames, words, train }: Dataset): void {
  const [before, after] = [learntCounts(read.train), learntCounts(train)];
  const lost = classNames.find((_, label) => (before[label] as number) > 0 && after[label] === 0);
  if (lost === undefined) return;
  throw invalidData(
    name,
    sayLater(
      'has no {thing} of class "{lost}" to learn from: each repeats one of another class or of those to test on. Add others, or remove the class everywhere.',
      { lost, thing: sayLater(words.one) },
    ),
  );
}

/** So many times as many files of another format make the files of a format strays among them. */
const MANY = 10;

/** The importer itself, or another one if that reads by far the most of the files: a table of measurements may lie beside thousands of pictures. */
function readsMost(importer: ExampleImporter, others: readonly ExampleImporter[], names: readonly string[]): ExampleImporter {
  const endsLike = (name: string, { extensions }: ExampleImporter) => extensions.some((one) => name.toLowerCase().endsWith(one));
  // Some names end in nothing, as those of MNIST's files and of CIFAR's pickles.
  const own = names.filter((name) => endsLike(name, importer) || importer.recognises([name]));
  const fits = (other: ExampleImporter) => {
    const those = names.filter((name) => endsLike(name, other));
    return those.length >= MANY * Math.max(1, own.length) && other.recognises(those);
  };
  return others.find(fits) ?? importer;
}
