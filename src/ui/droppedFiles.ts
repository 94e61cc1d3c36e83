/** Files that a person drops, those of folders with their paths. */
import type { GivenFile } from '../protocol/datasets';
import { givenFile } from '../store/givenFile';

/** Call it at once when something is dropped: the browser forgets what it was. Files that it cannot read are left out. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<GivenFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...files].map(givenFile);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<GivenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => (entry as FileSystemFileEntry).file(resolve, () => resolve(null)));
    return file ? [{ path: entry.fullPath.replace(/^\//, ''), blob: file }] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: GivenFile[] = [];
  for (;;) {
    // Browsers give a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return found;
    // One by one, since a folder may hold more files than a call takes arguments.
    for (const files of await Promise.all(some.map(filesOf))) for (const file of files) found.push(file);
  }
}
