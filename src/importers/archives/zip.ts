/**
 * ZIP archives. Entries are listed at once and unpacked one by one when they are read, so that an archive larger than memory can be read.
 * Source of the format: PKWARE's APPNOTE.TXT 6.3.10.
 */
import { WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import { inflateSync } from 'fflate';
import type { NamedFile } from '../exampleImporter';
import { invalidData, invalidFile } from '../invalidData';
import type { ByteSource } from './byteSource';
import { crc32 } from './crc32';
import { Admission, archiveLimits, tidyPath } from './limits';
import { targetOf, withLinks, type Link } from './links';
import { readZipDirectory, type ZipEntry } from './zipDirectory';

const LOCAL = { signature: 0x04034b50, length: 30 } as const;
/** The local header's extra field may be longer than the directory's. So much more is read at first, to read only once. */
const EXTRA_SLACK = 64;
const [STORED, DEFLATE] = [0, 8];
/** A longer path leads nowhere on any system. */
const LONGEST_TARGET = 4096;

/** Names of methods that people may have chosen in a program. */
const methodNames: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'BZIP2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 98: 'PPMd' };

/**
 * The files of an archive. A file that a link leads to is there under the link's name too. Folders, and what operating systems leave behind, are
 * left out.
 * @param archive its name in messages
 * @throws WorkbenchError `invalid-data` for a damaged archive or one that exceeds a limit; reading a file throws it for a damaged file
 */
export async function readZip(source: ByteSource, archive: string, limits = archiveLimits): Promise<NamedFile[]> {
  const entries = await readZipDirectory(source, archive, limits.entries);
  const admission = new Admission(archive, source.size, limits);
  const files: NamedFile[] = [];
  const links: Link[] = [];
  let packed = 0;
  for (const entry of entries) {
    admission.count(entry.size);
    packed += entry.packedSize;
    // Entries that share their bytes unpack to any size from a small archive.
    if (packed > source.size)
      throw invalidData(archive, sayLater('is damaged: its files overlap, or it was not downloaded whole. Fetch it again.'));
    if (entry.kind === 'link') {
      const target = await targetIn(source, entry, archive);
      if (target !== null) links.push({ path: tidyPath(entry.path), target });
      continue;
    }
    const name = entry.kind === 'file' ? admission.name(entry.path) : null;
    if (name === null) continue;
    assertReadable(entry, `${archive}: ${name}`);
    files.push({ name, size: entry.size, bytes: () => unpack(source, entry, `${archive}: ${name}`) });
  }
  return withLinks(files, links, admission);
}

/** What a link leads to, which is the content of its entry; null where that is damaged or leads nowhere. */
async function targetIn(source: ByteSource, entry: ZipEntry, archive: string): Promise<string | null> {
  if (entry.size > LONGEST_TARGET) return null;
  try {
    assertReadable(entry, archive);
    const bytes = await unpack(source, entry, archive);
    return targetOf(tidyPath(entry.path), new TextDecoder().decode(bytes));
  } catch (reason) {
    if (reason instanceof WorkbenchError) return null;
    throw reason;
  }
}

function assertReadable({ encrypted, method, packedSize, size }: ZipEntry, file: string): void {
  if (encrypted) throw invalidData(file, sayLater('is encrypted. Unpack the archive with its password and give the folder.'));
  if (method !== STORED && method !== DEFLATE)
    throw invalidData(
      file,
      sayLater('is compressed by {method}; only Deflate is read. Unpack the archive and give the folder.', {
        method: methodNames[method] ?? sayLater('method {method}', { method }),
      }),
    );
  // Deflate adds at most 5 bytes to each block of 64 kB, so more packed bytes can only be there to keep a reader busy.
  if (method === STORED ? packedSize !== size : packedSize > 1.1 * size + 4096) throw damaged(file);
}

async function unpack(source: ByteSource, entry: ZipEntry, file: string): Promise<Uint8Array> {
  const { at, packedSize, size } = entry;
  const start = await source.slice(at, at + LOCAL.length + entry.path.length + EXTRA_SLACK + packedSize);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (start.length < LOCAL.length || view.getUint32(0, true) !== LOCAL.signature) throw damaged(file);
  const from = LOCAL.length + view.getUint16(26, true) + view.getUint16(28, true);
  const packed =
    from + packedSize <= start.length ? start.subarray(from, from + packedSize) : await source.slice(at + from, at + from + packedSize);
  if (packed.length < packedSize) throw damaged(file);
  // A copy, since the rest of what was read would stay in memory with a part of it.
  const bytes = entry.method === STORED ? packed.slice() : inflate(packed, size, file);
  if (bytes.length !== size || crc32(bytes) !== entry.crc) throw damaged(file);
  return bytes;
}

/** Inflates into a buffer of the declared size, since a file may claim less than it unpacks to. */
function inflate(packed: Uint8Array, size: number, file: string): Uint8Array {
  try {
    return inflateSync(packed, { out: new Uint8Array(size) });
  } catch {
    throw damaged(file);
  }
}

const damaged = (file: string) =>
  invalidFile(file, sayLater('is damaged: its bytes do not fit its size and checksum. Fetch the archive again.'));
