/** What every archive is held to, so that a small damaged or malicious one cannot fill the memory. */
import { sayLater, type Told } from '../../core/language/told';
import { grouped } from '../../core/words';
import { invalidData } from '../invalidData';

export interface ArchiveLimits {
  /** The most entries, folders included. */
  readonly entries: number;
  /** The most bytes of all files, unpacked. */
  readonly unpackedBytes: number;
  /** The most unpacked bytes for each byte of the archive. Pictures and sounds stay below 10, arrays with large blank parts below 100. */
  readonly ratio: number;
  /** An archive may unpack to so many bytes whatever its ratio. */
  readonly harmlessBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  // ImageNet has 1.3 million pictures, every data set for tiny devices less than half a million.
  entries: 500_000,
  unpackedBytes: 8 * 2 ** 30,
  ratio: 200,
  harmlessBytes: 64 * 2 ** 20,
};

/** Files that operating systems leave in folders and archives. */
const isLitter = (name: string) => /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(name);

/** Folders that people make are a few deep; what walks thousands runs out of stack. */
const MOST_DEEP = 100;

/** The same path in one way of writing it, wherever it leads. */
export const tidyPath = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .join('/')
    .normalize('NFC');

/**
 * A path with "/" between folders, without "./", and with composed letters: macOS writes "é" as two signs, and lists of files as one. Null for what
 * operating systems leave behind.
 * @throws WorkbenchError `invalid-data` for a path that leads out of the folder or archive, or is too deep
 */
export function cleanPath(path: string, within: Told): string | null {
  const clean = tidyPath(path);
  const parts = clean === '' ? [] : clean.split('/');
  if (parts[0] === '' || parts.includes('..') || /^[a-z]:$/i.test(parts[0] ?? '') || path.includes('\0'))
    throw invalidData(
      within,
      sayLater('holds the path "{path}", which leads out of it. Nothing was read. Make the archive again from within its folder.', {
        path: path.slice(0, 200),
      }),
    );
  if (parts.length > MOST_DEEP)
    throw invalidData(
      within,
      sayLater('holds folders in folders, more than {most} deep. Make the archive again with fewer.', { most: MOST_DEEP }),
    );
  return clean === '' || isLitter(clean) ? null : clean;
}

/** Counts what an archive holds while its entries are listed, and refuses it as soon as it exceeds a limit. */
export class Admission {
  #entries = 0;
  #bytes = 0;
  readonly #names = new Set<string>();

  constructor(
    private readonly archive: string,
    private readonly archiveBytes: number,
    private readonly limits: ArchiveLimits,
  ) {}

  /** Counts an entry of any kind, and the bytes that it unpacks to. @throws WorkbenchError `invalid-data` beyond a limit */
  count(size: number): void {
    const { entries, unpackedBytes, ratio, harmlessBytes } = this.limits;
    this.#entries += 1;
    this.#bytes += size;
    if (this.#entries > entries)
      throw invalidData(
        this.archive,
        sayLater('holds more than {entries, number} files, the most that is read. Leave some out.', { entries }),
      );
    if (this.#bytes > unpackedBytes)
      throw invalidData(
        this.archive,
        sayLater('unpacks to more than {unpackedBytes}, the most that is read. Unpack it, leave files out and give the folder.', {
          unpackedBytes: megabytes(unpackedBytes),
        }),
      );
    if (this.#bytes > Math.max(harmlessBytes, ratio * this.archiveBytes))
      throw invalidData(
        this.archive,
        sayLater(
          'claims to unpack to more than {ratio} times its size, as archives do that are made to fill a computer’s memory. If you trust it, unpack it and give the folder.',
          { ratio },
        ),
      );
  }

  /** The clean name of a file; null if it is to be left out. @throws WorkbenchError `invalid-data` for a bad or repeated name */
  name(path: string): string | null {
    const name = cleanPath(path, this.archive);
    if (name === null) return null;
    if (this.#names.has(name))
      throw invalidData(
        this.archive,
        sayLater('holds two files with the name "{name}", and only one of them can be meant. Make it again.', { name }),
      );
    this.#names.add(name);
    return name;
  }
}

const megabytes = (bytes: number) => `${grouped(Math.round(bytes / 2 ** 20))} MiB`;
