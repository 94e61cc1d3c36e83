/**
 * The list of a ZIP archive's entries, read from the directory at its end. Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16
 * (directory and its end records) and 4.5.3 (ZIP64).
 */
import { sayLater } from '../../core/language/told';
import { invalidData } from '../invalidData';
import type { ByteSource } from './byteSource';

export interface ZipEntry {
  readonly path: string;
  /** 0 stored, 8 Deflate. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly kind: 'file' | 'folder' | 'link';
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly at: number;
}

const END = { signature: 0x06054b50, length: 22, longestComment: 0xffff } as const;
const END64 = { signature: 0x06064b50, length: 56 } as const;
const LOCATOR64 = { signature: 0x07064b50, length: 20 } as const;
const ENTRY = { signature: 0x02014b50, length: 46 } as const;
const ZIP64_EXTRA = 1;
/** Stands in a field of 32 or 16 bits whose value is in the ZIP64 record. */
const [MOVED32, MOVED16] = [0xffffffff, 0xffff];

interface Directory {
  readonly from: number;
  readonly size: number;
  readonly entries: number;
  /** Bytes in front of the archive, as self-extracting ones have, by which all offsets are shifted. */
  readonly shift: number;
}

/** @throws WorkbenchError `invalid-data` when the directory is missing or damaged, as in an archive that was not downloaded whole */
export async function readZipDirectory(source: ByteSource, archive: string, mostEntries: number): Promise<ZipEntry[]> {
  const { from, size, entries, shift } = await findDirectory(source, archive);
  if (entries > mostEntries)
    throw invalidData(
      archive,
      sayLater('holds {entries, number} files; at most {mostEntries, number} are read.', { entries, mostEntries }),
    );
  const bytes = await source.slice(from, from + size);
  const view = viewOf(bytes);
  const found: ZipEntry[] = [];
  let at = 0;
  while (found.length < entries) {
    if (at + ENTRY.length > bytes.length || view.getUint32(at, true) !== ENTRY.signature) throw damaged(archive);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const nameAt = at + ENTRY.length;
    const next = nameAt + nameLength + extraLength + commentLength;
    if (next > bytes.length) throw damaged(archive);
    found.push(readEntry(archive, bytes, view, at, nameAt, nameLength, extraLength, shift));
    at = next;
  }
  return found;
}

async function findDirectory(source: ByteSource, archive: string): Promise<Directory> {
  const tailAt = Math.max(0, source.size - END.length - END.longestComment - LOCATOR64.length);
  const tail = await source.slice(tailAt, source.size);
  const view = viewOf(tail);
  let end = tail.length - END.length;
  const isEnd = (at: number) =>
    view.getUint32(at, true) === END.signature && at + END.length + view.getUint16(at + 20, true) <= tail.length;
  while (end >= 0 && !isEnd(end)) end -= 1;
  if (end < 0) throw truncated(archive);
  if (view.getUint16(end + 4, true) !== view.getUint16(end + 6, true))
    throw invalidData(archive, sayLater('is one part of an archive in several parts. Join them, or unpack it and give the folder.'));
  let [entries, size, offset] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  let endAt = tailAt + end;
  const locator = end - LOCATOR64.length;
  if (
    (entries === MOVED16 || size === MOVED32 || offset === MOVED32) &&
    locator >= 0 &&
    view.getUint32(locator, true) === LOCATOR64.signature
  ) {
    endAt = whole(archive, view, locator + 8);
    const record = await source.slice(endAt, endAt + END64.length);
    const view64 = viewOf(record);
    if (record.length < END64.length || view64.getUint32(0, true) !== END64.signature) throw damaged(archive);
    [entries, size, offset] = [32, 40, 48].map((field) => whole(archive, view64, field)) as [number, number, number];
  }
  const from = endAt - size;
  if (from < offset) throw truncated(archive);
  if (entries * ENTRY.length > size) throw damaged(archive);
  return { from, size, entries, shift: from - offset };
}

function readEntry(
  archive: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameAt: number,
  nameLength: number,
  extraLength: number,
  shift: number,
): ZipEntry {
  const [madeBy, flags, method] = [4, 8, 10].map((field) => view.getUint16(at + field, true)) as [number, number, number];
  const attributes = view.getUint32(at + 38, true);
  let [packedSize, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true)) as [number, number, number];
  if (packedSize === MOVED32 || size === MOVED32 || offset === MOVED32) {
    let field = zip64Field(archive, view, nameAt + nameLength, extraLength);
    const moved = (value: number) => {
      if (value !== MOVED32) return value;
      field += 8;
      return whole(archive, view, field - 8);
    };
    size = moved(size);
    packedSize = moved(packedSize);
    offset = moved(offset);
  }
  const path = decodeName(bytes.subarray(nameAt, nameAt + nameLength));
  // Unix keeps the kind of a file in the upper half of the attributes: 0o120000 is a link.
  const isLink = madeBy >>> 8 === 3 && ((attributes >>> 16) & 0o170000) === 0o120000;
  return {
    path,
    method,
    encrypted: (flags & 1) !== 0 || method === 99,
    kind: /[/\\]$/.test(path) ? 'folder' : isLink ? 'link' : 'file',
    crc: view.getUint32(at + 16, true),
    packedSize,
    size,
    at: offset + shift,
  };
}

/** Where the values of the ZIP64 field start. */
function zip64Field(archive: string, view: DataView, from: number, length: number): number {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === ZIP64_EXTRA) return at + 4;
  throw damaged(archive);
}

/** A number of 64 bits, of which 53 are enough for any file. */
function whole(archive: string, view: DataView, at: number): number {
  if (at + 8 > view.byteLength) throw damaged(archive);
  const value = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  if (!Number.isSafeInteger(value)) throw damaged(archive);
  return value;
}

/** The upper half of code page 437. Source: unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT. */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Many programs write UTF-8 without the flag for it; others code page 437, as the format says without that flag. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CODE_PAGE_437[byte - 128])).join('');
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const truncated = (archive: string) =>
  invalidData(
    archive,
    sayLater(
      'has no list of its files at its end, or lacks what the list names: it is no ZIP archive or was not downloaded whole. Fetch it again.',
    ),
  );

const damaged = (archive: string) =>
  invalidData(archive, sayLater('is damaged: the list of its files does not fit its own lengths. Fetch it again.'));
