/** One Parquet file of pictures with their labels, read by groups of rows. */
import { parquetMetadata, parquetReadObjects, parquetSchema, type FileMetaData, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { WorkbenchError } from '../../core/errors';
import type { NamedFile } from '../exampleImporter';
import { invalidData } from '../invalidData';
import { checkPages } from './checkPages';
import { columnsOf, type Columns } from './columns';

export interface Row {
  /** The class as the file has it; null where it has none. */
  readonly label: number | string | null;
  /** The picture's file, whose group of rows is read when it is needed. */
  readonly picture: NamedFile;
}

export interface Table {
  /** The names of the classes 0, 1, ..., if the file has them. */
  readonly classNames: readonly string[] | null;
  readonly rows: readonly Row[];
}

/** A file with fewer bytes a row has no pictures in it. */
const LEAST_ROW_BYTES = 8;

/** @throws WorkbenchError `invalid-data` when it is no Parquet file, is damaged, or has no columns of pictures and labels */
export async function readTable(file: NamedFile): Promise<Table> {
  try {
    return await read(file);
  } catch (reason) {
    throw refusal(file.name, reason);
  }
}

async function read(file: NamedFile): Promise<Table> {
  // A copy that begins with its buffer, since the library works with whole buffers.
  const bytes = new Uint8Array(await file.bytes());
  const metadata = parquetMetadata(bytes.buffer);
  const schema = parquetSchema(metadata);
  const columns = columnsOf(file.name, metadata, schema);
  if (!(metadata.num_rows >= 0 && Number(metadata.num_rows) * LEAST_ROW_BYTES <= bytes.length))
    throw invalidData(file.name, `claims ${metadata.num_rows.toLocaleString('en')} rows, for which it is too short. Fetch it again.`);
  const groups = groupsOf(metadata);
  const open = { name: file.name, bytes, metadata, schema, columns };
  const rows: Row[] = [];
  // Pictures are decoded in the order of their rows, several at a time, so two groups are enough to keep.
  const kept = new Map<number, Promise<readonly Uint8Array[]>>();
  const picturesOf = (group: number) => {
    const known = kept.get(group) ?? readPictures(open, groups[group] as Group);
    kept.delete(group);
    kept.set(group, known);
    for (const other of kept.keys()) if (kept.size > 2) kept.delete(other);
    return known;
  };
  for (const [index, group] of groups.entries()) {
    const labels = await readColumn(open, group, columns.label);
    labels.forEach((label, row) => {
      const name = `${file.name}: row ${group.from + row + 1}`;
      rows.push({
        label: labelOf(name, label),
        picture: { name, size: 0, bytes: async () => (await picturesOf(index))[row] as Uint8Array },
      });
    });
  }
  return { classNames: columns.classNames, rows };
}

interface Open {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly columns: Columns;
}

/** A group of rows: [from, to). */
interface Group {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

function groupsOf({ row_groups: groups }: FileMetaData): Group[] {
  let from = 0;
  return groups.map(({ num_rows }, index) => ({ index, from, to: (from += Number(num_rows)) }));
}

/** The cells of one column. */
async function readColumn({ name, bytes, metadata, schema }: Open, { index, from, to }: Group, column: string): Promise<unknown[]> {
  try {
    checkPages(bytes, metadata.row_groups[index] as FileMetaData['row_groups'][number], schema, column);
    const file = { byteLength: bytes.length, slice: async (start: number, end?: number) => bytes.buffer.slice(start, end) };
    const rows = await parquetReadObjects({ file, metadata, rowStart: from, rowEnd: to, columns: [column], compressors, utf8: false });
    if (rows.length !== to - from) throw new Error('rows are missing');
    return rows.map((row) => row[column] as unknown);
  } catch (reason) {
    throw refusal(name, reason);
  }
}

async function readPictures(open: Open, group: Group): Promise<Uint8Array[]> {
  const cells = await readColumn(open, group, open.columns.picture);
  return cells.map((cell, row) => {
    const bytes = cell instanceof Uint8Array ? cell : (cell as { bytes?: unknown } | null)?.bytes;
    if (bytes instanceof Uint8Array) return bytes;
    throw invalidData(
      open.name,
      `has no picture in row ${group.from + row + 1}, perhaps only a path to one. Save the data set with its pictures embedded.`,
    );
  });
}

/** Data sets of Hugging Face write -1 where a class is unknown. */
function labelOf(name: string, label: unknown): Row['label'] {
  if (label === null || label === undefined || label === -1 || label === -1n) return null;
  if (typeof label === 'string') return label;
  const value = typeof label === 'bigint' ? Number(label) : label;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw invalidData(name, 'has a label that is neither a whole number nor a text. Mend it.');
}

/** The library fails in many ways on damaged files. */
function refusal(name: string, reason: unknown): WorkbenchError {
  if (reason instanceof WorkbenchError) return reason;
  const why = reason instanceof Error ? reason.message.replace(/\.$/, '') : String(reason);
  return invalidData(name, `is no Parquet file that can be read, or is damaged: ${why}. Fetch it again.`);
}
