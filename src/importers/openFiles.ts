/** What a person picked, as the files that importers read: a folder's files as they are, and archives opened. */
import { sayLater } from '../core/language/told';
import { readingAhead, type ByteSource } from './archives/byteSource';
import { cleanPath } from './archives/limits';
import { readTar } from './archives/tar';
import { readZip } from './archives/zip';
import type { NamedFile } from './exampleImporter';
import { invalidData } from './invalidData';

/** A file that a person picked or dropped, or one of a folder. */
export interface PickedFile extends ByteSource {
  /** Its path inside the folder, with "/" between folders; its name if it was picked by itself. */
  readonly path: string;
  /**
   * What tells its content from another of this path and size, such as when it was changed last. Examples of files without it are read anew
   * each time.
   */
  readonly version?: string | number;
}

type OpenArchive = (source: ByteSource, archive: string) => Promise<NamedFile[]>;

/** By the ending of the name, since .npz files are ZIP archives too and have an importer of their own. */
const archives: readonly (readonly [RegExp, OpenArchive])[] = [
  [/\.zip$/i, (source, name) => readZip(source, name)],
  [/\.(tar|tar\.gz|tgz)$/i, (source, name) => readTar(source, name)],
];

/** Endings of the archives that are opened, for a file dialog. */
export const archiveExtensions = ['.zip', '.tar', '.gz', '.tgz'] as const;

const isOtherArchive = (path: string) => /\.(7z|rar|(tar\.)?(bz2|xz|zst|lzma)|tbz2?|txz)$/i.test(path);
const openerOf = (path: string) => archives.find(([ending]) => ending.test(path))?.[1];

/**
 * The files to import. Archives are opened if nothing else was picked; where there are several, the files of each get its name as their
 * top folder.
 * @throws WorkbenchError `invalid-data` for an archive that cannot be read, see `readZip` and `readTar`; reading a file throws it for
 *   a pointer that stands in place of the file
 */
export async function openFiles(picked: readonly PickedFile[]): Promise<NamedFile[]> {
  const files = picked.flatMap((file) => {
    const name = cleanPath(file.path, sayLater('The folder'));
    return name === null ? [] : [{ name, source: file }];
  });
  const only = files.length === 1 ? files[0] : undefined;
  if (only && isOtherArchive(only.name))
    throw invalidData(
      only.name,
      sayLater('is an archive of a kind that is not opened; .zip, .tar and .tar.gz are. Unpack it and give the folder.'),
    );
  const opened = files.every(({ name }) => openerOf(name) !== undefined)
    ? (await Promise.all(files.map(({ name, source }) => openArchive(name, source, files.length > 1)))).flat()
    : files.map(({ name, source }) => ({
        name,
        size: source.size,
        bytes: () => source.slice(0, source.size),
        slice: (from: number, to: number) => source.slice(from, to),
      }));
  return opened.map(withoutPointer);
}

async function openArchive(name: string, source: ByteSource, inFolder: boolean): Promise<NamedFile[]> {
  if (source.size === 0) throw invalidData(name, sayLater('is empty (0 bytes). Fetch it again.'));
  if (source.size < LONGEST_POINTER) assertNoPointer(await source.slice(0, source.size), name);
  const open = openerOf(name) as OpenArchive;
  const files = await open(readingAhead(source), name);
  if (files.length === 0) throw invalidData(name, sayLater('holds no files. Check that it is the archive that you mean.'));
  const folder = inFolder ? `${name.replace(/\.(zip|tar|tar\.gz|tgz)$/i, '')}/` : '';
  return files.map((file) => ({ ...file, name: `${folder}${file.name}` }));
}

/** More bytes than a pointer has, and fewer than most files. */
const LONGEST_POINTER = 1024;
const POINTER = 'version https://git-lfs.github.com/spec/';

/** Git LFS keeps large files elsewhere and puts a few lines of text in their place, which people take for the file. */
function assertNoPointer(bytes: Uint8Array, name: string): void {
  if (bytes.length < LONGEST_POINTER && new TextDecoder().decode(bytes.subarray(0, POINTER.length)) === POINTER)
    throw invalidData(
      name,
      sayLater(
        'is no data but a pointer to it, which Git LFS puts in the place of large files. Fetch the file itself, for example with "git lfs pull".',
      ),
    );
}

function withoutPointer(file: NamedFile): NamedFile {
  const { name, size } = file;
  if (size >= LONGEST_POINTER) return file;
  return {
    name,
    size,
    bytes: async () => {
      const bytes = await file.bytes();
      assertNoPointer(bytes, name);
      return bytes;
    },
  };
}
