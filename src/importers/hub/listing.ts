/**
 * What a data set of the hub offers: its configurations, their splits as Parquet files, and their columns. Source of the two answers:
 * huggingface.co/docs/dataset-viewer, "List Parquet files" (/parquet) and "Get dataset information" (/info).
 */
import * as v from 'valibot';
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { invalidData } from '../invalidData';
import { describedColumns, suggestedExample, suggestedLabel, type Column, type ExampleKind, type ParquetChoice } from '../parquet/columns';
import { assertGiven, interrupted, persist, plainRequest, type Hub } from './hub';

export interface HubListing {
  /** OWNER/NAME. */
  readonly name: string;
  readonly configs: readonly HubConfig[];
}

export interface HubConfig {
  readonly name: string;
  readonly splits: readonly HubSplit[];
  /** Empty where the hub does not tell; the files do then. */
  readonly columns: readonly Column[];
  /** What looks right: the columns for each kind of examples, and the splits to learn from and to test on (null for a fifth of the other). */
  readonly suggested: Readonly<Record<ExampleKind, ParquetChoice['columns']>> & {
    readonly splits: { readonly train: string; readonly test: string | null };
  };
}

export interface HubSplit {
  readonly name: string;
  /** Null where the hub does not tell. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Whether the hub offers only its beginning. */
  readonly partial: boolean;
  readonly files: readonly HubFileEntry[];
}

export interface HubFileEntry {
  /** The path of its address. */
  readonly path: string;
  readonly size: number;
}

const parquetAnswer = v.object({
  parquet_files: v.array(
    v.object({
      config: v.string(),
      split: v.string(),
      url: v.string(),
      size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    }),
  ),
});
const infoAnswer = v.object({
  dataset_info: v.record(
    v.string(),
    v.object({
      features: v.nullish(v.record(v.string(), v.looseObject({}))),
      splits: v.nullish(v.record(v.string(), v.looseObject({ num_examples: v.optional(v.number()) }))),
    }),
  ),
});

/** The name in what a person typed, which may be the address of its page. @throws WorkbenchError `invalid-setting` */
export function hubName(typed: string): string {
  const name = typed
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?huggingface\.co\/datasets\//, '')
    .replace(/\/((tree|viewer|blob)(\/.*)?)?$/, '');
  if (/^([\w.-]+\/)?[\w.-]+$/.test(name) && !name.includes('..')) return name;
  throw new WorkbenchError('invalid-setting', sayLater('"{typed}" is no name of a data set. Names look like OWNER/NAME.', { typed }));
}

/** @throws WorkbenchError `invalid-data` when there is no such data set, or it has no Parquet files; `cancelled` */
export async function listHub(typed: string, hub: Hub, signal: AbortSignal): Promise<HubListing> {
  const name = hubName(typed);
  const what = sayLater('The data set {name}', { name });
  const ask = (question: string) => getJson(hub, `${hub.viewer}/${question}?dataset=${encodeURIComponent(name)}`, what, signal);
  const listed = v.safeParse(parquetAnswer, await ask('parquet'));
  if (!listed.success) throw invalidData(what, sayLater('is listed in a form that this version does not know. Fetch its files yourself.'));
  const info = await ask('info').catch((error: unknown) => {
    // Some data sets have files but no description; then the files themselves name their columns.
    if (error instanceof WorkbenchError && error.details.status !== undefined) return null;
    throw error;
  });
  const described = v.safeParse(infoAnswer, info);
  const files = listed.output.parquet_files;
  if (files.length === 0)
    throw invalidData(what, sayLater('has no Parquet files on the hub. Fetch its files yourself and give them as your own.'));
  const configs = [...new Set(files.map(({ config }) => config))].map((config) => {
    const about = described.success ? described.output.dataset_info[config] : undefined;
    const own = files.filter((file) => file.config === config);
    const columns = about?.features ? describedColumns(about.features) : [];
    const splits = [...new Set(own.map(({ split }) => split))].map((split) =>
      splitOf(
        split,
        own.filter((file) => file.split === split),
        about?.splits?.[split]?.num_examples,
      ),
    );
    const suggested = { picture: suggestion(columns, 'picture'), sound: suggestion(columns, 'sound'), splits: suggestedSplits(splits) };
    return { name: config, splits, columns, suggested };
  });
  return { name, configs };
}

function splitOf(name: string, files: readonly { readonly url: string; readonly size: number }[], rows: number | undefined): HubSplit {
  const entries = files.map(({ url, size }) => ({ path: pathOf(url), size }));
  return {
    name,
    rows: rows ?? null,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    // The hub's own name for the folder of a split that it converted only the first 5 GB of.
    partial: entries.some(({ path }) => path.includes('/partial-')),
    files: entries,
  };
}

/** Only the path is taken from an answer, so that no answer can lead to another host. */
function pathOf(url: string): string {
  const { pathname } = new URL(url, huggingFaceRoot);
  if (!/^\/datasets\/.+\.parquet$/.test(pathname))
    throw invalidData(url, sayLater('is no address of a Parquet file of a data set. List it again later.'));
  return pathname;
}
const huggingFaceRoot = 'https://huggingface.co';

function suggestion(columns: readonly Column[], kind: ExampleKind): ParquetChoice['columns'] {
  const [example, label] = [suggestedExample(columns, kind), suggestedLabel(columns)];
  return example && label ? { example: example.name, label: label.name } : null;
}

function suggestedSplits(splits: readonly HubSplit[]): HubConfig['suggested']['splits'] {
  const like = (pattern: RegExp) => splits.find(({ name }) => pattern.test(name))?.name;
  const train = like(/^train/i) ?? (splits[0] as HubSplit).name;
  const test = like(/^test/i) ?? like(/^(val|dev)/i) ?? null;
  return { train, test: test === train ? null : test };
}

async function getJson(hub: Hub, url: string, what: Told, signal: AbortSignal): Promise<unknown> {
  let answer: unknown = null;
  await persist(hub, what, signal, async (attempt) => {
    const response = await hub.fetch(url, { ...plainRequest, signal: attempt });
    await assertGiven(response, what);
    // An answer that breaks off may come whole the next time.
    answer = await response.json().catch(() => {
      throw interrupted();
    });
    return true;
  });
  return answer;
}
