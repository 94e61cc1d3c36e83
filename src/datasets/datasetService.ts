/** The commands of the dataset worker: all that the worker does, so that tests need no thread. */
import type { Dataset } from '../core/data/dataset';
import { ownName } from '../core/data/nameText';
import { readingOnPage } from '../core/data/reading';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { speakIfPossible } from '../core/language/languages';
import { firstLater } from '../core/language/lists';
import { said, type Told } from '../core/language/told';
import { taskFor } from '../core/tasks/index';
import { blobSource } from '../importers/archives/byteSource';
import type { ExampleWork, ImportOptions } from '../importers/exampleImporter';
import { ImportMeter, type ImportProgress } from '../importers/importMeter';
import { readExamples } from '../importers/index';
import { openFiles, type PickedFile } from '../importers/openFiles';
import { preparedKey } from '../importers/prepared/preparedKey';
import { readPrepared } from '../importers/prepared/readPrepared';
import type { DatasetCommands, GivenFile, HubChoice } from '../protocol/datasets';
import { moving } from '../protocol/moving';
import { HubReader } from './hubReader';
import type { PreparedFolder } from './preparedFolder';

/** Milliseconds between two reports of progress. */
const TELL_EVERY = 100;
/** The page has one random seed for what is drawn while examples are read; searches draw by their own. */
const RANDOM_SEED = 1;

export interface DatasetServiceOptions {
  /** Starts threads, or makes ready to. */
  readonly startWork: () => ExampleWork;
  /** Where prepared sets are kept; null where the browser keeps nothing. */
  readonly openFolder: () => Promise<PreparedFolder | null>;
  readonly now: () => number;
}

export function createDatasetService({ startWork, openFolder, now }: DatasetServiceOptions): DatasetCommands {
  const hub = new HubReader();
  let work = startWork();
  const optionsFor = (taskId: string, onProgress: ImportOptions['onProgress']): ImportOptions => {
    const task = taskFor(taskId);
    return { task, work, ...readingOnPage(task), randomSeed: RANDOM_SEED, onProgress };
  };
  return {
    speak: speakIfPossible,
    async importExamples(given, taskId, tell) {
      const files = given.map(pickedFileOf);
      const meter = new ImportMeter(now, sparingly(tell, now));
      const options = optionsFor(taskId, meter.items);
      const place = (await openFolder()) ?? { find: async () => null, keep: async () => null };
      const { dataset, kept } = await readPrepared(files, titleOf(files), options, place, async (watched) =>
        named(await readExamples(meter.counting(await openFiles(files)), said(titleOf(files)), watched)),
      );
      return moving({ dataset, notKept: kept }, dataset);
    },
    preparedSets: async () => (await (await openFolder())?.list()) ?? null,
    async loadPrepared(key) {
      const folder = await openFolder();
      const dataset = await folder?.find(key);
      if (dataset) return moving(dataset, dataset);
      const [damage] = folder?.takeDropped() ?? [];
      if (damage !== undefined) throw new WorkbenchError('invalid-data', damage);
      return null;
    },
    removePrepared: async (key) => (await openFolder())?.remove(key),
    listHub: (name) => hub.list(name),
    async importFromHub(choice, taskId, tell) {
      const told = sparingly(tell, now);
      // Fetching and reading take their time each.
      const fetching = new ImportMeter(now, told);
      let reading: ImportMeter | null = null;
      const options = optionsFor(taskId, (done, total) => (reading ??= new ImportMeter(now, told)).items(done, total));
      const read = await hub.read(choice, options, fetching.fetched).catch((reason: unknown) => {
        // A thread that broke down answers nothing any more, so the next try gets new ones. What was fetched is kept.
        if (asWorkbenchError(reason).code === 'internal') work = startWork();
        throw reason;
      });
      const dataset = { ...read, name: `${read.name} of the Hugging Face hub` };
      const about = { key: hubKey(read.name, choice, options), title: hubTitle(read.name, choice), task: taskId };
      const notKept = (await (await openFolder())?.keep(about, dataset)) ?? null;
      return moving({ dataset, notKept }, dataset);
    },
    cancelHub: () => hub.cancel(),
  };
}

const named = (dataset: Dataset): Dataset => ({ ...dataset, name: ownName(dataset.words) });

/** The one place that knows what kinds of files the page hands over. */
function pickedFileOf({ path, blob }: GivenFile): PickedFile {
  return { path, ...(blob instanceof File && { version: blob.lastModified }), ...blobSource(blob) };
}

/** "photos", if all lie in that folder; "data_batch_1.bin and 5 more" */
function titleOf(files: readonly PickedFile[]): Told {
  const [first, ...others] = files.map(({ path }) => path);
  if (first === undefined) return '';
  const top = first.includes('/') ? first.slice(0, first.indexOf('/') + 1) : null;
  if (top !== null && others.every((path) => path.startsWith(top))) return top.slice(0, -1);
  return firstLater([first, ...others], 1);
}

/** Nobody knows whether the hub has other files meanwhile, so a set is fetched again when it is asked for, and replaces the one that is kept. */
const hubKey = (name: string, choice: HubChoice, options: ImportOptions): string =>
  preparedKey([{ path: `hub:${name}?${JSON.stringify(choice)}`, size: 0, version: 0 }], options, options.randomSeed) as string;

/** "someone/things (default, train, test)" */
function hubTitle(name: string, { config, train, test }: HubChoice): string {
  return `${name} (${[config, train, ...(test === null ? [] : [test])].join(', ')})`;
}

/** The last report may be left out: the command's answer follows. */
function sparingly(tell: (progress: ImportProgress) => void, now: () => number): (progress: ImportProgress) => void {
  let last = -Infinity;
  return (progress) => {
    if (now() - last < TELL_EVERY) return;
    last = now();
    tell(progress);
  };
}
