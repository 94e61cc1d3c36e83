/** Fetches the chosen rows of a data set of the hub, and reads them as examples. */
import type { Dataset } from '../../core/data/dataset';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { listLater, sentencesLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { called, type ImportOptions } from '../exampleImporter';
import { readExamples } from '../index';
import { invalidData } from '../invalidData';
import type { ByteRange } from '../parquet/checkPages';
import type { ExampleKind, ParquetChoice } from '../parquet/columns';
import { planRows, type PlannedTable } from '../parquet/labelledRows';
import { rangesOf, readRows } from '../parquet/table';
import { withOptions } from '../prepared/readPrepared';
import { decodeWav } from '../sound/wav';
import { cancelled, type Hub } from './hub';
import { HubFiles } from './hubFiles';
import type { KeptRanges } from './keptRanges';
import type { HubConfig, HubFileEntry, HubListing, HubSplit } from './listing';

/** What a person chose of a listing. */
export interface HubChoice {
  readonly config: string;
  readonly train: string;
  /** Null tests on a fifth of the other. */
  readonly test: string | null;
  /** Null takes those that look right. */
  readonly columns: ParquetChoice['columns'];
  /** At most so many rows of each split; null for all. */
  readonly most: number | null;
}

export interface HubImport {
  readonly hub: Hub;
  /** What an earlier import has fetched before it broke off; it is not emptied here. */
  readonly kept: KeptRanges;
  readonly signal: AbortSignal;
  /** Hears bytes: those that have come, and all that are needed. */
  readonly onFetched: (done: number, total: number) => void;
}

/** All of them are in memory at once. */
const MOST_BYTES = 2e9;
/** Parts so near to each other are fetched together, up to so many bytes. */
const [NEAR, TOGETHER] = [2 ** 17, 2 ** 22];
/** Where rows are limited, so many files of a split are enough, unless they hold too few. */
const ENOUGH_FILES = 16;

/**
 * @throws WorkbenchError `invalid-setting` for a choice that is not in the listing, or too large; `cancelled`; and `invalid-data` for what cannot
 *   be fetched or read
 */
export async function importHub(
  listing: HubListing,
  choice: HubChoice,
  options: Omit<ImportOptions, 'parquet'>,
  { hub, kept, signal, onFetched }: HubImport,
): Promise<Dataset> {
  const { config, splits } = chosenOf(listing, choice);
  const kind = exampleKind(options);
  const columns = choice.columns ?? config.suggested[kind];
  const classNames = config.columns.find(({ name }) => name === columns?.label)?.classNames ?? null;
  const parquet: ParquetChoice = { columns, classNames, most: choice.most };
  let [done, total] = [0, 0];
  // Whatever fails ends the other requests too.
  const ending = new AbortController();
  const source = new HubFiles(hub, kept, AbortSignal.any([signal, ending.signal]), (count) => {
    done += count;
    if (total > 0) onFetched(done, total);
  });
  const entries = new Map(
    splits.flatMap(({ split, part }) => filesOf(split, choice.most).map((entry, at) => [nameOf(split, part, at), entry])),
  );
  const files = [...entries].map(([name, entry]) => source.file(entry, name));
  const progressing = (read: number, all: number) => {
    if (signal.aborted) throw cancelled();
    options.onProgress(read, all);
  };
  try {
    const planned = await planRows(files, kind, { parquet });
    const ranges = planned.flatMap(({ table, columns: found, rows }) =>
      together(rangesOf(table, found, rows)).map((range) => ({ table, ...range })),
    );
    const needed = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
    if (needed > MOST_BYTES)
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('{needed} GB of {name} would be fetched; at most {most} GB are. Take fewer examples of each split.', {
          needed: (needed / 1e9).toFixed(1),
          name: listing.name,
          most: MOST_BYTES / 1e9,
        }),
      );
    done = ranges.reduce((sum, { table, from, to }) => sum + kept.filled((entries.get(table.name) as HubFileEntry).path, from, to), 0);
    total = needed;
    onFetched(done, total);
    const [first, ...others] = ranges;
    if (first) await first.table.source.slice(first.from, first.to);
    if (kind === 'sound') await assertAudible(planned);
    await Promise.all(others.map(({ table, from, to }) => table.source.slice(from, to)));
    const data = await readExamples(files, listing.name, withOptions(options, { parquet, onProgress: progressing }));
    return { ...data, warnings: [...partialWarnings(splits.map(({ split }) => split)), ...data.warnings] };
  } finally {
    ending.abort();
  }
}

/** The files that an import opens. @throws WorkbenchError `invalid-setting` for a choice that is not in the listing */
export function chosenFiles(listing: HubListing, choice: HubChoice): readonly HubFileEntry[] {
  return chosenOf(listing, choice).splits.flatMap(({ split }) => filesOf(split, choice.most));
}

/** Its last word is what an importer takes a file for, whatever the split is called. */
const nameOf = ({ name }: HubSplit, part: string, index: number) => `${name}/${part}-${String(index).padStart(4, '0')}.parquet`;

interface ChosenSplit {
  readonly split: HubSplit;
  readonly part: 'train' | 'test';
}

function chosenOf({ name, configs }: HubListing, choice: HubChoice): { config: HubConfig; splits: readonly ChosenSplit[] } {
  const config = configs.find((one) => one.name === choice.config);
  if (!config) throw unknown(sayLater('{name} has no configuration "{config}"', { name, config: choice.config }), configs);
  const split = (wanted: string) => {
    const found = config.splits.find((one) => one.name === wanted);
    if (!found)
      throw unknown(
        sayLater('{name} has no split "{wanted}" in the configuration "{config}"', { name, wanted, config: config.name }),
        config.splits,
      );
    return found;
  };
  if (choice.train === choice.test)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('The split "{train}" cannot both train and test. Choose another one to test on, or none: a fifth is drawn then.', {
        train: choice.train,
      }),
    );
  const splits: ChosenSplit[] = [{ split: split(choice.train), part: 'train' }];
  if (choice.test !== null) splits.push({ split: split(choice.test), part: 'test' });
  return { config, splits };
}

function unknown(what: Told, known: readonly { readonly name: string }[]): WorkbenchError {
  return new WorkbenchError(
    'invalid-setting',
    sayLater('{what}. There are: {known}.', { what, known: known.map(({ name }) => name).join(', ') }),
  );
}

function exampleKind({ task }: Pick<ImportOptions, 'task'>): ExampleKind {
  const { kind } = task.example;
  if (kind !== 'vector') return kind;
  throw new WorkbenchError(
    'invalid-setting',
    sayLater(
      '{title} learns from recordings of machines by the names of their files, which Parquet files do not have. Choose another task.',
      {
        title: sayLater(task.title),
      },
    ),
  );
}

/** The files to open: all, or where rows are limited some at equal distances. */
function filesOf({ files, rows }: HubSplit, most: number | null): HubSplit['files'] {
  if (most === null || rows === null) return files;
  // Twice as many as are needed, since files differ in length.
  const wanted = Math.max(ENOUGH_FILES, Math.ceil((2 * most * files.length) / Math.max(1, rows)));
  if (wanted >= files.length) return files;
  return Array.from({ length: wanted }, (_, index) => files[Math.floor(((index + 0.5) * files.length) / wanted)] as (typeof files)[number]);
}

/** Ranges in order, near ones as one. */
function together(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    const to = Math.max(range.to, last?.to ?? 0);
    if (last && range.from <= last.to + NEAR && to - last.from <= TOGETHER) merged[merged.length - 1] = { from: last.from, to };
    else merged.push(range);
  }
  return merged;
}

/** Looks at one recording before the others are fetched. @throws WorkbenchError `invalid-data` when it is in a format that is not read */
async function assertAudible([first]: readonly PlannedTable[]): Promise<void> {
  if (!first) return;
  const group = first.rows.findIndex((rows) => rows.length > 0);
  const [row] = await readRows(
    first.table,
    first.columns,
    first.rows.map((rows, index) => (index === group ? rows.slice(0, 1) : [])),
  );
  if (!row) return;
  try {
    decodeWav(await row.example.bytes(), called(row.example));
  } catch (reason) {
    throw invalidData(
      first.table.name,
      sentencesLater([
        sayLater('begins with a recording that cannot be read, so the rest was not fetched.'),
        asWorkbenchError(reason).told,
      ]),
    );
  }
}

function partialWarnings(splits: readonly HubSplit[]): Told[] {
  const partial = splits.filter((split) => split.partial).map(({ name }) => `"${name}"`);
  return partial.length > 0
    ? [
        sayLater('The hub offers only the beginning of {splits} as Parquet files.', {
          splits: listLater(partial),
        }),
      ]
    : [];
}
