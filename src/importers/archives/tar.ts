/**
 * TAR archives, also compressed by gzip: ustar (POSIX.1-1988), GNU's long names, and pax (POSIX.1-2001). A plain archive is listed and its
 * files are read when they are needed. A compressed one can only be unpacked from front to back, so its files are kept in memory.
 */
import { sayLater } from '../../core/language/told';
import type { NamedFile } from '../exampleImporter';
import { invalidData } from '../invalidData';
import type { ByteSource } from './byteSource';
import { GzipCursor, isGzip, SourceCursor, type ByteCursor } from './cursor';
import { Admission, archiveLimits, tidyPath } from './limits';
import { targetOf, withLinks, type Link } from './links';

const BLOCK = 512;
const [HARD_LINK, SYMBOLIC_LINK] = ['1', '2'];
/** The longest name or list of pax records that is read. */
const LONGEST_TEXT = 2 ** 20;

interface Header {
  readonly path: string;
  readonly size: number;
  /** One letter; a digit for what POSIX.1-1988 knows. */
  readonly type: string;
  /** What a link leads to. */
  readonly link: string;
}

/** What a header in front of an entry says about it, in place of the entry's own header. */
interface Override {
  path?: string;
  size?: number;
  link?: string;
}

/**
 * The regular files of an archive. A file that a link leads to is there under the link's name too. What operating systems leave behind is left out.
 * @param archive its name in messages
 * @param isWanted whether a file will be needed, by its name: others are passed over and take no memory
 * @throws WorkbenchError `invalid-data` for a damaged archive or one that exceeds a limit
 */
export async function readTar(
  source: ByteSource,
  archive: string,
  isWanted: (name: string) => boolean = () => true,
  limits = archiveLimits,
): Promise<NamedFile[]> {
  const packed = isGzip(await source.slice(0, 2));
  const cursor = packed ? new GzipCursor(source, archive) : new SourceCursor(source);
  const admission = new Admission(archive, source.size, limits);
  const files: NamedFile[] = [];
  const links: Link[] = [];
  try {
    for await (const { path, size, type, link } of entries(cursor, archive, (bytes) => admission.count(bytes))) {
      const isLink = type === HARD_LINK || type === SYMBOLIC_LINK;
      const name = '0\x007'.includes(type) && !path.endsWith('/') ? admission.name(path) : null;
      const from = cursor.at;
      const target = isLink ? targetOf(type === HARD_LINK ? '' : tidyPath(path), link) : null;
      if (target !== null) links.push({ path: tidyPath(path), target });
      else if (name !== null && isWanted(name)) {
        const bytes = packed ? await cursor.take(size) : null;
        files.push({ name, size, bytes: async () => bytes ?? source.slice(from, from + size) });
      }
      await cursor.skip(from + Math.ceil(size / BLOCK) * BLOCK - cursor.at);
      if (packed ? cursor.at < from + size : from + size > source.size) throw truncated(archive);
    }
  } finally {
    await cursor.close();
  }
  return withLinks(
    files,
    links.filter(({ path }) => isWanted(path)),
    admission,
  );
}

/** Entries with their whole names. After each the cursor stands at its contents, which the caller passes. */
async function* entries(cursor: ByteCursor, archive: string, count: (size: number) => void): AsyncGenerator<Header> {
  let override: Override = {};
  for (;;) {
    const header = readHeader(await cursor.take(BLOCK), archive, cursor.at === BLOCK);
    if (header === null) return;
    const isEntry = !'LKxg'.includes(header.type);
    const entry = isEntry ? { ...header, ...override } : header;
    count(entry.size);
    if (entry.type === 'S')
      throw invalidData(
        archive,
        sayLater('holds "{path}" as a sparse file, which is not read. Make it again without.', { path: entry.path }),
      );
    if (isEntry) {
      yield entry;
      override = {};
      continue;
    }
    if (header.size > LONGEST_TEXT) throw damaged(archive);
    const text = await cursor.take(header.size);
    if (text.length < header.size) throw truncated(archive);
    await cursor.skip(-header.size & (BLOCK - 1));
    if (header.type === 'L') override.path = textOf(text);
    if (header.type === 'K') override.link = textOf(text);
    if (header.type === 'x') override = { ...override, ...readPax(text, archive) };
  }
}

/** Null at the end of the archive: a block of zeros, or no block at all where the archive ends without one. */
function readHeader(block: Uint8Array, archive: string, isFirst: boolean): Header | null {
  if (block.length === 0 && !isFirst) return null;
  if (block.length < BLOCK) throw truncated(archive);
  if (block.every((byte) => byte === 0)) return null;
  // The sum of all bytes, with spaces in place of the sum itself.
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (readNumber(block.subarray(148, 156)) !== sum) throw isFirst ? noTar(archive) : damaged(archive);
  const size = readNumber(block.subarray(124, 136));
  if (!Number.isSafeInteger(size) || size < 0) throw damaged(archive);
  const field = (from: number, length: number) => textOf(block.subarray(from, from + length));
  const prefix = field(257, 5) === 'ustar' && block[262] === 0 ? field(345, 155) : '';
  const type = String.fromCharCode(block[156] as number);
  // Links and folders may carry a size, but no contents.
  const path = prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`;
  return { path, size: /[1-6]/.test(type) ? 0 : size, type, link: field(157, 100) };
}

/** Octal digits, or GNU's binary form for sizes from 8 GiB on; NaN for neither. */
function readNumber(bytes: Uint8Array): number {
  if ((bytes[0] as number) === 0x80) return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  const text = textOf(bytes).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : NaN;
}

/** Records "length key=value\n", where the length counts the whole record in bytes. */
function readPax(bytes: Uint8Array, archive: string): Override {
  const override: Override = {};
  let at = 0;
  while (at < bytes.length) {
    const length = Number.parseInt(textOf(bytes.subarray(at, at + 20)), 10);
    if (!(length > 0) || at + length > bytes.length) throw damaged(archive);
    const [, key, value] = /^\d+ ([^=]*)=(.*)\n$/s.exec(textOf(bytes.subarray(at, at + length))) ?? [];
    if (key === 'path') override.path = value as string;
    if (key === 'linkpath') override.link = value as string;
    if (key === 'size') override.size = Number(value);
    at += length;
  }
  if (override.size !== undefined && !(Number.isSafeInteger(override.size) && override.size >= 0)) throw damaged(archive);
  return override;
}

/** Up to the first zero byte. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

const truncated = (archive: string) =>
  invalidData(archive, sayLater('ends in the middle of a file: it was not downloaded whole. Fetch it again.'));

const damaged = (archive: string) =>
  invalidData(archive, sayLater('is damaged: an entry has a header that breaks the format. Fetch it again.'));

const noTar = (archive: string) =>
  invalidData(
    archive,
    sayLater('is no TAR archive, although its name ends like that of one. Check what it is, or unpack it and give the folder.'),
  );
