/**
 * Prepared sets in the browser's private file system, one file each. A set is written under another name and moved when it is whole, so that
 * no half of one is ever found.
 */
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import { sentencesLater } from '../core/language/lists';
import { sayLater, type Told } from '../core/language/told';
import { megabytes } from '../core/words';
import { blobSource } from '../importers/archives/byteSource';
import { openPrepared, preparedPieces, type Prepared, type PreparedAbout } from '../importers/prepared/preparedFile';
import type { PreparedPlace } from '../importers/prepared/readPrepared';
import type { PreparedSet, PreparedSets } from '../protocol/datasets';

/** What the folder needs of a file of the private file system; `move` is not in every version of its types. */
interface PrivateFile {
  getFile(): Promise<File>;
  createSyncAccessHandle(): Promise<Pick<FileSystemSyncAccessHandle, 'write' | 'flush' | 'close'>>;
  move(name: string): Promise<void>;
}

/** What the folder needs of a directory of the private file system. */
export interface PrivateDirectory {
  keys(): AsyncIterable<string>;
  getFileHandle(name: string, options?: { create: boolean }): Promise<PrivateFile>;
  removeEntry(name: string): Promise<void>;
}

export interface Space {
  /**
   * Bytes that the page may still write; null where the browser does not say. Browsers round it up, so that it gives no machine away: writing
   * may fail before.
   */
  free(): Promise<number | null>;
  /** The time in milliseconds since 1970. */
  now(): number;
}

const ENDING = '.set';
const PART = '.part';
/** So much is written at once. */
const AT_ONCE = 2 ** 23;
/** What the browser itself needs beside the file. */
const RESERVE = 2 ** 20;

export class PreparedFolder implements PreparedPlace<Told | null> {
  /** What was found damaged since it was last told. */
  readonly #dropped: Told[] = [];

  constructor(
    private readonly directory: PrivateDirectory,
    private readonly space: Space,
  ) {}

  async find(key: string): Promise<Dataset | null> {
    return (await this.#opened(`${key}${ENDING}`, (prepared) => prepared.dataset())) ?? null;
  }

  /** @returns why it is not kept, and what to do about it; null when it is */
  async keep(about: Omit<PreparedAbout, 'madeAt'>, dataset: Dataset): Promise<Told | null> {
    const { size, pieces } = preparedPieces({ ...about, madeAt: this.space.now() }, dataset);
    const free = await this.space.free();
    if (free !== null && free < size + RESERVE) return this.#noSpace(size, free);
    const part = `${about.key}.${crypto.randomUUID()}${PART}`;
    try {
      const file = await this.directory.getFileHandle(part, { create: true });
      writeAll(await file.createSyncAccessHandle(), pieces);
      // Chromium's private windows claim to have written what the quota left no room for.
      if ((await file.getFile()).size < size) throw outOfSpace();
      await file.move(`${about.key}${ENDING}`);
      return null;
    } catch (reason) {
      await this.directory.removeEntry(part).catch(() => {});
      if (reason instanceof DOMException && reason.name === 'QuotaExceededError') return this.#noSpace(size, null);
      const why = reason instanceof Error ? reason.message : String(reason);
      return sayLater('These examples are in use but were not kept, since the browser could not write them ({why}).', { why });
    }
  }

  /** All sets, the newest first. Damaged ones are removed. */
  async list(): Promise<PreparedSets> {
    const sets: PreparedSet[] = [];
    for (const name of await namesIn(this.directory)) {
      // Left by an import that was cancelled. The browser refuses to remove one that is being written in another tab.
      if (name.endsWith(PART)) await this.directory.removeEntry(name).catch(() => {});
      if (!name.endsWith(ENDING)) continue;
      const set = await this.#opened(name, async ({ about, trainCount, testCount, words }, bytes) => ({
        ...about,
        trainCount,
        testCount,
        many: words.many,
        bytes,
      }));
      if (set) sets.push(set);
    }
    const dropped = this.takeDropped();
    return { sets: sets.toSorted((a, b) => b.madeAt - a.madeAt), freeBytes: await this.space.free(), dropped };
  }

  /** What was found damaged, to be told once. */
  takeDropped(): Told[] {
    return this.#dropped.splice(0);
  }

  async remove(key: string): Promise<void> {
    await this.directory.removeEntry(`${key}${ENDING}`).catch(ignoreMissing);
  }

  /** What is made of a set; undefined when there is none, or when it is damaged, which removes it. */
  async #opened<Made>(name: string, make: (prepared: Prepared, bytes: number) => Promise<Made>): Promise<Made | undefined> {
    try {
      const file = await (await this.directory.getFileHandle(name)).getFile();
      const prepared = await openPrepared(blobSource(file), name);
      if (`${prepared.about.key}${ENDING}` !== name)
        throw new WorkbenchError('invalid-data', sayLater('{name} is a prepared set of another name.', { name }));
      return await make(prepared, file.size);
    } catch (reason) {
      // Another tab may have removed it.
      if (isMissing(reason)) return undefined;
      if (!(reason instanceof WorkbenchError)) throw reason;
      this.#dropped.push(sayLater('A prepared set was removed, since it cannot be used: {reason}', { reason: reason.told }));
      await this.directory.removeEntry(name).catch(() => {});
      return undefined;
    }
  }

  async #noSpace(size: number, free: number | null): Promise<Told> {
    const { sets, dropped } = await this.list();
    this.#dropped.push(...dropped);
    const [largest] = sets.toSorted((a, b) => b.bytes - a.bytes);
    const room =
      free === null
        ? sayLater('These examples are in use but were not kept: they take {size}, and this browser leaves the page less.', {
            size: megabytes(size),
          })
        : sayLater('These examples are in use but were not kept: they take {size}, and this browser leaves the page only {free}.', {
            size: megabytes(size),
            free: megabytes(free),
          });
    const remedy = largest
      ? sayLater('Delete prepared sets below, such as {title} ({size}), and read them again.', {
          title: largest.title,
          size: megabytes(largest.bytes),
        })
      : sayLater('Free some of the disk and read them again.');
    return sentencesLater([room, remedy]);
  }
}

function writeAll(file: Pick<FileSystemSyncAccessHandle, 'write' | 'flush' | 'close'>, pieces: readonly Uint8Array[]): void {
  try {
    let at = 0;
    for (const piece of pieces)
      for (let from = 0; from < piece.length; from += AT_ONCE) {
        const part = piece.subarray(from, from + AT_ONCE) as Uint8Array<ArrayBuffer>;
        if (file.write(part, { at }) < part.length) throw outOfSpace();
        at += part.length;
      }
    file.flush();
  } finally {
    file.close();
  }
}

const outOfSpace = () => new DOMException('Only a part was written.', 'QuotaExceededError');

/** All at once, since a list that changes while it is walked through may skip something. */
async function namesIn(directory: PrivateDirectory): Promise<string[]> {
  const names: string[] = [];
  for await (const name of directory.keys()) names.push(name);
  return names;
}

const isMissing = (reason: unknown) => reason instanceof DOMException && reason.name === 'NotFoundError';

function ignoreMissing(reason: unknown): void {
  if (!isMissing(reason)) throw reason;
}
