/** One Parquet file of examples with their labels, read by groups of rows. */
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type FileMetaData, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ToldError, WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { bytesSource, type ByteSource } from '../archives/byteSource';
import type { NamedFile } from '../exampleImporter';
import { invalidData, invalidFile } from '../invalidData';
import { checkPages, columnRange, type ByteRange } from './checkPages';
import { columnsOf, type ChosenColumns, type Column } from './columns';

/** A file whose end, which describes the rest, has been read. */
export interface Table {
  readonly name: string;
  readonly source: ByteSource;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly columns: readonly Column[];
  /** Rows of each group. */
  readonly counts: readonly number[];
}

export interface Row {
  /** What tells it from all others: "train.parquet: 5". */
  readonly key: string;
  /** Its place in the file, for messages: "row 5". */
  readonly place: Told;
  /** The class as the file has it; null where it has none. */
  readonly label: number | string | null;
  /** Who speaks, where the file tells. */
  readonly speaker: string | null;
  /** The example's file, whose group of rows is read when it is needed. */
  readonly example: NamedFile;
}

/** A file with fewer bytes a row has no examples in it. */
const LEAST_ROW_BYTES = 8;
/** So few rows are believed whatever the file's size; what is missing is found when they are read. */
const HARMLESS_ROWS = 10_000;

/** @throws WorkbenchError `invalid-data` when it is no Parquet file, or its description is damaged */
export async function openTable(file: NamedFile): Promise<Table> {
  const { name } = file;
  try {
    const source = file.slice ? { size: file.size, slice: file.slice } : bytesSource(await file.bytes());
    const metadata = await parquetMetadataAsync(bufferOf(source));
    const counts = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
    const rows = counts.reduce((sum, count) => sum + count, 0);
    if (!counts.every((count) => count >= 0) || rows > Math.max(HARMLESS_ROWS, source.size / LEAST_ROW_BYTES))
      throw invalidData(name, sayLater('claims {rows, number} rows, for which it is too short. Fetch it again.', { rows }));
    const schema = parquetSchema(metadata);
    return { name, source, metadata, schema, columns: columnsOf(metadata, schema), counts };
  } catch (reason) {
    throw refusal(name, reason);
  }
}

/**
 * Where the columns lie of those groups from which rows are taken.
 * @param rows of each group, as `chooseRows` gives them
 */
export function rangesOf({ name, source, metadata }: Table, { example, label, speaker }: ChosenColumns, rows: GroupRows): ByteRange[] {
  try {
    const wanted = [example, label, ...(speaker === null ? [] : [speaker])];
    return metadata.row_groups.flatMap((group, index) =>
      (rows[index]?.length ?? 0) > 0 ? wanted.map((column) => columnRange(group, column, source.size)) : [],
    );
  } catch (reason) {
    throw refusal(name, reason);
  }
}

type GroupRows = readonly (readonly number[])[];

/**
 * @param chosen rows of each group
 * @throws WorkbenchError `invalid-data` for a damaged group of rows; so does reading an example
 */
export async function readRows(table: Table, columns: ChosenColumns, chosen: GroupRows): Promise<Row[]> {
  const rows: Row[] = [];
  // Examples are decoded in the order of their rows, several at a time, so two groups are enough to keep.
  const kept = new Map<number, Promise<readonly unknown[]>>();
  const examplesOf = (group: number) => {
    const known = kept.get(group) ?? readColumn(table, group, columns.example);
    kept.delete(group);
    kept.set(group, known);
    for (const other of kept.keys()) if (kept.size > 2) kept.delete(other);
    return known;
  };
  let before = 0;
  for (const [group, wanted] of chosen.entries()) {
    const labels = wanted.length > 0 ? await readColumn(table, group, columns.label) : [];
    const speakers = wanted.length > 0 && columns.speaker !== null ? await readColumn(table, group, columns.speaker) : null;
    for (const row of wanted) {
      const place = sayLater('row {number}', { number: before + row + 1 });
      const key = `${table.name}: ${before + row + 1}`;
      const called = sayLater('{file}: {place}', { file: table.name, place });
      rows.push({
        key,
        place,
        label: labelOf(called, labels[row]),
        speaker: speakerOf(speakers?.[row]),
        example: { name: key, place: called, size: 0, bytes: async () => fileIn(table.name, place, (await examplesOf(group))[row]) },
      });
    }
    before += table.counts[group] as number;
  }
  return rows;
}

/** The cells of one column in one group of rows. */
async function readColumn({ name, source, metadata, schema }: Table, index: number, column: string): Promise<unknown[]> {
  try {
    const group = metadata.row_groups[index] as FileMetaData['row_groups'][number];
    const { from, to } = columnRange(group, column, source.size);
    const bytes = await source.slice(from, to);
    if (bytes.length < to - from) throw new ToldError(sayLater('the file ends early'));
    checkPages(bytes, from, group, schema, column);
    const rowStart = metadata.row_groups.slice(0, index).reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
    const rowEnd = rowStart + Number(group.num_rows);
    const file = bufferOf(source, { from, bytes });
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, columns: [column], compressors, utf8: false });
    if (rows.length !== rowEnd - rowStart) throw new ToldError(sayLater('rows are missing'));
    return rows.map((row) => row[column] as unknown);
  } catch (reason) {
    throw refusal(name, reason);
  }
}

/** The library's view of a source. @param known a part that need not be read again */
function bufferOf(source: ByteSource, known?: { readonly from: number; readonly bytes: Uint8Array }): AsyncBuffer {
  return {
    byteLength: source.size,
    slice: async (start, end = source.size) => {
      const inside = known && start >= known.from && end <= known.from + known.bytes.length;
      const part = inside ? known.bytes.subarray(start - known.from, end - known.from) : await source.slice(start, end);
      // A copy, since the library works with whole buffers.
      return new Uint8Array(part).buffer;
    },
  };
}

function fileIn(file: string, place: Told, cell: unknown): Uint8Array {
  const bytes = cell instanceof Uint8Array ? cell : (cell as { bytes?: unknown } | null | undefined)?.bytes;
  if (bytes instanceof Uint8Array) return bytes;
  throw invalidFile(
    file,
    sayLater('has no example in {place}, perhaps only a path to one. Save the data set with its files embedded.', { place }),
  );
}

/** Data sets of Hugging Face write -1 where a class is unknown. */
function labelOf(name: Told, label: unknown): Row['label'] {
  if (label === null || label === undefined || label === -1 || label === -1n) return null;
  if (typeof label === 'string') return label;
  if (typeof label === 'boolean') return label ? 'yes' : 'no';
  const value = typeof label === 'bigint' ? Number(label) : label;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw invalidData(name, sayLater('has a label that is neither a whole number nor a text. Mend it.'));
}

function speakerOf(cell: unknown): string | null {
  return typeof cell === 'string' || typeof cell === 'bigint' || typeof cell === 'number' ? String(cell) : null;
}

/** The library fails in many ways on damaged files. */
function refusal(name: string, reason: unknown): WorkbenchError {
  if (reason instanceof WorkbenchError) return reason;
  const why = reason instanceof ToldError ? reason.told : reason instanceof Error ? reason.message.replace(/\.$/, '') : String(reason);
  return invalidData(name, sayLater('is no Parquet file that can be read, or is damaged: {why}. Fetch it again.', { why }));
}
