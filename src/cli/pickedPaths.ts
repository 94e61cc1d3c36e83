/** The files of a folder, or a single file, for the importers to read. */
import type { Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { WorkbenchError } from '../core/errors';
import type { PickedFile } from '../importers/openFiles';

/**
 * All files in a folder and the folders in it, by their paths inside it; a file by its name. Links are followed.
 * @throws WorkbenchError `invalid-data` when there is no such file or folder
 */
export async function pickedPaths(path: string): Promise<PickedFile[]> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return [pickedFile(path, basename(path), found)];
  if (!found?.isDirectory())
    throw new WorkbenchError(
      'invalid-data',
      `${path} is no file and no folder. --data takes "embedded", or the path of a folder, an archive or a file.`,
    );
  const files: PickedFile[] = [];
  await walk(path, '', new Set(), files);
  return files;
}

/**
 * @param above real paths of the folders above, since links can make a folder contain itself
 * @param files gets those of the folder; one list for all, since a folder may hold more files than a call takes arguments
 */
async function walk(folder: string, prefix: string, above: ReadonlySet<string>, files: PickedFile[]): Promise<void> {
  const real = await realpath(folder);
  if (above.has(real)) return;
  const within = new Set([...above, real]);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // A link to nowhere has no status and is left out.
    const status = await stat(path).catch(() => null);
    if (status?.isDirectory()) await walk(path, `${prefix}${entry.name}/`, within, files);
    if (status?.isFile()) files.push(pickedFile(path, `${prefix}${entry.name}`, status));
  }
}

type FileStatus = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>;

/** @param name by which it is known */
export function pickedFile(path: string, name: string, { size, mtimeMs, ctimeMs, ino }: FileStatus): PickedFile {
  // Programs that unpack or copy may give every file the same time of change, but none sets the other two.
  return { path: name, size, version: `${mtimeMs} ${ctimeMs} ${ino}`, slice: (from, to) => readPart(path, from, Math.min(to, size)) };
}

/** Opens the file each time: a folder may hold more files than a program can have open. */
async function readPart(path: string, from: number, to: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const bytes = new Uint8Array(Math.max(0, to - from));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}
