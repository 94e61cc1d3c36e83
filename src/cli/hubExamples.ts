/** `--data hub:OWNER/NAME`: a data set of the Hugging Face hub, and the options that choose a part of it. */
import { wholeRange } from '../core/config/domain';
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import type { ImportOptions } from '../importers/exampleImporter';
import { fileTags } from '../importers/hub/fileTags';
import { huggingFace, type Hub } from '../importers/hub/hub';
import { chosenFiles, importHub, type HubChoice } from '../importers/hub/importHub';
import { KeptRanges } from '../importers/hub/keptRanges';
import { hubName, listHub, type HubConfig, type HubListing } from '../importers/hub/listing';
import { workHere } from '../importers/work';
import { decodePicture } from './decodePicture';
import { usageError } from './exit';
import { readPrepared } from '../importers/prepared/readPrepared';
import { ImportProgress } from './importProgress';
import { readNumberIn } from './optionValue';
import { PreparedCache } from './preparedCache';
import { summaryOf } from './summary';

export const hubOptions = {
  'hub-config': { type: 'string' },
  'hub-split': { type: 'string' },
  'hub-columns': { type: 'string' },
  'hub-most': { type: 'string' },
} as const;

type GivenHubOptions = Readonly<Partial<Record<keyof typeof hubOptions, string>>>;

export const HUB_HELP = `  --hub-config NAME    the configuration of a data set of the hub (default: the only one, or "default")
  --hub-split A[,B]    its splits to learn from and to test on; without B a fifth of A tests
                       (default: train, and test or else validation)
  --hub-columns A,B    its columns of examples and of classes (default: those that look like it)
  --hub-most N         at most so many rows of each split, from places at equal distances (default: all)`;

/** A part of a data set of the hub; what is null is chosen when its listing is there. */
export interface HubRequest {
  readonly name: string;
  readonly config: string | null;
  readonly splits: Pick<HubChoice, 'train' | 'test'> | null;
  readonly columns: HubChoice['columns'];
  readonly most: number | null;
}

/** @returns null where the data do not come from the hub. @throws WorkbenchError `invalid-setting` */
export function readHubRequest(data: string, given: GivenHubOptions): HubRequest | null {
  if (!data.startsWith('hub:')) {
    const named = (Object.keys(hubOptions) as (keyof typeof hubOptions)[]).find((option) => given[option] !== undefined);
    if (named) throw usageError(`--${named} chooses a part of a data set of the hub, so it needs --data hub:OWNER/NAME`);
    return null;
  }
  const [train, test = null, ...tooMany] = parts('--hub-split', given['hub-split']);
  if (tooMany.length > 0) throw usageError('--hub-split takes one split, or two with a comma between them');
  const columns = parts('--hub-columns', given['hub-columns']);
  const [example, label] = columns;
  if (given['hub-columns'] !== undefined && columns.length !== 2)
    throw usageError('--hub-columns takes two columns with a comma between them: that of the examples and that of their classes');
  return {
    name: hubName(data.slice('hub:'.length)),
    config: given['hub-config'] ?? null,
    splits: train === undefined ? null : { train, test },
    columns: example !== undefined && label !== undefined ? { example, label } : null,
    most: given['hub-most'] === undefined ? null : readNumberIn('--hub-most', given['hub-most'], wholeRange(1, 2 ** 31 - 1)),
  };
}

function parts(option: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw usageError(`${option} has an empty name in "${text}"`);
  return names;
}

/**
 * Fetches and reads the examples, and says on stderr what they are. Those that were read before are taken from where they are kept, unless the
 * hub, which is asked each time, has other files by now.
 * @param folder the folder of prepared sets; null keeps and takes none
 * @throws WorkbenchError as `listHub` and `importHub` do
 */
export async function readHubExamples(
  request: HubRequest,
  options: Omit<ImportOptions, 'work' | 'onProgress' | 'parquet'>,
  folder: string | null,
  hub: Hub = huggingFace,
): Promise<Dataset> {
  const { signal } = new AbortController();
  const listing = await listHub(request.name, hub, signal);
  const choice = choiceOf(listing, request);
  const progress = new ImportProgress(process.stderr, request.name, () => performance.now());
  const all: ImportOptions = { ...options, work: workHere(decodePicture), onProgress: (done, total) => progress.show(done, total) };
  const { config, train, test } = choice;
  const title = `${request.name} (${[config, train, ...(test === null ? [] : [test])].join(', ')})`;
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const read = async (watched: ImportOptions) => {
    const way = { hub, kept: new KeptRanges(), signal, onFetched: (done: number, total: number) => progress.showBytes(done, total) };
    const dataset = await importHub(listing, choice, watched, way).finally(() => progress.end());
    tell(`${title} was read from the Hugging Face hub: ${summaryOf(dataset)}`);
    return dataset;
  };
  if (folder === null) return read(all);
  const place = new PreparedCache(folder, tell);
  const { dataset, from } = await readPrepared(await filesNow(listing, choice, hub, signal), title, all, place, read);
  if (from !== null) tell(`${title} was read before and is taken from ${place.pathOf(from)}: ${summaryOf(dataset)}`);
  return dataset;
}

/** What tells whether the hub still has what was read: the choice, what is listed of its columns, and the files with their tags. */
async function filesNow(listing: HubListing, choice: HubChoice, hub: Hub, signal: AbortSignal) {
  const { name, configs } = listing;
  const columns = configs.find((one) => one.name === choice.config)?.columns ?? [];
  const entries = chosenFiles(listing, choice);
  const tags = await fileTags(hub, entries, name, signal);
  const files = entries.map(({ path, size }, index) => ({ path, size, ...(tags[index] && { version: tags[index] }) }));
  return [{ path: `hub:${name}`, size: 0, version: JSON.stringify([choice, columns]) }, ...files];
}

function choiceOf(listing: HubListing, { config, splits, columns, most }: HubRequest): HubChoice {
  const name = config ?? onlyConfig(listing).name;
  const suggested = listing.configs.find((one) => one.name === name)?.suggested.splits;
  // A configuration that is not there is refused by name later.
  return { config: name, ...(splits ?? suggested ?? { train: 'train', test: null }), columns, most };
}

function onlyConfig({ name, configs }: HubListing): HubConfig {
  const [first] = configs;
  const found = configs.length === 1 ? first : configs.find((config) => config.name === 'default');
  if (found) return found;
  const names = configs.map((config) => config.name).join(', ');
  throw new WorkbenchError('invalid-setting', `${name} has ${configs.length} configurations: ${names}. Choose one with --hub-config.`);
}
