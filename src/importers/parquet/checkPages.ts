/**
 * Checks the sizes that the pages of a Parquet file claim before a library reads them, since it makes room for whatever they claim, and
 * repeats a value as often as a damaged run says. Source: github.com/apache/parquet-format, parquet.thrift and Encodings.md.
 */
import { ToldError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import type { FileMetaData, SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { archiveLimits } from '../archives/limits';

type RowGroup = FileMetaData['row_groups'][number];
type Column = NonNullable<RowGroup['columns'][number]['meta_data']>;
type PageHeader = ReturnType<typeof parquetHeader>;

/** What Arrow, Polars and DuckDB write unless they are asked for more. */
const encodings: readonly unknown[] = ['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY'];

/** Where bytes lie in a file: [from, to). */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a column's parts lie in one group of rows. A structure has one part for each of its fields.
 * @throws Error when it would lie outside of a file of so many bytes
 */
export function columnRange({ columns }: RowGroup, name: string, fileSize: number): ByteRange {
  let [from, to] = [Infinity, 0];
  for (const { meta_data: column } of columns) {
    if (column === undefined) throw new ToldError(sayLater('a column has no description'));
    if (column.path_in_schema[0] !== name) continue;
    const { start, end } = chunkOf(column);
    if (!(start >= 0 && end >= start && end <= fileSize)) throw new ToldError(sayLater('a column lies outside of the file'));
    [from, to] = [Math.min(from, start), Math.max(to, end)];
  }
  if (from > to) throw new ToldError(sayLater('a group of rows has no column "{name}"', { name }));
  return { from, to };
}

function chunkOf({ dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size }: Column) {
  const start = Number(dictionary || data);
  return { start, end: start + Number(size) };
}

/**
 * @param bytes of `columnRange`, which begins at `offset` of the file
 * @throws Error when the pages of the column do not fit what the file says elsewhere, or unpack to too much
 */
export function checkPages(bytes: Uint8Array, offset: number, { columns, num_rows }: RowGroup, schema: SchemaTree, name: string): void {
  for (const { meta_data: column } of columns)
    if (column?.path_in_schema[0] === name) checkColumn(bytes, offset, column, Number(num_rows), schema);
}

function checkColumn(bytes: Uint8Array, offset: number, column: Column, rows: number, schema: SchemaTree): void {
  const path = getTreePath(schema, column.path_in_schema);
  if (getMaxRepetitionLevel(path) > 0) throw new ToldError(sayLater('a column holds lists'));
  const { start, end } = chunkOf(column);
  const [from, length] = [start - offset, end - start];
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + from, length), offset: 0 };
  const mostUnpacked = Math.max(archiveLimits.harmlessBytes, archiveLimits.ratio * bytes.length);
  let [values, unpacked] = [0, 0];
  // As the library does: a last byte is no page.
  while (reader.offset < length - 1) {
    const page = parquetHeader(reader);
    const { compressed_page_size: packedSize, uncompressed_page_size: size } = page;
    unpacked += size;
    if (!(packedSize >= 0 && reader.offset + packedSize <= length)) throw new ToldError(sayLater('a page has no end'));
    if (!(size >= 0 && unpacked <= mostUnpacked)) throw new ToldError(sayLater('its pages unpack to too much'));
    const known = page.dictionary_page_header?.num_values ?? 0;
    if (!(known >= 0 && known <= rows)) throw new ToldError(sayLater('a dictionary has more values than rows'));
    const packed = bytes.subarray(from + reader.offset, from + reader.offset + packedSize);
    values += checkPage(page, packed, column, getMaxDefinitionLevel(path), rows - values);
    reader.offset += packedSize;
  }
  if (values !== rows) throw new ToldError(sayLater('its pages do not have a value a row'));
}

/** Returns the number of values, of which there are at most as many as rows are left. */
function checkPage(page: PageHeader, packed: Uint8Array, { codec }: Column, deepest: number, rowsLeft: number): number {
  const [first, second] = [page.data_page_header, page.data_page_header_v2];
  const header = first ?? second;
  if (!header) return 0;
  const { num_values: count, encoding } = header;
  if (!(count >= 0 && count <= rowsLeft)) throw new ToldError(sayLater('a page has more values than rows'));
  if (!encodings.includes(encoding))
    throw new ToldError(sayLater('values are encoded as {encoding}, not plainly or by a dictionary', { encoding }));
  const levelBits = 32 - Math.clz32(deepest);
  let levels: Uint8Array;
  let values: Uint8Array;
  if (second && !first) {
    const [repeated, defined] = [second.repetition_levels_byte_length, second.definition_levels_byte_length];
    const rest = page.uncompressed_page_size - repeated - defined;
    const nulls = second.num_nulls;
    if (!(repeated === 0 && defined >= 0 && rest >= 0 && nulls >= 0 && nulls <= count))
      throw new ToldError(sayLater('a page has levels without an end'));
    levels = packed.subarray(0, defined);
    values = packed.subarray(defined);
    if (second.is_compressed !== false && rest > 0) values = decompressPage(values, rest, codec, compressors);
  } else {
    const all = decompressPage(packed, page.uncompressed_page_size, codec, compressors);
    const length = deepest === 0 ? 0 : new DataView(all.buffer, all.byteOffset, all.byteLength).getUint32(0, true);
    const start = deepest === 0 ? 0 : 4;
    if (start + length > all.length) throw new ToldError(sayLater('a page has levels without an end'));
    levels = all.subarray(start, start + length);
    values = all.subarray(start + length);
  }
  if (deepest > 0) checkRuns(levels, levelBits, count);
  const width = values[0] ?? 0;
  if (encoding !== 'PLAIN' && width > 32) throw new ToldError(sayLater('a page has a dictionary of too many values'));
  // A page without a value may end before its runs, so fewer values are no damage here: the library compares the numbers.
  if (encoding !== 'PLAIN' && width > 0) checkRuns(values.subarray(1), width, count);
  return count;
}

/** Runs of equal or of packed values, the latter in groups of eight, give at most `count` values and lie within the bytes. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  let [at, seen] = [0, 0];
  while (seen < count && at < bytes.length) {
    let [header, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new ToldError(sayLater('a run has no length'));
      header += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80) break;
    }
    const length = Math.floor(header / 2);
    const packed = header % 2 === 1;
    seen += packed ? length * 8 : length;
    at += packed ? length * width : Math.ceil(width / 8);
    if (length === 0 || seen > count + 7) throw new ToldError(sayLater('a run is longer than its page'));
  }
}
