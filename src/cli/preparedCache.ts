/**
 * A folder of prepared sets, one file each. Whatever goes wrong in it is told in one line, and the examples are read from their own files. A set
 * is written under another name and renamed when it is whole, so that programs can share the folder.
 */
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Dataset } from '../core/data/dataset';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { megabytes } from '../core/words';
import { openPrepared, preparedPieces, type PreparedAbout } from '../importers/prepared/preparedFile';
import type { PreparedPlace } from '../importers/prepared/readPrepared';
import { pickedFile } from './pickedPaths';

/** The most bytes of all sets together. */
const MOST_BYTES = 4e9;
const ENDING = '.set';
const PART = '.part';
/** A part that was not written to for so long was left by a program that was killed. */
const ABANDONED_MS = 24 * 3_600_000;

export class PreparedCache implements PreparedPlace<void> {
  /** @param tell receives a line for people */
  constructor(
    private readonly folder: string,
    private readonly tell: (line: string) => void,
    private readonly most = MOST_BYTES,
  ) {}

  pathOf(key: string): string {
    return join(this.folder, `${key}${ENDING}`);
  }

  async find(key: string): Promise<Dataset | null> {
    const path = this.pathOf(key);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return null;
    try {
      const prepared = await openPrepared(pickedFile(path, path, found), path);
      if (prepared.about.key !== key) throw new WorkbenchError('invalid-data', `${path} is a prepared set of another name.`);
      const dataset = await prepared.dataset();
      attempt(() => utimesSync(path, new Date(), new Date()));
      return dataset;
    } catch (error) {
      this.tell(`The examples are read anew: ${asWorkbenchError(error).message}`);
      attempt(() => rmSync(path));
      return null;
    }
  }

  async keep(about: Omit<PreparedAbout, 'madeAt'>, dataset: Dataset): Promise<void> {
    const { size, pieces } = preparedPieces({ ...about, madeAt: Date.now() }, dataset);
    const path = this.pathOf(about.key);
    const part = join(this.folder, `${about.key}.${randomUUID()}${PART}`);
    try {
      if (size > this.most) throw new Error(`they take ${megabytes(size)}, and at most ${megabytes(this.most)} are kept`);
      mkdirSync(this.folder, { recursive: true });
      writeWhole(part, pieces);
      renameSync(part, path);
      this.#trim(path);
    } catch (error) {
      attempt(() => rmSync(part, { force: true }));
      this.tell(`The prepared examples are not kept in ${this.folder}: ${(error as Error).message}. --prepared names another folder.`);
    }
  }

  /** Removes the sets that were not used for longest, until the others fit, and what killed programs have left. */
  #trim(kept: string): void {
    const all = readdirSync(this.folder).flatMap((name) => {
      const path = join(this.folder, name);
      // Another program may have removed it.
      const found = statSync(path, { throwIfNoEntry: false });
      return found ? [{ path, size: found.size, usedAt: found.mtimeMs }] : [];
    });
    for (const { path, usedAt } of all)
      if (path.endsWith(PART) && Date.now() - usedAt > ABANDONED_MS) attempt(() => rmSync(path, { force: true }));
    const sets = all.filter(({ path }) => path.endsWith(ENDING)).toSorted((a, b) => a.usedAt - b.usedAt);
    let bytes = sets.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of sets) {
      if (bytes <= this.most) return;
      if (path === kept) continue;
      attempt(() => rmSync(path, { force: true }));
      bytes -= size;
    }
  }
}

function writeWhole(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx');
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
  } finally {
    closeSync(file);
  }
}

/** For what is tidied up: a folder that only others may write in keeps what is in it. */
function attempt(tidy: () => void): void {
  try {
    tidy();
  } catch {
    // The next program tries again.
  }
}
