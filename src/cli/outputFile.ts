/**
 * A file that a command writes at its end. The place is tried before the first step, the file is replaced as
 * a whole, and when it cannot be written there, it is written beside that place or into a temporary folder.
 */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { WorkbenchError } from '../core/errors';
import { usageError } from './exit';

type Pieces = Iterable<string | Uint8Array>;

/** The whole text, or what makes the content's pieces; called again when the first place fails. */
type FileContent = string | (() => Pieces);

/** Writes the pieces where they belong. */
type Write = (pieces: Pieces) => void;

/** The content is whole, but lies beside its place. */
class LeftBeside extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super();
  }
}

/** Where a file lies until it is whole. */
export const partOf = (path: string): string => `${path}.part`;

/** A path without links on the way to it, or at its end where something is there already. */
export function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(resolve(path));
    return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
  }
}

export class OutputFile {
  readonly #path: string;
  readonly #write: Write;

  /**
   * Tries the path without changing the file there.
   * @param option the option that named the path, for the message
   * @throws WorkbenchError `invalid-setting` when it cannot be written
   */
  constructor(option: string, path: string) {
    this.#path = path;
    if (path === '') throw usageError(`${option} takes the name of a file`);
    try {
      this.#write = tryPath(path);
    } catch (error) {
      throw usageError(`${option}: ${path} cannot be written, since ${reasonOf(error, path)}. Name another file.`);
    }
  }

  /**
   * Writes synchronously, so that no signal finds half of it done. May be called again.
   * @param otherwise when that fails: write into a temporary folder, or leave it to a later call
   * @throws WorkbenchError `internal` when that fails; the message names where the content lies instead
   */
  write(content: FileContent, otherwise: 'elsewhere' | 'later' = 'elsewhere'): void {
    const pieces = typeof content === 'string' ? () => [content] : content;
    try {
      this.#write(pieces());
    } catch (error) {
      const beside = error instanceof LeftBeside;
      const why = reasonOf(beside ? error.cause : error, this.#path);
      const rescued = () => (otherwise === 'elsewhere' ? rescue(this.#path, pieces) : 'It will be tried again later.');
      const where = beside ? `It lies in ${error.path} instead.` : rescued();
      throw new WorkbenchError('internal', `${this.#path} could not be written, since ${why}. ${where}`);
    }
  }
}

/**
 * Makes a folder for output, and those above it, where they are missing.
 * @param option what named the path, for the message
 * @throws WorkbenchError `invalid-setting` when that cannot be done
 */
export function makeFolder(option: string, path: string): void {
  if (path === '') throw usageError(`${option} takes the name of a folder`);
  try {
    makeMissing(path);
  } catch (error) {
    const { code, path: at = path } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST'
        ? `${at === path ? 'it' : at} is ${existsSync(at) ? 'a file' : 'a link that leads nowhere'}`
        : reasonOf(error, path);
    throw usageError(`${option}: ${path} cannot be a folder, since ${why}. Name another folder.`);
  }
}

/** Not `mkdirSync` with `recursive`, which never returns where a folder exists but takes no new ones, such as `/proc`. */
function makeMissing(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (existsSync(dirname(path))) mkdirSync(path);
  else {
    makeMissing(dirname(path));
    // The path may end in `..`, and exist by now.
    makeMissing(path);
  }
}

function tryPath(path: string): Write {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) return tryDevice(path);
  if (found) closeSync(openSync(path, 'a'));
  // A symbolic link stays a link.
  const target = found ? realpathSync(path) : path;
  const part = partOf(target);
  const partBefore = existsSync(part);
  try {
    closeSync(openSync(part, 'a'));
  } catch (error) {
    if (!found) throw error;
    // The file may be written although its folder may not.
    return (pieces) => writeWhole(target, null, pieces);
  }
  if (!partBefore) rmSync(part);
  return (pieces) => {
    replaceWhole(target, part, found?.mode ?? null, pieces);
  };
}

/** A pipe or a device. It stays open after the try, since a pipe's reader takes the first close for the end. */
function tryDevice(path: string): Write {
  const device = openSync(path, 'w');
  // A full device fails here rather than at the end.
  writeSync(device, '');
  return (pieces) => {
    for (const piece of pieces) writeFileSync(device, piece);
  };
}

/** What lies there stays whole until the new content is. */
function replaceWhole(path: string, part: string, mode: number | null, pieces: Pieces): void {
  try {
    writeWhole(part, mode, pieces);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  try {
    renameSync(part, path);
  } catch (error) {
    throw new LeftBeside(part, error);
  }
}

function writeWhole(path: string, mode: number | null, pieces: Pieces): void {
  const file = openSync(path, 'w');
  try {
    if (mode !== null) fchmodSync(file, mode);
    for (const piece of pieces) writeFileSync(file, piece);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes the content into a temporary folder. @returns a sentence for people that says where */
function rescue(path: string, pieces: () => Pieces): string {
  try {
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'nas-workbench-')), basename(path));
    writeWhole(elsewhere, null, pieces());
    return `It lies in ${elsewhere} instead.`;
  } catch (error) {
    return `Nor could it be written into a temporary folder, since ${reasonOf(error, tmpdir())}.`;
  }
}

function reasonOf(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return existsSync(dirname(path)) ? message : `there is no folder ${dirname(path)}`;
    case 'ENOTDIR':
      return `${dirname(path)} is not a folder`;
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EROFS':
      return 'it lies on a medium that can only be read';
    case 'ENOSPC':
      return 'no space is left there';
    default:
      return message;
  }
}
